import { classifyIdentifier, parsePhone, type Command, type Profile } from '../../src/core';
import type { HeardResponse, Said, Site } from '../../src/dialect';
import { readAvatar, readGender, readPhone, spellAvatar, spellGender, spellPhone } from './vocabulary';

type Spoken<O extends 'updateProfile' | 'signIn' | 'refreshSession' | 'getProfile' | 'signOut'> = Omit<
  Command<O>,
  'caller'
>;

/** What a client keeps of a token response. */
export interface HeardGrant {
  userId: number;
  accessToken: string;
  refreshToken: string | null;
  expiresInSeconds: number;
}

/** What a client learns from `/user/me`: an unset member is `''` or null, as in a `Profile`. */
export type HeardProfile = { id: number } & Pick<
  Profile,
  'username' | 'nickname' | 'bio' | 'gender' | 'email' | 'phone' | 'avatar'
>;

/** The client's side of the wire: core words → a request, an answer → core words. */
export function createSpeech({ publicUrl, phoneRegion }: Site) {
  /** A number that we cannot read is said as it stands, so that its refusal can be heard. */
  const sayPhone = (phone: string): string => {
    const number = parsePhone(phone, phoneRegion);
    return number === undefined ? phone : spellPhone(number);
  };

  const sayIdentifier = (identifier: string): string =>
    classifyIdentifier(identifier) === 'phone' ? sayPhone(identifier) : identifier;

  return {
    saySignIn: ({ identifier, password }: Spoken<'signIn'>): Said => ({
      body: { username: sayIdentifier(identifier), password },
    }),

    sayPasswordGrant: ({ identifier, password }: Spoken<'signIn'>): Said => ({
      body: { grant_type: 'password', username: sayIdentifier(identifier), password },
    }),

    sayRefresh: ({ refreshToken }: Spoken<'refreshSession'>): Said => ({
      body: { client_secret: '', grant_type: 'refresh_token', refresh_token: refreshToken },
    }),

    hearGrant: ({ body }: HeardResponse): HeardGrant => {
      const { sub, access_token, refresh_token, expires_in } = body as Record<string, unknown>;
      return {
        userId: Number(sub),
        accessToken: String(access_token),
        refreshToken: typeof refresh_token === 'string' ? refresh_token : null,
        expiresInSeconds: Number(expires_in),
      };
    },

    /** Only one's own profile can be asked for. */
    sayGetProfile: ({ userId }: Spoken<'getProfile'>): Said | null => (userId === undefined ? {} : null),

    hearProfile: ({ body }: HeardResponse): HeardProfile => {
      const members = body as Record<string, unknown>;
      const text = (name: string): string | null => {
        const value = members[name];
        return typeof value === 'string' ? value : null;
      };
      const phone = text('phone_number');
      return {
        id: Number(members.sub),
        username: text('username'),
        nickname: text('name') ?? '',
        bio: text('user_desc') ?? '',
        gender: readGender(text('gender') ?? ''),
        email: text('email'),
        phone: phone === null ? null : readPhone(phone),
        avatar: readAvatar(text('picture') ?? '', publicUrl),
      };
    },

    /** Null for a field that this wire does not have, for one that it cannot clear, and for a refused identifier. */
    sayUpdateProfile: ({ userId, changes }: Spoken<'updateProfile'>): Said | null => {
      const body: Record<string, string> = userId === undefined ? {} : { user_id: String(userId) };
      for (const [field, value] of Object.entries(changes)) {
        const said = sayChange(field, value as unknown);
        if (said === null) return null;
        body[said.member] = said.value;
      }
      return { body };
    },

    /** The wire cannot name whose session is to end. */
    saySignOut: ({ identifier }: Spoken<'signOut'>): Said | null =>
      identifier === undefined ? { body: {} } : null,
  };

  function sayChange(field: string, value: unknown): { member: string; value: string } | null {
    if (field === 'gender') return { member: 'gender', value: spellGender(readGenderWord(value)) };
    if (typeof value !== 'string') return null;
    if (field === 'bio') return { member: 'description', value };
    if (field === 'avatar') return { member: 'avatar_url', value: spellAvatar(value, publicUrl) };
    if (value === '') return null;
    if (field === 'phone') return { member: 'phone', value: sayPhone(value) };
    return field === 'nickname' || field === 'username' || field === 'email'
      ? { member: field, value }
      : null;
  }
}

function readGenderWord(value: unknown): 'male' | 'female' | null {
  return value === 'male' || value === 'female' ? value : null;
}
