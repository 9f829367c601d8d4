import type { JsonObject, Profile, Role, UserStatus } from '../model';
import type { LinkUse } from './contacts';

/**
 * Whom a rehearsal may touch: the users that it staged through the door of the call, and those with an id above
 * `after`, who came since it began. Everybody else is refused with `permission_denied`, and nothing is changed.
 */
export interface Reach {
  after: number;
}

/** What nobody could choose through a wire, or only by waiting for it. */
export interface Circumstances {
  role?: Role;
  /** `blocked` ends the sessions of the user. */
  status?: UserStatus;
  createdAt?: Date;
  updatedAt?: Date;
  lastSignInAt?: Date;
  /** By dialect; takes the place of what that dialect keeps about the user. */
  extensions?: Readonly<Record<string, JsonObject>>;
  /** Added to what the dialects keep. */
  records?: readonly { dialect: string; kind: string; data: JsonObject }[];
}

/** Somebody to rehearse with. */
export interface StagedUser extends Circumstances {
  username?: string;
  password?: string;
  email?: string;
  phone?: string;
  profile?: Partial<Pick<Profile, 'nickname' | 'realName' | 'bio' | 'avatar'>>;
  emailVerified?: boolean;
  phoneVerified?: boolean;
}

/** What a rehearsal of a wire needs to bring about a case and to clear away after it. For no dialect. */
export interface RehearsalOperations {
  /** The highest id that a user has; 0 when there is none. */
  newestUserId: { command: Record<string, never>; result: { userId: number } };
  /**
   * Makes a user under the rules of a registration. Holders of the same identifiers within reach are erased with it;
   * fails with `identifier_taken` when one is beyond.
   */
  stageUser: { command: Reach & StagedUser; result: { userId: number } };
  /** Fails with `user_not_found`. */
  adjustUser: { command: Reach & Circumstances & { userId: number }; result: Record<string, never> };
  /**
   * Removes a user with everything that hangs on one; what happened stays in the history. `identifier`: an id, user
   * name, e-mail address or phone number; one that names nobody is no failure.
   */
  eraseUser: { command: Reach & { identifier: string }; result: Record<string, never> };
  /**
   * Whether the rehearsal may know what is sent to this address or number: its holder is within reach, if there is one, and
   * nobody beyond has asked for a code to it.
   */
  checkReach: { command: Reach & { target: string }; result: Record<string, never> };
  /**
   * Drops the codes, proofs, sends and counted failures of identifiers and clients, whether there is somebody behind
   * them or not, and those of the caller's own network. Fails with `permission_denied` where `checkReach` would.
   */
  forgetTargets: { command: Reach & { targets: readonly string[] }; result: Record<string, never> };
  /**
   * The proof of an address, as its redeemed code gives one, or as its link does. Fails with `user_not_found` when nobody
   * has the address. The code of a link is needed where a wire sends it beside the token.
   */
  giveProof: {
    command: Reach & { email: string; use: LinkUse };
    result: { proofToken: string; code: string };
  };
  /** Replaces what a picture shows. Fails with `captcha_rejected` when there is no such picture any more. */
  setCaptchaText: { command: { captchaId: string; text: string }; result: Record<string, never> };
  /** Removes a client that was made through the door of the call; fails with `permission_denied` for any other. */
  eraseClient: { command: { clientId: string }; result: Record<string, never> };
  /**
   * Removes a key for applications that was made through the door of the call, so that registrations need none again if
   * it was the only one; fails with `permission_denied` for any other.
   */
  eraseApiKey: { command: { id: string }; result: Record<string, never> };
}
