import { classifyIdentifier, type OperationName, type ProfileChanges } from '../core';
import type { Speakable } from '../dialect';
import { plainRegistrations, provenRegistrations } from './registrations';
import {
  codeOf,
  compact,
  proofTokenOf,
  proving,
  redeemCode,
  step,
  way,
  type DetourContext,
  type Step,
  type Target,
  type Way,
} from './steps';

type Detours = {
  readonly [O in OperationName]?: (command: Speakable<O>, context: DetourContext) => readonly Way[];
};

/** The codes of one wire prove a contact for any later call, those of another are for one call only. */
function otherCodes(command: Speakable<'requestCode'>, { signedIn }: DetourContext): Way[] {
  const { target, audience, purpose } = command;
  // Where the wire leaves the language to the gateway, another asks for one.
  const language = command.language === '' ? 'en' : command.language;
  if ('own' in target) return [];
  const known = audience === 'registered' || audience === 'held';
  const forOneCall = known ? ('recover' as const) : ('register' as const);
  return [
    ...(signedIn && 'email' in target
      ? [way(step('requestEmailChange', { email: target.email, language }))]
      : []),
    way(step('requestCode', { target, language, purpose, audience: known ? 'registered' : audience })),
    way(
      step('requestCode', {
        target,
        language,
        purpose: 'prove',
        audience: known ? 'registered' : 'unregistered',
      }),
    ),
    way(
      step('requestCode', {
        target,
        language,
        purpose: forOneCall,
        audience: known ? 'registered' : 'unregistered',
      }),
    ),
  ];
}

const detours: Detours = {
  registerUser: (command, context) => [
    ...plainRegistrations(command, context),
    ...provenRegistrations(command, context),
  ],

  updateProfile: ({ userId, changes }, context) => {
    if (userId !== undefined) return [];
    const { email, phone, avatar, ...others } = changes;
    const update = (given: ProfileChanges): Step[] =>
      Object.keys(given).length === 0 ? [] : [step('updateProfile', { changes: given })];
    const proven = (contact: Target): Step[] => [
      ...proving(contact, 'unregistered', undefined, context),
      step('updateProfile', { changes: contact }),
    ];
    // Each may go with the others or in ways of its own.
    const ofEmail =
      typeof email !== 'string'
        ? []
        : [
            [
              step('requestEmailChange', { email, language: 'en' }),
              step('changeEmail', { email, code: codeOf(context) }),
            ],
            ...(email === '' ? [] : [proven({ email })]),
          ];
    const ofPhone = typeof phone !== 'string' || phone === '' ? [] : [proven({ phone })];
    const ofPicture =
      avatar === undefined || avatar === ''
        ? []
        : [[step('replaceAvatar', { image: Buffer.from('a picture') })]];
    const withEmail = email === undefined ? {} : { email };
    const withPhone = phone === undefined ? {} : { phone };
    const withAvatar = avatar === undefined ? {} : { avatar };
    return [undefined, ...ofEmail].flatMap((mail) =>
      [undefined, ...ofPhone].flatMap((call) =>
        [undefined, ...ofPicture].flatMap((picture) => {
          const apart = [mail, call, picture].filter((steps) => steps !== undefined).flat();
          const together = compact({
            ...others,
            ...(mail === undefined && withEmail),
            ...(call === undefined && withPhone),
            ...(picture === undefined && withAvatar),
          });
          return apart.length === 0 ? [] : [way(...update(together), ...apart)];
        }),
      ),
    );
  },

  replaceAvatar: (_command, { blank }) => [
    way(
      step('updateProfile', {
        changes: {
          avatar: blank('url', '<URL of the picture>', 'wherever the picture is served from then on'),
        },
      }),
    ),
  ],

  requestEmailChange: ({ email, language }) => [
    way(step('requestCode', { purpose: 'prove', target: { email }, audience: 'unregistered', language })),
  ],
  changeEmail: ({ email }, context) => [
    way(redeemCode(context), step('updateProfile', { changes: { email } })),
    way(step('updateProfile', { changes: { email } })),
  ],
  changeContact: ({ contact }, context) => [
    ...('email' in contact
      ? [
          way(
            step('requestEmailChange', { email: contact.email, language: 'en' }),
            step('changeEmail', { email: contact.email, code: codeOf(context) }),
          ),
        ]
      : []),
    way(step('updateProfile', { changes: contact })),
  ],

  requestCode: otherCodes,
  recoverPassword: ({ contact, password, proof }, context) => [
    way(
      ...proving(contact, 'registered', proof, context),
      step('recoverPassword', { contact, password, proof: { proofToken: proofTokenOf(context) } }),
    ),
    way(step('recoverPassword', { contact, password, proof: { code: codeOf(context) } })),
  ],
  verifyEmailByLink: ({ email }, context) => [
    way(
      ...proving({ email }, 'registered', undefined, context),
      step('signInByProof', { proofToken: proofTokenOf(context) }),
    ),
  ],

  changePassword: ({ password }, { blank }) => [
    way(
      step('changePassword', {
        password,
        authority: {
          oldPassword: blank(
            'password',
            '<old password>',
            'the person, who is asked for it in the same call',
          ),
        },
      }),
    ),
    way(
      step('confirmCaller', {
        credential: {
          password: blank('password', '<old password>', 'the person, who is asked for it first'),
        },
      }),
      step('changePassword', {
        password,
        authority: { sudoToken: blank('token', '<sudo token>', 'the answer to confirming who calls') },
      }),
    ),
  ],

  signIn: ({ identifier, password, captcha }, { blank }) => [
    ...(captcha?.answer === undefined
      ? []
      : [
          way(
            step('checkCaptcha', captcha.answer),
            step('signIn', {
              identifier,
              password,
              captcha: {
                when: 'after_failures',
                pass: blank('token', '<captcha pass>', 'the answer to checking the captcha'),
              },
            }),
          ),
        ]),
    ...(['png', 'gif'] as const).map((format) =>
      way(
        step('createCaptcha', { format }),
        step('signIn', {
          identifier,
          password,
          captcha: {
            when: 'always',
            answer: {
              captchaId: blank('token', '<captcha>', 'the answer to asking for a captcha'),
              text: blank('code', '<captcha text>', 'whoever reads the picture of the captcha'),
            },
          },
        }),
      ),
    ),
    way(step('signIn', { identifier, password })),
  ],
  signOut: ({ identifier }, { blank }) => [
    identifier === undefined
      ? way(
          step('signOut', {
            identifier: blank(
              'username',
              '<user name>',
              'the person who signs out, by name, address or number',
            ),
          }),
        )
      : way(step('signOut', {})),
  ],

  getProfile: ({ userId }) =>
    userId === undefined ? [] : [way(step('queryUsers', { userIds: [userId] })), way(step('getProfile', {}))],
  queryUsers: ({ identifier }) => {
    if (identifier === undefined) return [];
    const kind = classifyIdentifier(identifier);
    return [way(step('queryUsers', { [kind]: identifier }))];
  },

  createCaptcha: ({ format }) => [way(step('createCaptcha', { format: format === 'png' ? 'gif' : 'png' }))],
};

/** Every way that is known to do what a command does with other words or other operations. */
export function detoursOf(operation: OperationName, command: object, context: DetourContext): readonly Way[] {
  // The table ties each entry to its own operation's command, and this command is of that operation.
  const known = detours[operation] as
    ((command: object, context: DetourContext) => readonly Way[]) | undefined;
  return known?.(command, context) ?? [];
}
