import type { UserCaller, UserRecord } from '../model';

/** A call that is counted against guessing may have to come with proof that a person makes it. */
export interface CaptchaDemand {
  /** `after_failures`: once an identifier or an address has failed a few times; `always`; `never`. */
  when: 'never' | 'after_failures' | 'always';
  /** A pass from `checkCaptcha`, good for several calls within its life. */
  pass?: string;
  /** Or the picture and its answer themselves, good once. */
  answer?: { captchaId: string; text: string };
}

/** One entry of what happened to a user: which fields, never a value. */
export interface HistoryRow {
  id: string;
  at: Date;
  action: string;
  fields: readonly string[];
  /** `user:<id>`, `client:<id>`, `operator`, or `nobody`. */
  actor: string;
  door: string;
  address: string | null;
  deviceId: string | null;
  clientId: string | null;
  userAgent: string | null;
}

export interface SecurityOperations {
  /**
   * Confirms that it is the user who calls, by password or by a proof of an own proven contact; the token is good for
   * 15 minutes. Fails with `wrong_password`, `proof_rejected`, `too_many_requests`.
   */
  confirmCaller: {
    command: { caller: UserCaller; credential: { password: string } | { proofToken: string } };
    result: { sudoToken: string; expiresInSeconds: number };
  };
  /**
   * Replaces the caller's password and ends the other sessions. A user without a password needs no old one. Fails with
   * `wrong_password`, or `sudo_rejected`.
   */
  changePassword: {
    command: {
      caller: UserCaller;
      password: string;
      authority: { oldPassword: string } | { sudoToken: string };
    };
    result: UserRecord;
  };
  /** Closes the caller's own account: all sessions end, the identifiers are free again. Fails with `sudo_rejected`. */
  deleteUser: { command: { caller: UserCaller; sudoToken: string }; result: Record<string, never> };
  /** Ends every session of the caller, at every door, the calling one included. */
  signOutEverywhere: { command: { caller: UserCaller }; result: Record<string, never> };
  /** Ends the caller's sessions on one device; an unknown device has none. */
  signOutDevice: { command: { caller: UserCaller; deviceId: string }; result: Record<string, never> };
  /** The newest first. */
  listHistory: {
    command: {
      userId: number;
      only?: readonly string[];
      except?: readonly string[];
      limit: number;
      beforeId?: string;
    };
    result: { entries: readonly HistoryRow[] };
  };
  /** A picture of text; its answer is good once, for `expiresInSeconds`: as many as asked for, by default 300. */
  createCaptcha: {
    command: { format: 'png' | 'gif'; validSeconds?: number };
    result: { captchaId: string; image: Buffer; expiresInSeconds: number };
  };
  /** Fails with `captcha_rejected`; the picture is used up either way. */
  checkCaptcha: {
    command: { captchaId: string; text: string };
    result: { captchaPass: string; expiresInSeconds: number };
  };
}
