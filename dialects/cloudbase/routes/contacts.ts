import type { Route, Site } from '../../../src/dialect';
import { contactErrors, inNewPasswordNames, verificationErrors } from '../call-errors';
import { readContactChange, readReset, sayContactChange, sayReset } from '../requests/security';
import {
  readCaptchaAnswer,
  readCodeRequest,
  readRedemption,
  sayCaptchaAnswer,
  sayCaptchaRequest,
  sayCodeRequest,
  sayRedemption,
} from '../requests/verification';
import { hearNothing, nothing } from '../responses';
import {
  hearCaptcha,
  hearCaptchaPass,
  hearCodeRequest,
  hearRedemption,
  writeCaptcha,
  writeCaptchaPass,
  writeCodeRequest,
  writeRedemption,
} from '../responses/security';

/** Proving a contact and what a proof is good for, and captchas; reference 9.3, 9.4, 10 and 11. */
export function createContactRoutes({ phoneRegion }: Site): readonly Route[] {
  return [
    {
      method: 'post',
      path: '/auth/v1/verification',
      operation: 'requestCode',
      access: 'optional',
      read: readCodeRequest,
      write: writeCodeRequest,
      errors: verificationErrors,
      say: (command) => sayCodeRequest(command, phoneRegion),
      hear: hearCodeRequest,
    },
    {
      method: 'post',
      path: '/auth/v1/verification/verify',
      operation: 'redeemCode',
      access: 'public',
      read: readRedemption,
      write: writeRedemption,
      say: sayRedemption,
      hear: hearRedemption,
    },
    {
      method: 'patch',
      path: '/auth/v1/user/contact',
      operation: 'changeContact',
      access: 'session',
      read: readContactChange,
      write: () => nothing,
      errors: contactErrors,
      say: (command) => sayContactChange(command, phoneRegion),
      hear: hearNothing,
    },
    {
      method: 'post',
      path: '/auth/v1/reset',
      operation: 'recoverPassword',
      access: 'public',
      read: readReset,
      write: () => nothing,
      errors: inNewPasswordNames,
      say: (command) => sayReset(command, phoneRegion),
      hear: hearNothing,
    },
    {
      method: 'post',
      path: '/auth/v1/captcha/data',
      operation: 'createCaptcha',
      access: 'public',
      read: () => ({ format: 'gif' }),
      write: writeCaptcha,
      say: sayCaptchaRequest,
      hear: hearCaptcha,
    },
    {
      method: 'post',
      path: '/auth/v1/captcha/data/verify',
      operation: 'checkCaptcha',
      access: 'public',
      read: readCaptchaAnswer,
      write: writeCaptchaPass,
      say: sayCaptchaAnswer,
      hear: hearCaptchaPass,
    },
  ];
}
