import type { Deps } from '../deps';
import { hashToken } from '../hash-token';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { insertClient, listClientRows, revokeClientRow } from '../store/clients';

const idAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
const idLength = 20;
const secretBytes = 32;

export const createClient =
  ({ db, clock, randomness }: Deps): Operation<'createClient'> =>
  async ({ name }) => {
    const secret = randomness.bytes(secretBytes).toString('base64url');
    const client = await insertClient(db.knex, {
      id: randomness.text(idAlphabet, idLength),
      name,
      // 256 random bits cannot be guessed from a fast hash, which a password could.
      secretHash: hashToken(secret).toString('hex'),
      now: clock(),
    });
    return { ...client, secret };
  };

export const listClients =
  ({ db }: Deps): Operation<'listClients'> =>
  async () => ({ clients: await listClientRows(db.knex) });

/** Its tokens are refused from the next request on. */
export const revokeClient =
  ({ db, clock }: Deps): Operation<'revokeClient'> =>
  async ({ clientId }) =>
    (await revokeClientRow(db.knex, clientId, clock())) ?? fail({ code: 'client_rejected' });
