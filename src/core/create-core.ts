import type { Deps } from './deps';
import type { Command, Core, Operation, OperationName, Result } from './operations';
import { adjustUser } from './operations/adjust-user';
import { authenticate } from './operations/authenticate';
import { changeContact } from './operations/change-contact';
import { changeEmail } from './operations/change-email';
import { changePassword } from './operations/change-password';
import { checkCaptcha } from './operations/check-captcha';
import { checkLink } from './operations/check-link';
import { checkReach } from './operations/check-reach';
import { confirmCaller } from './operations/confirm-caller';
import { createCaptcha } from './operations/create-captcha';
import { deleteUser } from './operations/delete-user';
import { eraseApiKey } from './operations/erase-api-key';
import { eraseClient } from './operations/erase-client';
import { eraseUser } from './operations/erase-user';
import { findUser } from './operations/find-user';
import { forgetTargets } from './operations/forget-targets';
import { getProfile } from './operations/get-profile';
import { giveProof } from './operations/give-proof';
import { identifierExists } from './operations/identifier-exists';
import { listHistory } from './operations/list-history';
import { listPublicKeys } from './operations/list-public-keys';
import { listRecords } from './operations/list-records';
import { listUsers } from './operations/list-users';
import { createApiKey, listApiKeys, revokeApiKey } from './operations/manage-api-keys';
import { createClient, listClients, revokeClient } from './operations/manage-clients';
import { newestUserId } from './operations/newest-user-id';
import { putRecord } from './operations/put-record';
import { queryUsers } from './operations/query-users';
import { recoverPassword } from './operations/recover-password';
import { redeemCode } from './operations/redeem-code';
import { refreshSession } from './operations/refresh-session';
import { registerUser } from './operations/register-user';
import { removeRecords } from './operations/remove-records';
import { renewSession } from './operations/renew-session';
import { replaceAvatar } from './operations/replace-avatar';
import { requestCode } from './operations/request-code';
import { requestEmailChange } from './operations/request-email-change';
import { setCaptchaText } from './operations/set-captcha-text';
import { setUserPassword } from './operations/set-user-password';
import { setUserRole } from './operations/set-user-role';
import { setUserStatus } from './operations/set-user-status';
import { signIn } from './operations/sign-in';
import { signInAnonymously } from './operations/sign-in-anonymously';
import { signInByProof } from './operations/sign-in-by-proof';
import { signInClient } from './operations/sign-in-client';
import { signOut } from './operations/sign-out';
import { signOutDevice } from './operations/sign-out-device';
import { signOutEverywhere } from './operations/sign-out-everywhere';
import { stageUser } from './operations/stage-user';
import { updateProfile } from './operations/update-profile';
import { updateRecord } from './operations/update-record';
import { verifyEmailByLink } from './operations/verify-email-by-link';
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
    checkCaptcha: guarded(checkCaptcha(deps)),
    checkLink: guarded(checkLink(deps)),
    changeContact: guarded(changeContact(deps)),
    changePassword: guarded(changePassword(deps)),
    confirmCaller: guarded(confirmCaller(deps)),
    createCaptcha: guarded(createCaptcha(deps)),
    deleteUser: guarded(deleteUser(deps)),
    identifierExists: guarded(identifierExists(deps)),
    listHistory: guarded(listHistory(deps)),
    listRecords: guarded(listRecords(deps)),
    putRecord: guarded(putRecord(deps)),
    queryUsers: guarded(queryUsers(deps)),
    recoverPassword: guarded(recoverPassword(deps)),
    redeemCode: guarded(redeemCode(deps)),
    removeRecords: guarded(removeRecords(deps)),
    requestCode: guarded(requestCode(deps)),
    signInAnonymously: guarded(signInAnonymously(deps)),
    signInByProof: guarded(signInByProof(deps)),
    signInClient: guarded(signInClient(deps)),
    signOutDevice: guarded(signOutDevice(deps)),
    signOutEverywhere: guarded(signOutEverywhere(deps)),
    updateRecord: guarded(updateRecord(deps)),
    verifyEmailByLink: guarded(verifyEmailByLink(deps)),
    createClient: guarded(createClient(deps)),
    listClients: guarded(listClients(deps)),
    revokeClient: guarded(revokeClient(deps)),
    createApiKey: guarded(createApiKey(deps)),
    listApiKeys: guarded(listApiKeys(deps)),
    revokeApiKey: guarded(revokeApiKey(deps)),
    newestUserId: guarded(newestUserId(deps)),
    stageUser: guarded(stageUser(deps)),
    adjustUser: guarded(adjustUser(deps)),
    eraseUser: guarded(eraseUser(deps)),
    checkReach: guarded(checkReach(deps)),
    forgetTargets: guarded(forgetTargets(deps)),
    giveProof: guarded(giveProof(deps)),
    setCaptchaText: guarded(setCaptchaText(deps)),
    eraseClient: guarded(eraseClient(deps)),
    eraseApiKey: guarded(eraseApiKey(deps)),
  };
}
