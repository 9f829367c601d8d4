import type { Speaker } from '../../contract';
import type { ProfileChanges } from '../../core';

/** The members of a profile that a case may leave changed. */
const restored = [
  'username',
  'nickname',
  'realName',
  'firstName',
  'lastName',
  'bio',
  'email',
  'phone',
] as const;

/** What a profile was, as far as it is no more so. */
function lostOf(before: object, after: object): ProfileChanges {
  const [old, now] = [before, after] as [Record<string, unknown>, Record<string, unknown>];
  return Object.fromEntries(
    restored.flatMap((name) =>
      typeof old[name] === 'string' && old[name] !== now[name] ? [[name, old[name]]] : [],
    ),
  );
}

/** What the wire tells of whoever is signed in; undefined when it tells nothing. */
export async function profileOf(speaker: Speaker): Promise<object | undefined> {
  if (!speaker.speaks('getProfile')) return undefined;
  const outcome = await speaker.perform('getProfile', {});
  return outcome.ok ? outcome.heard : undefined;
}

/** Makes the profile again what it was, and tells which members were not; undefined where that cannot be done. */
export async function changeBack(speaker: Speaker, before: object): Promise<readonly string[] | undefined> {
  const after = await profileOf(speaker);
  if (after === undefined) return undefined;
  const changes = lostOf(before, after);
  const names = Object.keys(changes);
  if (names.length === 0) return names;
  if (speaker.plan('updateProfile', { changes }).unsaid.length > 0) return undefined;
  return (await speaker.perform('updateProfile', { changes })).ok ? names : undefined;
}
