import type { CaptchaDemand } from './security';
import type { Caller, SessionGrant, UserCaller, UserRecord } from '../model';

/** An address that can be proven, as the caller wrote it. */
export type Contact = { email: string } | { phone: string };

/**
 * What a code is for. `prove`: the contact itself; its redemption gives a proof token, good for one later call.
 * `register`, `recover`: redeemed in that very call, together with the target.
 */
export type RequestedPurpose = 'prove' | 'register' | 'recover';

/**
 * A link that does what its `use` says for whoever opens it. `{token}`, `{code}` and `{email}` in the template are
 * replaced, percent-encoded. Its origin must be the gateway's own or on the allow-list, else `link_not_allowed`.
 */
export interface EmailLink {
  template: string;
  use: LinkUse;
}

/** A link's token is good for its own use only. */
export type LinkUse = 'prove' | 'verify_email' | 'recover';

export interface RequestCode {
  caller: UserCaller | null;
  purpose: RequestedPurpose;
  /** `own`: the caller's own contact of that kind; fails with `user_not_found` when the caller has none. */
  target: Contact | { own: 'email' | 'phone' };
  /**
   * Who may be behind the target. `registered`: fails with `user_not_found` when nobody that may recover or sign in by
   * it is; `held`: when nobody has it at all, be it unproven; `unregistered`: fails with `identifier_taken`.
   */
  audience: 'anyone' | 'registered' | 'held' | 'unregistered';
  /** A BCP 47 tag as the caller wrote it. */
  language: string;
  appName?: string;
  /** At most, and by default, 10. */
  validMinutes?: number;
  /** Sends a link beside the code. */
  link?: EmailLink;
  /** Default: no captcha. */
  captcha?: CaptchaDemand;
}

export interface RequestedCode {
  /** Names the code in `redeemCode`. */
  verificationId: string;
  expiresInSeconds: number;
  /** Whether somebody registered has the target. */
  registered: boolean;
}

/**
 * How a caller shows that a contact is theirs: the token of `redeemCode` or of a link (with the code that came beside
 * it, where the wire sends both), or the code of a request whose purpose is this very call. `anyCountry`: the phone
 * number of the call comes without its country code, and the one that the code went to is meant: that of the default
 * region if there is a live code to it, else the only one with a live code that reads so in some country.
 */
export type Proof = { proofToken: string; code?: string } | { code: string; anyCountry?: true };

export interface ContactOperations {
  /**
   * Sends a one-time code by mail or SMS. Resolves once the message was accepted; fails with `too_many_requests`,
   * `delivery_failed`, `captcha_required`, and then leaves the earlier code as it was.
   */
  requestCode: { command: RequestCode; result: RequestedCode };
  /** Redeems a code of purpose `prove`, once. Fails with `verification_code_rejected`. */
  redeemCode: {
    command: { verificationId: string; code: string };
    result: { proofToken: string; expiresInSeconds: number };
  };
  /**
   * Signs in whoever has the proven contact, and consumes the proof. Fails with `proof_rejected`, or with
   * `user_not_found` when nobody has it. The first proof of a contact that was never proven makes the prover the owner.
   */
  signInByProof: { command: { proofToken: string }; result: UserRecord & { grant: SessionGrant } };
  /**
   * Marks the e-mail address of a link's user as proven, consumes the link and signs the user in. Opened by anybody but
   * the signed-in user it is a first anonymous proof, which makes the prover the owner; an address that an edit set is
   * not proven that way: `access_token_rejected`, and the link stays good. Fails with `user_not_found` when nobody has
   * the address, else with `proof_rejected`.
   */
  verifyEmailByLink: {
    command: { caller: UserCaller | null; email: string; proofToken: string };
    result: UserRecord & { grant: SessionGrant };
  };
  /** Whether a link's token is good for this address and use; consumes nothing. Fails as `verifyEmailByLink` does. */
  checkLink: { command: { email: string; proofToken: string; use: LinkUse }; result: UserRecord };
  /**
   * A new password for whoever has the contact; consumes the proof, ends all sessions. Fails with `user_not_found`,
   * `proof_rejected` or `verification_code_rejected`. `tellsUnknown`: an unknown contact is told before the proof is
   * looked at, for wires that promise it; by default only to somebody whose proof is good.
   */
  recoverPassword: {
    command: { contact: Contact; proof: Proof; password: string; tellsUnknown?: true };
    result: UserRecord;
  };
  /**
   * Binds a proven contact to the caller. `refuse`: fails with `identifier_taken` when somebody else has it;
   * `transfer` and `close_and_transfer` take it from somebody whose claim was never proven, and fail with
   * `contact_held` otherwise.
   */
  changeContact: {
    command: {
      caller: UserCaller;
      contact: Contact;
      sudoToken: string;
      proofToken: string;
      onConflict: 'refuse' | 'transfer' | 'close_and_transfer';
    };
    result: UserRecord;
  };
  /** Who has the identifier: an id and nothing else. */
  identifierExists: { command: { identifier: string }; result: { userId: number | null } };
  /** Looks users up by what the caller knows of them; unknown ones are simply not among the result. */
  queryUsers: {
    command: {
      caller: Caller;
      userIds?: readonly number[];
      username?: string;
      email?: string;
      phone?: string;
      /** Any identifier, whatever its kind. */
      identifier?: string;
    };
    /**
     * Those who have used the door of the call; administrators see all. `shows` tells which contacts the caller may
     * be shown: those that equal the query, all for administrators.
     */
    result: {
      users: readonly (UserRecord & { shows: { email: boolean; phone: boolean } })[];
      caller: Caller;
    };
  };
}
