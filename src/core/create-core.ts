import type { Deps } from './deps';
import type { Command, Core, Operation, OperationName, Result } from './operations';
import { authenticate } from './operations/authenticate';
import { changeEmail } from './operations/change-email';
import { findUser } from './operations/find-user';
import { getProfile } from './operations/get-profile';
import { listPublicKeys } from './operations/list-public-keys';
import { listUsers } from './operations/list-users';
import { refreshSession } from './operations/refresh-session';
import { registerUser } from './operations/register-user';
import { renewSession } from './operations/renew-session';
import { replaceAvatar } from './operations/replace-avatar';
import { requestEmailChange } from './operations/request-email-change';
import { setUserPassword } from './operations/set-user-password';
import { setUserRole } from './operations/set-user-role';
import { setUserStatus } from './operations/set-user-status';
import { signIn } from './operations/sign-in';
import { signOut } from './operations/sign-out';
import { updateProfile } from './operations/update-profile';
import { CoreError } from './problems';
import { isStorageError } from './store/violations';

/** The database's own failures leave the core as `storage_failed`; a mistake of ours stays what it is. */
function guarded<O extends OperationName>(operation: Operation<O>): Operation<O> {
  return async (command: Command<O>, context): Promise<Result<O>> => {
    try {
      return await operation(command, context);
    } catch (error) {
      if (isStorageError(error)) throw new CoreError({ code: 'storage_failed' }, { cause: error });
      throw error;
    }
  };
}

/** Everything that Idiom can do, over these ports and this database. */
export function createCore(deps: Deps): Core {
  return {
    authenticate: guarded(authenticate(deps)),
    renewSession: guarded(renewSession(deps)),
    registerUser: guarded(registerUser(deps)),
    signIn: guarded(signIn(deps)),
    refreshSession: guarded(refreshSession(deps)),
    signOut: guarded(signOut(deps)),
    getProfile: guarded(getProfile(deps)),
    updateProfile: guarded(updateProfile(deps)),
    replaceAvatar: guarded(replaceAvatar(deps)),
    requestEmailChange: guarded(requestEmailChange(deps)),
    changeEmail: guarded(changeEmail(deps)),
    listPublicKeys: guarded(listPublicKeys(deps)),
    findUser: guarded(findUser(deps)),
    listUsers: guarded(listUsers(deps)),
    setUserPassword: guarded(setUserPassword(deps)),
    setUserRole: guarded(setUserRole(deps)),
    setUserStatus: guarded(setUserStatus(deps)),
  };
}
