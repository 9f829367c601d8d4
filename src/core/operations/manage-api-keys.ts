import type { Deps } from '../deps';
import { hashToken } from '../hash-token';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { insertApiKey, listApiKeyRows, revokeApiKeyRow } from '../store/clients';

export const createApiKey =
  ({ db, clock, randomness, doors }: Deps): Operation<'createApiKey'> =>
  async ({ door, name }) => {
    const form = doors.get(door)?.apiKeys;
    if (form === undefined) return fail({ code: 'record_not_found' });
    const apiKey = randomness.text(form.alphabet, form.length);
    const listing = await insertApiKey(db.knex, {
      id: randomness.uuid(),
      door,
      name,
      keyHash: hashToken(apiKey),
      now: clock(),
    });
    return { ...listing, apiKey };
  };

export const listApiKeys =
  ({ db }: Deps): Operation<'listApiKeys'> =>
  async ({ door }) => ({ keys: await listApiKeyRows(db.knex, door) });

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const revokeApiKey =
  ({ db, clock }: Deps): Operation<'revokeApiKey'> =>
  async ({ id }) =>
    (uuidForm.test(id) ? await revokeApiKeyRow(db.knex, id, clock()) : null) ??
    fail({ code: 'record_not_found' });
