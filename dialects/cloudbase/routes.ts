import type { Route, Site } from '../../src/dialect';
import { findTokenToRevoke } from './access-token';
import { unimplemented } from './errors';
import { isPasswordGrant, readEdit, readPasswordGrant, readRefresh, readSignIn } from './requests';
import { nothing, writeGrant, writeKeys, writeProfile } from './responses';
import { createSpeech } from './speech';

/** Address → operation; reference 3. Whatever is not listed here answers `unimplemented`. */
export function createRoutes(site: Site): readonly Route[] {
  const speech = createSpeech(site);
  return [
    {
      method: 'post',
      path: '/auth/v1/signin',
      operation: 'signIn',
      access: 'public',
      read: readSignIn,
      write: writeGrant,
      errors: { not_served: () => unimplemented('Only signing in by username and password is enabled') },
      say: speech.saySignIn,
      hear: speech.hearGrant,
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
          say: speech.sayPasswordGrant,
          hear: speech.hearGrant,
        },
        {
          when: () => true,
          operation: 'refreshSession',
          access: 'public',
          read: readRefresh,
          write: writeGrant,
          errors: { not_served: () => unimplemented('This grant_type is not enabled') },
          say: speech.sayRefresh,
          hear: speech.hearGrant,
        },
      ],
    },
    {
      method: 'get',
      path: '/auth/v1/user/me',
      operation: 'getProfile',
      access: 'session',
      read: (_request, caller) => ({ caller }),
      write: ({ user }) => writeProfile(user, site.publicUrl),
      say: speech.sayGetProfile,
      hear: speech.hearProfile,
    },
    {
      method: 'post',
      path: '/auth/v1/user/basic/edit',
      operation: 'updateProfile',
      access: 'session',
      read: (request, caller) => readEdit(site, request, caller),
      write: () => nothing,
      errors: { not_served: () => unimplemented('Changing the password through this call is not enabled') },
      say: speech.sayUpdateProfile,
    },
    {
      method: 'get',
      path: '/auth/v1/certs',
      operation: 'listPublicKeys',
      access: 'public',
      read: () => ({}),
      write: writeKeys,
      say: () => ({}),
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
      say: speech.saySignOut,
    },
  ];
}
