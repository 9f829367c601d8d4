import type { Route, Site } from '../../../src/dialect';
import { findTokenToRevoke } from '../access-token';
import { anonymousErrors, inProfileNames, onlyServed, providerNotEnabled } from '../call-errors';
import { saySignOut } from '../requests/security';
import {
  isGrant,
  isProofSignIn,
  readAnonymous,
  readClientGrant,
  readPasswordGrant,
  readProofSignIn,
  readRefresh,
  readSignIn,
  sayClientGrant,
  sayPasswordGrant,
  sayProofSignIn,
  sayRefresh,
  saySignIn,
} from '../requests/sign-in';
import { attachAnonymousToken, findAnonymousToken, readSignUp, saySignUp } from '../requests/sign-up';
import {
  hearClientGrant,
  hearGrant,
  hearKeys,
  hearNothing,
  nothing,
  writeClientGrant,
  writeGrant,
  writeIntrospection,
  writeKeys,
  writeSignUp,
} from '../responses';

const unencrypted = onlyServed('Encrypted sign-in is not enabled');
const unsigned = onlyServed('Only Basic authorization is enabled');

/** Signing up, in and out, and tokens; reference 5 and 6. */
export function createSessionRoutes(site: Site): readonly Route[] {
  const { phoneRegion } = site;
  return [
    {
      method: 'post',
      path: '/auth/v1/signup',
      findToken: findAnonymousToken,
      attachToken: attachAnonymousToken,
      operation: 'registerUser',
      access: 'optional',
      read: (request, caller) => readSignUp(site, request, caller),
      write: writeSignUp,
      errors: { ...inProfileNames, not_served: () => providerNotEnabled },
      say: (command) => saySignUp(command, site),
      hear: hearGrant,
    },
    {
      method: 'post',
      path: '/auth/v1/signin',
      cases: [
        {
          when: isProofSignIn,
          operation: 'signInByProof',
          access: 'public',
          read: readProofSignIn,
          write: writeGrant,
          errors: unencrypted,
          say: sayProofSignIn,
          hear: hearGrant,
        },
        {
          when: () => true,
          operation: 'signIn',
          access: 'public',
          read: readSignIn,
          write: writeGrant,
          errors: unencrypted,
          say: (command) => saySignIn(command, phoneRegion),
          hear: hearGrant,
        },
      ],
    },
    {
      method: 'post',
      path: '/auth/v1/signin/anonymously',
      operation: 'signInAnonymously',
      access: 'public',
      read: readAnonymous,
      write: writeGrant,
      errors: anonymousErrors,
      say: () => ({ body: {} }),
      hear: hearGrant,
    },
    {
      method: 'post',
      path: '/auth/v1/token',
      cases: [
        {
          when: isGrant('password'),
          operation: 'signIn',
          access: 'public',
          read: readPasswordGrant,
          write: writeGrant,
          say: (command) => sayPasswordGrant(command, phoneRegion),
          hear: hearGrant,
        },
        {
          when: isGrant('client_credentials'),
          operation: 'signInClient',
          access: 'public',
          read: readClientGrant,
          write: writeClientGrant,
          errors: unsigned,
          say: sayClientGrant,
          hear: hearClientGrant,
        },
        {
          when: () => true,
          operation: 'refreshSession',
          access: 'public',
          read: readRefresh,
          write: writeGrant,
          errors: onlyServed('This grant_type is not enabled'),
          say: sayRefresh,
          hear: hearGrant,
        },
      ],
    },
    {
      method: 'post',
      path: '/auth/v1/token/clientCredential',
      operation: 'signInClient',
      access: 'public',
      read: readClientGrant,
      write: writeClientGrant,
      errors: unsigned,
      say: sayClientGrant,
      hear: hearClientGrant,
    },
    {
      method: 'get',
      path: '/auth/v1/token/introspect',
      operation: 'getProfile',
      access: 'caller',
      read: (_request, caller) => ({ caller }),
      write: (_result, meta) => writeIntrospection(meta),
      // A bad token is no failure here but an answer; a program has no profile, and its token is good all the same.
      errors: {
        access_token_rejected: () => nothing,
        user_not_found: (_problem, meta) => writeIntrospection(meta),
      },
      // It tells of a token, and nothing of a profile.
      say: () => null,
      hear: hearNothing,
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
  ];
}
