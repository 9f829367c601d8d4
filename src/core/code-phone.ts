import type { Proof } from './commands/contacts';
import type { Deps } from './deps';
import { parsePhone, readAbroad } from './identifiers';
import { findLivePhones, type CodePurpose } from './store/verification-codes';

/**
 * The phone number that a call means, which is the one that it names, unless its proof says `anyCountry`. When no live
 * code tells, it is some reading of the digits, to which there is then no code; digits that no country has stay as they
 * are.
 */
export async function readCodePhone(
  { db, clock, settings }: Deps,
  phone: string,
  proof: Proof,
  purpose: CodePurpose,
): Promise<string> {
  if (!('anyCountry' in proof)) return phone;
  const home = parsePhone(phone, settings.phoneRegion);
  const abroad = readAbroad(phone);
  const readings = home === undefined ? abroad : [home, ...abroad];
  if (readings.length === 0) return phone;
  const live = await findLivePhones(db.knex, readings, purpose, clock());
  if (home !== undefined && live.includes(home)) return home;
  return (live.length === 1 ? live[0] : (home ?? readings[0])) ?? phone;
}
