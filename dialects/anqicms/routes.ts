import type { Route } from '../../src/dialect';
import {
  hearAvatar,
  hearSession,
  hearUser,
  sayAvatar,
  sayGetUser,
  sayLogin,
  sayRegistration,
  sayUpdate,
} from './client';
import { avatarErrors, loginErrors, registrationErrors, updateErrors } from './errors';
import type { Speak } from './messages';
import { readAvatar, readLogin, readRegistration, readUpdate, readUserId } from './requests';
import { writeAvatar, writeLogin, writeRegistration, writeUpdated, writeUser } from './responses';
import type { AnqicmsSite } from './site';

/** Address → operation (reference section 1). */
export function createRoutes(site: AnqicmsSite, speak: Speak): readonly Route[] {
  return [
    {
      method: 'post',
      path: '/api/register',
      operation: 'registerUser',
      access: 'public',
      read: (request) => readRegistration(request, site),
      write: (result) => writeRegistration(result, site),
      errors: registrationErrors(speak),
      say: (command) => sayRegistration(command, site),
      hear: hearSession,
    },
    {
      method: 'post',
      path: '/api/login',
      operation: 'signIn',
      access: 'public',
      read: (request) => readLogin(request),
      write: (result, meta) => writeLogin(result, meta, site),
      errors: loginErrors(speak),
      say: (command) => sayLogin(command),
      hear: hearSession,
    },
    {
      method: 'get',
      path: '/api/user/detail',
      operation: 'getProfile',
      access: 'session',
      read: (request, caller) => {
        const userId = readUserId(request);
        return userId === undefined ? { caller } : { caller, userId };
      },
      write: (result) => writeUser(result, site),
      say: (command) => sayGetUser(command),
      hear: (response) => hearUser(response, site),
    },
    {
      method: 'post',
      path: '/api/user/detail',
      operation: 'updateProfile',
      access: 'session',
      read: (request, caller) => readUpdate(request, caller, site),
      write: (_, meta) => writeUpdated(meta, speak),
      errors: updateErrors(speak),
      say: (command) => sayUpdate(command, site),
      hear: () => ({}),
    },
    {
      method: 'post',
      path: '/api/user/avatar',
      operation: 'replaceAvatar',
      access: 'session',
      upload: { field: 'file' },
      read: (request, caller) => readAvatar(request, caller),
      write: (result, meta) => writeAvatar(result, meta, site, speak),
      errors: avatarErrors(speak),
      say: (command) => sayAvatar(command),
      hear: (response) => hearAvatar(response, site),
    },
  ];
}
