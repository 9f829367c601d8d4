import type { OperationName } from '../core';

/** `client`: a call of some wire. `host`: done on the way, while a call is served. `operator`: the command line's. */
type Audience = 'client' | 'host' | 'operator';

/** For whom each operation is. Every dialect says, or accounts for, those that are for clients. */
export const audiences: Readonly<Record<OperationName, Audience>> = {
  registerUser: 'client',
  signIn: 'client',
  refreshSession: 'client',
  signOut: 'client',
  getProfile: 'client',
  updateProfile: 'client',
  replaceAvatar: 'client',
  requestEmailChange: 'client',
  changeEmail: 'client',
  listPublicKeys: 'client',
  authenticate: 'host',
  renewSession: 'host',
  findUser: 'operator',
  listUsers: 'operator',
  setUserPassword: 'operator',
  setUserRole: 'operator',
  setUserStatus: 'operator',
};
