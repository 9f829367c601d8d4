import type { Route } from '../../src/dialect';
import { emailCodeSayer, phoneCodeSayer, sayEmailRecovery, sayPhoneRecovery } from './client';
import {
  phoneRecoveryCodeReader,
  readEmailRecovery,
  readEmailRecoveryCode,
  readPhoneRecovery,
} from './code-requests';
import { emailRecoveryErrors, phoneRecoveryErrors } from './errors';
import { hearSuccess, writeSuccess } from './responses';

/** The two ways to a new password without the old one (reference 8.12 and 8.13). */
export function recoveryRoutes(phoneRegion: string): readonly Route[] {
  return [
    {
      operation: 'requestCode',
      method: 'put',
      path: '/v1/api/phone/retrieve',
      access: 'public',
      read: phoneRecoveryCodeReader(phoneRegion),
      write: writeSuccess,
      errors: phoneRecoveryErrors,
      say: phoneCodeSayer('recover', phoneRegion),
      hear: hearSuccess,
    },
    {
      operation: 'recoverPassword',
      method: 'post',
      path: '/v1/api/phone/retrieve',
      access: 'public',
      read: readPhoneRecovery,
      write: writeSuccess,
      errors: phoneRecoveryErrors,
      say: (command) => sayPhoneRecovery(command, phoneRegion),
      hear: hearSuccess,
    },
    {
      operation: 'requestCode',
      method: 'put',
      path: '/v1/api/user/passwordcode/email',
      access: 'public',
      read: readEmailRecoveryCode,
      write: writeSuccess,
      errors: emailRecoveryErrors,
      say: emailCodeSayer('recover'),
      hear: hearSuccess,
    },
    {
      operation: 'recoverPassword',
      method: 'put',
      path: '/v1/api/user/email/reset/password',
      access: 'public',
      read: readEmailRecovery,
      write: writeSuccess,
      errors: emailRecoveryErrors,
      say: sayEmailRecovery,
      hear: hearSuccess,
    },
  ];
}
