import type { Route, Site } from '../../src/dialect';
import { findTokenToRevoke } from './access-token';
import { unimplemented } from './errors';
import {
  isPasswordGrant,
  readEdit,
  readPasswordGrant,
  readRefresh,
  readSignIn,
  sayEdit,
  sayPasswordGrant,
  sayProfileRequest,
  sayRefresh,
  saySignIn,
  saySignOut,
} from './requests';
import {
  hearGrant,
  hearKeys,
  hearNothing,
  hearProfile,
  nothing,
  writeGrant,
  writeKeys,
  writeProfile,
} from './responses';

/** Address → operation; reference 3. Whatever is not listed here answers `unimplemented`. */
export function createRoutes(site: Site): readonly Route[] {
  const { publicUrl, phoneRegion } = site;
  return [
    {
      method: 'post',
      path: '/auth/v1/signin',
      operation: 'signIn',
      access: 'public',
      read: readSignIn,
      write: writeGrant,
      errors: { not_served: () => unimplemented('Only signing in by username and password is enabled') },
      say: (command) => saySignIn(command, phoneRegion),
      hear: hearGrant,
    },
    {
      method: 'post',
      path: '/auth/v1/token',
      cases: [
        {
          when: isPasswordGrant,
          operation: 'signIn',
          access: 'public',
          read: readPasswordGrant,
          write: writeGrant,
          say: (command) => sayPasswordGrant(command, phoneRegion),
          hear: hearGrant,
        },
        {
          when: () => true,
          operation: 'refreshSession',
          access: 'public',
          read: readRefresh,
          write: writeGrant,
          errors: { not_served: () => unimplemented('This grant_type is not enabled') },
          say: sayRefresh,
          hear: hearGrant,
        },
      ],
    },
    {
      method: 'get',
      path: '/auth/v1/user/me',
      operation: 'getProfile',
      access: 'session',
      read: (_request, caller) => ({ caller }),
      write: ({ user }) => writeProfile(user, publicUrl),
      say: sayProfileRequest,
      hear: (response) => hearProfile(response, publicUrl),
    },
    {
      method: 'post',
      path: '/auth/v1/user/basic/edit',
      operation: 'updateProfile',
      access: 'session',
      read: (request, caller) => readEdit(site, request, caller),
      write: () => nothing,
      errors: { not_served: () => unimplemented('Changing the password through this call is not enabled') },
      say: (command) => sayEdit(command, site),
      hear: hearNothing,
    },
    {
      method: 'get',
      path: '/auth/v1/certs',
      operation: 'listPublicKeys',
      access: 'public',
      read: () => ({}),
      write: writeKeys,
      say: () => ({}),
      hear: hearKeys,
    },
    {
      method: 'post',
      path: '/auth/v1/revoke',
      findToken: findTokenToRevoke,
      acceptExpired: true,
      operation: 'signOut',
      access: 'optional',
      read: (_request, caller) => ({ caller }),
      write: () => nothing,
      say: saySignOut,
      hear: hearNothing,
    },
  ];
}
