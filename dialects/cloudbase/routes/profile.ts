import type { Route, Site } from '../../../src/dialect';
import { inProfileNames, onlyServed } from '../call-errors';
import {
  readEdit,
  readExistence,
  readProfileEdit,
  readQuery,
  readUsernameCheck,
  sayEdit,
  sayExistence,
  sayProfileEdit,
  sayProfileRequest,
  sayQuery,
} from '../requests/profile';
import { hearNothing, nothing } from '../responses';
import {
  hearExistence,
  hearProfile,
  hearUsers,
  writeExistence,
  writeProfile,
  writeUsernameCheck,
  writeUsers,
} from '../responses/profile';

/** Who somebody is; reference 7, 8 and 11. */
export function createProfileRoutes(site: Site): readonly Route[] {
  const { publicUrl } = site;
  return [
    {
      method: 'get',
      path: '/auth/v1/user/me',
      operation: 'getProfile',
      access: 'caller',
      read: (_request, caller) => ({ caller }),
      write: ({ user }) => writeProfile(user, publicUrl),
      say: sayProfileRequest,
      hear: (response) => hearProfile(response, publicUrl),
    },
    {
      method: 'post',
      path: '/auth/v1/user/basic/edit',
      operation: 'updateProfile',
      access: 'caller',
      read: (request, caller) => readEdit(site, request, caller),
      write: () => nothing,
      errors: onlyServed('Changing the password through this call is not enabled'),
      say: (command) => sayEdit(command, site),
      hear: hearNothing,
    },
    {
      method: 'patch',
      path: '/auth/v1/user/profile',
      operation: 'updateProfile',
      access: 'session',
      read: (request, caller) => readProfileEdit(site, request, caller),
      write: ({ user }) => writeProfile(user, publicUrl),
      errors: {
        ...inProfileNames,
        ...onlyServed(
          'Only name, username, phone_number, user_desc, picture, gender, email and locale are kept',
        ),
      },
      say: (command) => sayProfileEdit(command, site),
      hear: hearNothing,
    },
    {
      method: 'get',
      path: '/auth/v1/user/query',
      operation: 'queryUsers',
      access: 'caller',
      read: readQuery,
      write: (result) => writeUsers(result, publicUrl),
      say: (command) => sayQuery(command, site),
      hear: hearUsers,
    },
    {
      method: 'get',
      path: '/auth/v1/checkUsername',
      operation: 'identifierExists',
      access: 'session',
      read: readUsernameCheck,
      write: writeUsernameCheck,
      // It answers for user names alone; the other call answers for every identifier.
      say: () => null,
      hear: hearNothing,
    },
    {
      method: 'get',
      path: '/auth/v1/checkIfUserExist',
      operation: 'identifierExists',
      access: 'public',
      read: readExistence,
      write: writeExistence,
      say: sayExistence,
      hear: hearExistence,
    },
  ];
}
