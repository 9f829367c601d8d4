import type { Route, WireRequest } from '../../src/dialect';
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
import { avatarErrors, loginErrors, registrationErrors, shownErrors, updateErrors } from './errors';
import { groupKind, hearGroups, writeGroup, writeGroups } from './groups';
import { hearCaptcha, sayCaptcha, saySignOut } from './link-client';
import { createLinkRoutes } from './link-routes';
import type { Speak } from './messages';
import { findHeaderToken, findToken } from './access-token';
import { admitsOrigin } from './origins';
import { readAvatar, readLogin, readRegistration, readUpdate, readUserId } from './requests';
import {
  failure,
  showMessage,
  success,
  writeAvatar,
  writeCaptcha,
  writeLogin,
  writeRegistration,
  writeSignedOut,
  writeUpdated,
  writeUser,
} from './responses';
import type { AnqicmsSite } from './site';

/** Seconds for which the server keeps a captcha's answer (reference 4.4). */
const captchaSeconds = 600;

/** Signing out ends something, so that a page elsewhere must not do it with the browser's cookie. */
function isForged(request: WireRequest, site: AnqicmsSite): boolean {
  const byCookie = findHeaderToken(request) === undefined && findToken(request) !== undefined;
  return byCookie && !admitsOrigin(request, site);
}

function createSignOut(site: AnqicmsSite, speak: Speak): Route {
  return {
    method: 'get',
    path: '/logout',
    acceptExpired: true,
    cases: [
      {
        when: (request) => isForged(request, site),
        access: 'public',
        answer: (request) =>
          showMessage(failure(speak('ThisOperationRequiresLogin', request), 1001), request, site),
      },
      {
        when: () => true,
        operation: 'signOut',
        access: 'optional',
        read: (_, caller) => ({ caller }),
        write: (_, meta) => writeSignedOut(meta, site, speak),
        errors: shownErrors(speak, {}, (response, request) => showMessage(response, request, site)),
        say: (command) => saySignOut(command),
        hear: () => ({}),
      },
    ],
  };
}

function createCaptchaRoute(site: AnqicmsSite): Route {
  const address = { method: 'get', path: '/api/captcha', access: 'public' } as const;
  if (!site.captcha) {
    return {
      ...address,
      answer: () => success('', { captcha_off: true }),
      unconfigured: 'captchas are asked for with `ANQICMS_CAPTCHA=1` only',
    };
  }
  return {
    ...address,
    operation: 'createCaptcha',
    read: () => ({ format: 'png' as const, validSeconds: captchaSeconds }),
    write: (result) => writeCaptcha(result),
    say: (command) => sayCaptcha(command),
    hear: (response) => hearCaptcha(response),
  };
}

/** The groups of the site, which the server shows to whoever has signed in (reference 4.12). */
function createGroupRoutes(): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/api/user/groups',
      operation: 'listRecords',
      access: 'session',
      read: (_, caller) => ({ caller, kind: groupKind, shared: true }),
      write: (result) => writeGroups(result),
      say: ({ kind, shared }) => (kind === groupKind && shared ? {} : null),
      hear: (response) => hearGroups(response),
    },
    {
      method: 'get',
      path: '/api/user/group/detail',
      operation: 'listRecords',
      access: 'session',
      read: (_, caller) => ({ caller, kind: groupKind, shared: true }),
      write: (result, meta) => writeGroup(result, meta),
      // One group is less than the operation gives: the call above says it.
      say: () => null,
      hear: () => ({}),
    },
  ];
}

/** Address → operation (reference section 1). */
export function createRoutes(site: AnqicmsSite, speak: Speak): readonly Route[] {
  return [
    createSignOut(site, speak),
    createCaptchaRoute(site),
    ...createLinkRoutes(site, speak),
    ...createGroupRoutes(),
    {
      method: 'post',
      path: '/api/register',
      operation: 'registerUser',
      access: 'public',
      read: (request) => readRegistration(request, site),
      write: (result, meta) => writeRegistration(result, meta, site, speak),
      errors: registrationErrors(speak),
      say: (command) => sayRegistration(command, site),
      hear: hearSession,
    },
    {
      method: 'post',
      path: '/api/login',
      operation: 'signIn',
      access: 'public',
      read: (request) => readLogin(request, site),
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
