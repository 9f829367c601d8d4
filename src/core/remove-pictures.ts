import type { Deps } from './deps';

/**
 * Removes the pictures of users who are gone; called once that is decided. They stay gone when a file cannot be removed, so that
 * this is logged and fails nothing.
 */
export async function removePictures(
  { avatars, log }: Pick<Deps, 'avatars' | 'log'>,
  userIds: readonly number[],
): Promise<void> {
  for (const userId of userIds) {
    try {
      await avatars.remove(userId);
    } catch (error) {
      log.warn({ userId, err: error }, 'the picture of a user who is gone could not be removed');
    }
  }
}
