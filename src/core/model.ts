/** JSON as PostgreSQL's `jsonb` stores it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json };
export type JsonObject = { readonly [member: string]: Json };

export type Gender = 'male' | 'female';
export type UserStatus = 'active' | 'pending' | 'blocked';
export type Role = 'user' | 'admin';
/** `anonymous` users are found by their device; they become a `person` when they register or prove a contact. */
export type UserKind = 'person' | 'anonymous';
export type IdentifierKind = 'username' | 'email' | 'phone';

/** The fields that a person may edit. Text fields are `''` when unset. */
export interface Profile {
  username: string | null;
  nickname: string;
  realName: string;
  firstName: string;
  lastName: string;
  bio: string;
  gender: Gender | null;
  /** `YYYY-MM-DD`. */
  birthday: string | null;
  email: string | null;
  /** E.164: a plus sign and at most 15 digits. */
  phone: string | null;
  /** `''`, a path below the public URL without a leading slash, or an absolute http(s) URL. */
  avatar: string;
  /** A BCP 47 tag, or `''`. */
  locale: string;
}

export type ProfileField = keyof Profile;

export interface User extends Profile {
  /** Positive and below 2^31, because old clients parse it as an int. */
  id: number;
  emailVerifiedAt: Date | null;
  phoneVerifiedAt: Date | null;
  status: UserStatus;
  role: Role;
  kind: UserKind;
  hasPassword: boolean;
  passwordUpdatedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  lastSignInAt: Date | null;
}

/** Why a session is over. `superseded`: a later sign-in through a door that keeps one session only. */
export type EndedReason = 'signed_out' | 'superseded' | 'password_changed' | 'revoked' | 'refresh_reused';

export interface Session {
  /** A random UUID. */
  id: string;
  userId: number;
  /** The dialect that opened it. Its tokens are good at that door only. */
  dialect: string;
  createdAt: Date;
  expiresAt: Date;
  deviceId: string | null;
  clientId: string | null;
}

/** A person behind a live session. `extension` is what the session's dialect keeps about the user, if anything. */
export interface UserCaller {
  kind: 'user';
  user: User;
  session: Session;
  extension: JsonObject | null;
}

/** A program that authenticated as itself, with administrator rights and no user. */
export interface ClientCaller {
  kind: 'client';
  clientId: string;
}

export type Caller = UserCaller | ClientCaller;

/** What a door hands to a person who has just signed in or refreshed. */
export interface SessionGrant {
  session: Session;
  accessToken: string;
  accessTokenExpiresAt: Date;
  refreshToken: string | null;
}

/** A user together with what the dialect of the call keeps about them. */
export interface UserRecord {
  user: User;
  extension: JsonObject | null;
}
