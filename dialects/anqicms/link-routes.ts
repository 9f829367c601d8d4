import type { Route } from '../../src/dialect';
import { mailErrors, passwordErrors, recoveryErrors, shownErrors } from './errors';
import {
  hearExistence,
  hearVerified,
  sayExistence,
  sayMailRequest,
  sayMailTarget,
  sayPasswordChange,
  sayRecovery,
  sayResetLink,
  sayVerifyLink,
} from './link-client';
import {
  readExistence,
  readMailRequest,
  readMailTarget,
  readResetLink,
  readVerifyLink,
  resetAddress,
  stateOf,
} from './links';
import type { Speak } from './messages';
import { resetPage } from './pages';
import { readPasswordChange, readRecovery } from './passwords';
import {
  showMessage,
  writeExistence,
  writeMailSent,
  writeMailTarget,
  writePasswordSet,
  writeVerified,
} from './responses';
import { resetPagePath, type AnqicmsSite } from './site';

/** The calls about links in mails and new passwords (reference 4.5 to 4.7, 4.11). */
export function createLinkRoutes(site: AnqicmsSite, speak: Speak): readonly Route[] {
  const askForMail: Route = site.signupVerify
    ? {
        method: 'post',
        path: '/api/verify/email',
        operation: 'requestCode',
        access: 'public',
        read: (request) => readMailRequest(request, site),
        write: (_, meta) => writeMailSent(meta, speak),
        errors: mailErrors(speak),
        say: (command) => sayMailRequest(command),
        hear: () => ({}),
      }
    : {
        method: 'post',
        path: '/api/verify/email',
        operation: 'identifierExists',
        access: 'public',
        read: (request) => readMailTarget(request),
        write: (result, meta) => writeMailTarget(result, meta, speak),
        say: (command) => sayMailTarget(command),
        hear: () => ({}),
        unconfigured: 'mails go out with `ANQICMS_SIGNUP_VERIFY=1` only',
      };
  const linkErrors = shownErrors(speak, mailErrors(speak), (response, request) =>
    showMessage(response, request, site),
  );
  return [
    askForMail,
    {
      method: 'get',
      path: '/api/verify/email',
      cases: [
        {
          when: (request) => stateOf(request) === 'exist',
          operation: 'identifierExists',
          access: 'public',
          read: (request) => readExistence(request),
          write: (result, meta) => writeExistence(result, meta, speak),
          errors: linkErrors,
          say: (command) => sayExistence(command),
          hear: (response) => hearExistence(response),
        },
        {
          when: (request) => stateOf(request) === 'reset',
          operation: 'checkLink',
          access: 'public',
          read: (request) => readResetLink(request),
          write: (_, { request }) => ({ status: 302, headers: { Location: resetAddress(request, site) } }),
          errors: linkErrors,
          say: (command) => sayResetLink(command),
          hear: () => ({}),
        },
        {
          when: () => true,
          operation: 'verifyEmailByLink',
          access: 'optional',
          read: (request, caller) => readVerifyLink(request, caller),
          write: (result, meta) => writeVerified(result, meta, site, speak),
          errors: linkErrors,
          say: (command) => sayVerifyLink(command),
          hear: (response) => hearVerified(response),
        },
      ],
    },
    {
      method: 'post',
      path: '/api/password/reset',
      operation: 'recoverPassword',
      access: 'public',
      read: (request) => readRecovery(request),
      write: (_, meta) => writePasswordSet(meta, speak),
      errors: recoveryErrors(speak),
      say: (command) => sayRecovery(command),
      hear: () => ({}),
    },
    {
      method: 'post',
      path: '/api/user/password',
      operation: 'changePassword',
      access: 'session',
      read: (request, caller) => readPasswordChange(request, caller),
      write: (_, meta) => writePasswordSet(meta, speak),
      errors: passwordErrors(speak),
      say: (command) => sayPasswordChange(command),
      hear: () => ({}),
    },
    {
      method: 'get',
      path: resetPagePath,
      access: 'public',
      answer: () => resetPage(site),
    },
  ];
}
