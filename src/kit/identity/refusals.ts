import type { Arrangement, Exchange } from '../../contract';
import { foldKey } from '../../core';
import type { Case } from '../case';
import { placeholdersIn, textsOf } from '../needs';
import { CannotArrange, type Known } from '../stage';

/** Why an arrangement cannot be brought about from outside; `null`: it can, as far as the identity file goes. */
const outside: Readonly<Record<keyof Arrangement, string | null>> = {
  own: null,
  code: null,
  proof: null,
  sudo: null,
  client: null,
  session: null,
  nobody: null,
  other: null,
  otherContacts: null,
  extension: 'it needs facts about the user that only the test door puts there',
  records: 'it needs records about the user that only the test door puts there',
  captcha: 'it needs to know what a picture shows, which only the test door tells',
  link: 'it needs what a mailed link holds, which only the test door tells',
  failures: 'it needs wrong guesses at a password, which would be counted against a lent user',
  taken: 'it needs somebody to come first, who could not be removed again',
  keys: 'it is about a server whose registrations need a key',
  elapsed: 'it needs the time to be moved on, which only the test door does',
  settings: 'it is about a server with other settings',
};

const contactLike = /@|^\+?\d[\d -]{6,}$/;

export function refuseWhatIsInside({ arrange = {} }: Exchange, known: Known): void {
  for (const name of Object.keys(arrange) as (keyof Arrangement)[]) {
    const reason = outside[name];
    if (reason !== null) throw new CannotArrange(reason);
  }
  if (arrange.client === true && known['<client credentials>'] === undefined)
    throw new CannotArrange('it needs the credentials of a program: variables, client credentials');
}

/** Letters and digits alone, by which a value is known however it is written. */
function bare(text: string): string {
  return foldKey(text).replace(/[^\p{L}\p{N}]/gu, '');
}

/** Another value cannot stand for one that a case writes in several ways. */
export function refuseSpellings({ request, response, arrange = {} }: Exchange): void {
  const { own, other, otherContacts } = arrange;
  const fixed = [own?.username, own?.email, other, otherContacts?.email].filter(
    (value): value is string => typeof value === 'string',
  );
  const texts = textsOf([request.query, request.headers, request.body, response.body]);
  const isSpelled = texts.some(
    (text) => !fixed.includes(text) && fixed.some((value) => bare(text).includes(bare(value))),
  );
  // A password is a word of its own, and another one may contain it.
  const password = own?.password ?? undefined;
  const isPasswordSpelled = texts.some(
    (text) => password !== undefined && text !== password && foldKey(text.trim()) === foldKey(password),
  );
  if (isSpelled || isPasswordSpelled) throw new CannotArrange('it is about the spelling of a fixed value');
}

/** A message goes to nobody who has not asked for it. */
export function refuseStrangers({ sends, exchange }: Case): void {
  const stranger =
    sends && textsOf([exchange.request.query, exchange.request.body]).some((text) => contactLike.test(text));
  if (stranger) throw new CannotArrange('it has a message sent to a fixed contact, which is not yours');
}

export function refuseUnknown({ request }: Exchange, known: Known): void {
  const unknown = placeholdersIn(request).find((name) => known[name] === undefined);
  if (unknown !== undefined && /^<new /.test(unknown))
    throw new CannotArrange(`it needs ${unknown}: newContact of the identity file has none left`);
  if (unknown !== undefined) throw new CannotArrange(`it needs ${unknown}, which nobody here can know`);
}

export function refuseFixedNames({ exchange, operations, destructive }: Case): void {
  const registers = destructive && operations.includes('registerUser');
  const texts = textsOf(exchange.request.body);
  if (registers && !texts.some((text) => text.startsWith('<new ')))
    throw new CannotArrange('it registers somebody under a fixed name, which can be done once');
}
