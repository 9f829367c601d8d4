import { casesOf, subjectOf, type Case } from '../../src/kit';
import { allSubjects } from './subjects';

const site = { publicUrl: 'http://127.0.0.1', phoneRegion: 'CN' };

/** A case of some dialect for which a code is read that was mailed to a user who is there. */
export function mailedCase(): Case {
  const cases = allSubjects.flatMap(({ dialect, contract }) => casesOf(subjectOf(dialect, contract, site)));
  const found = cases.find(({ exchange: { arrange = {} } }) => {
    const { code, settings, own } = arrange;
    return code?.purpose === 'recover' && code.to === 'email' && settings === undefined && own === undefined;
  });
  if (found === undefined) throw new Error('no case reads a code that is mailed to a user');
  return found;
}
