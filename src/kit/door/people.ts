import type { Arrangement } from '../../contract';
import { formatPhone } from '../../core';
import type { Known } from '../stage';
import type { DoorCircumstances, DoorUser } from './client';

type Own = NonNullable<Arrangement['own']>;

/** The user of an exchange that asks for nobody in particular. */
const anybody = {
  username: 'wang_wu_1',
  nickname: 'Wu',
  email: 'wang.wu@example.com',
  phone: '+8613700137000',
  password: 'Secret_123',
};

/** Somebody who is not a user yet. */
export const newcomer = { username: 'new_person', email: 'new.person@example.com', phone: '+8613600136000' };

/** The user of a case as the door makes one; a contact that the case denies is left out. */
export function staged(own: Own): DoorUser {
  const { username, nickname, email, phone, password } = anybody;
  const chosen = { username, nickname, email, phone, password, ...own };
  const names = ['username', 'password', 'email', 'phone', 'nickname', 'realName', 'bio', 'avatar'] as const;
  return Object.fromEntries([
    ...names.flatMap((name): [string, string][] => {
      const value = chosen[name];
      return value === null || value === undefined || value === '' ? [] : [[name, value]];
    }),
    ...(own.proven === 'email' ? [['emailVerified', true]] : []),
  ]) as DoorUser;
}

/** What signing in would overwrite, and what only the dialect keeps. */
export function circumstancesOf(dialect: string, arrange: Arrangement): DoorCircumstances {
  const { own = {}, extension, records } = arrange;
  const times = (['createdAt', 'updatedAt', 'lastSignInAt'] as const).flatMap((name) => {
    const time = own[name];
    return time === null || time === undefined ? [] : [[name, time.toISOString()]];
  });
  return {
    ...(Object.fromEntries(times) as DoorCircumstances),
    ...(extension !== undefined && { extensions: { [dialect]: extension } }),
    ...(records !== undefined && { records: records.map((record) => ({ dialect, ...record })) }),
  };
}

/** Somebody who is not a user yet, by the names of placeholders. */
export function newcomerAsKnown(phoneRegion: string): Known {
  return {
    '<new username>': newcomer.username,
    '<new email>': newcomer.email,
    '<new phone>': formatPhone(newcomer.phone, phoneRegion),
  };
}
