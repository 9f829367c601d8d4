import { dialects } from '../../dialects';
import { subjectOf, type Site, type Subject } from '../kit';
import { WrongCall } from './command-error';
import { contractOf } from './dialect-files';

/** What a declaration is made with where nothing is known of the server. */
const nowhere = { publicUrl: 'http://127.0.0.1:3000', phoneRegion: 'CN' };

/**
 * The dialects that a call names: `all`, or some with commas between them. `served`: what the server is known to serve; `all` means
 * these then, and another one is a wrong call.
 */
export function chooseDialects(text: string, site: Site = nowhere, served?: readonly string[]): Subject[] {
  const known = dialects.map(({ name }) => name);
  const names = text === 'all' ? known.filter((name) => served?.includes(name) ?? true) : text.split(',');
  for (const name of names) {
    if (!known.includes(name))
      throw new WrongCall(`There is no dialect ${name}; there are ${known.join(', ')}, and all.`);
    if (served?.includes(name) === false)
      throw new WrongCall(`The target does not serve ${name}; it serves ${served.join(', ')}.`);
  }
  return dialects
    .filter(({ name }) => names.includes(name))
    .map((dialect) => subjectOf(dialect, contractOf(dialect.name), site));
}
