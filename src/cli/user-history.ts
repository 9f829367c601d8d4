import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { HistoryRow } from '../core';
import { answerWith, operator } from './answer';
import { moment, table } from './layout';
import { wholeNumber } from './whole-number';

const mostEntries = 1_000;

/** An id of an entry, which may be beyond what a JavaScript number holds. */
function entryId(text: string): string {
  if (!/^\d{1,18}$/.test(text)) throw new InvalidArgumentError('It must be the id of an entry.');
  return text;
}

function entriesText(entries: readonly HistoryRow[], next: string | null): string {
  if (entries.length === 0) return 'No entries.';
  const rows = entries.map((entry) => [
    entry.id,
    moment(entry.at),
    entry.action,
    entry.fields.join(', '),
    entry.actor,
    entry.door,
    entry.address ?? '',
    entry.deviceId ?? '',
  ]);
  const text = table(['ID', 'AT', 'ACTION', 'FIELDS', 'BY', 'THROUGH', 'ADDRESS', 'DEVICE'], rows);
  return next === null ? text : `${text}\nMore with --before ${next}`;
}

/** An entry for programs, named member by member. */
function entryJson(entry: HistoryRow): Readonly<Record<string, unknown>> {
  return {
    id: entry.id,
    at: entry.at,
    action: entry.action,
    fields: entry.fields,
    actor: entry.actor,
    door: entry.door,
    address: entry.address,
    deviceId: entry.deviceId,
    clientId: entry.clientId,
    userAgent: entry.userAgent,
  };
}

export function addUserHistory(parent: Command): void {
  const command = parent
    .command('history')
    .description('list what happened to a user, the newest first: which fields, never a value')
    .argument('<identifier>', 'id, user name, e-mail address or phone number')
    .option('--before <id>', 'only entries before this one', entryId)
    .option('--limit <number>', 'at most so many entries', wholeNumber(1, mostEntries), 100);
  answerWith(
    command,
    'idiom user history ada@example.com --limit 20',
    (identifier: string, { before, limit }: { before?: string; limit: number }) =>
      async ({ core }) => {
        const { user } = await core.findUser({ identifier }, operator);
        // One more than asked for tells whether there are more.
        const filter = {
          userId: user.id,
          limit: limit + 1,
          ...(before !== undefined && { beforeId: before }),
        };
        const found = (await core.listHistory(filter, operator)).entries;
        const entries = found.slice(0, limit);
        const next = found.length > limit ? (entries.at(-1)?.id ?? null) : null;
        return { json: { entries: entries.map(entryJson), next }, text: entriesText(entries, next) };
      },
  );
}
