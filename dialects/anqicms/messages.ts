import type { WireRequest } from '../../src/dialect';
import { localeOf, type Locale } from './locale';

/** One text in the catalogues of reference section 8. A locale that has none reads the Chinese one. */
interface Message extends Readonly<Partial<Record<Locale, string>>> {
  /** Who chooses the language: the caller's request, or the site's setting (column "Loc"). */
  readonly spokenTo: 'request' | 'site';
  readonly 'zh-CN': string;
}

const catalogue = {
  ThisOperationRequiresLogin: {
    spokenTo: 'request',
    'zh-CN': '该操作需要登录，请登录后重试',
    'en-US': 'This operation requires login, please log in and try again',
    'zh-TW': '此操作需要登錄，請登入後重試',
    'ja-JP': 'この操作にはログインが必要です。ログインしてもう一度お試しください。',
    'ru-RU': 'Для этой операции требуется вход в систему. Пожалуйста, войдите в систему и повторите попытку.',
    'pt-BR': 'Esta operação requer login, faça login e tente novamente',
    'id-ID': 'Operasi ini memerlukan login, silakan login dan coba lagi',
  },
  /** No server text exists; reference 4.8 chose this one. */
  Unauthorized: { spokenTo: 'request', 'zh-CN': '未授权', 'en-US': 'Unauthorized', 'zh-TW': '未授權' },
  SaveSuccessfully: {
    spokenTo: 'site',
    'zh-CN': '保存成功',
    'en-US': 'Save successfully',
    'zh-TW': '保存成功',
    'ja-JP': '正常に保存',
    'ru-RU': 'Успешно сохранено',
    'pt-BR': 'Salvo com sucesso',
    'id-ID': 'Berhasil disimpan',
  },
  /** Documented for an update; the server says `TheUsernameHasBeenRegistered` (reference section 3, row 3). */
  UsernameExists: {
    spokenTo: 'request',
    'zh-CN': '用户名已存在',
    'en-US': 'The username has been registered',
    'zh-TW': '該使用者名稱已註冊',
  },
  TheUsernameHasBeenRegistered: {
    spokenTo: 'request',
    'zh-CN': '该用户名已被注册',
    'en-US': 'The username has been registered',
    'zh-TW': '該使用者名稱已註冊',
  },
  TheEmailHasBeenRegistered: {
    spokenTo: 'request',
    'zh-CN': '该邮箱已被注册',
    'en-US': 'The email has been registered',
    'zh-TW': '該信箱已註冊',
  },
  TheMobilePhoneNumberHasBeenRegistered: {
    spokenTo: 'request',
    'zh-CN': '该手机号已被注册',
    'en-US': 'The mobile phone number has been registered',
    'zh-TW': '該手機號碼已註冊',
  },
  IncorrectEmail: {
    spokenTo: 'request',
    'zh-CN': '邮箱不正确',
    'en-US': 'Incorrect email',
    'zh-TW': '郵件信箱不正確',
  },
  IncorrectMobilePhoneNumber: {
    spokenTo: 'request',
    'zh-CN': '手机号不正确',
    'en-US': 'Incorrect mobile phone number',
    'zh-TW': '手機號碼不正確',
  },
  FillInAtLeastOneOfTheEmailAndMobilePhoneNumber: {
    spokenTo: 'request',
    'zh-CN': '邮箱和手机号至少填写一个',
    'en-US': 'Fill in at least one of the email and mobile phone number',
    'zh-TW': '郵件信箱和手機號碼至少填寫一個',
  },
  PleaseFillInTheUsernameAndPasswordCorrectly: {
    spokenTo: 'request',
    'zh-CN': '请正确填写用户名和密码',
    'en-US': 'Please fill in the username and password correctly',
    'zh-TW': '請正確填寫使用者名稱和密碼',
  },
  PleaseEnterAPasswordOfMoreThan6Digits: {
    spokenTo: 'request',
    'zh-CN': '请输入6位以上的密码',
    'en-US': 'Please enter a password of more than 6 digits',
    'zh-TW': '請輸入6位以上的密碼',
  },
  PleaseVerifyEmail: {
    spokenTo: 'request',
    'zh-CN': '请验证您的邮箱',
    'en-US': 'Please Verify Your Email',
    'zh-TW': '請驗證您的信箱',
  },
  /** Documented; the server says 文件已上传完成 in Chinese (reference section 3, row 10). */
  UploadCompleted: {
    spokenTo: 'request',
    'zh-CN': '上传成功',
    'en-US': 'File upload completed',
    'zh-TW': '文件已上傳完成',
  },
  FileSaveFailed: {
    spokenTo: 'request',
    'zh-CN': '文件保存失败',
    'en-US': 'File save failed',
    'zh-TW': '文件保存失敗',
  },
  OldPasswordIsWrong: {
    spokenTo: 'site',
    'zh-CN': '旧密码错误',
    'en-US': 'Old password is wrong',
    'zh-TW': '舊密碼錯誤',
    'ja-JP': '古いパスワードが間違っています',
    'ru-RU': 'Неправильный старый пароль',
    'pt-BR': 'Senha antiga errada',
    'id-ID': 'Kata sandi lama salah',
  },
  PleaseEnterAccount: {
    spokenTo: 'site',
    'zh-CN': '请输入账号',
    'en-US': 'Please enter your account',
    'zh-TW': '請輸入帳號',
    'ja-JP': 'ユーザー名を入力してください',
    'ru-RU': 'Пожалуйста, введите имя пользователя',
    'pt-BR': 'Por favor insira o nome de usuário',
    'id-ID': 'Silakan masukkan Nama Pengguna',
  },
  PleaseEnterAPasswordOf6CharactersOrMore: {
    spokenTo: 'site',
    'zh-CN': '请输入6位及以上长度的密码',
    'en-US': 'Please enter a password of 6 characters or longer',
    'zh-TW': '請輸入6位以上長度的密碼',
    'ja-JP': '6文字以上のパスワードを入力してください',
    'ru-RU': 'Пожалуйста, введите пароль длиной 6 или более символов.',
    'pt-BR': 'Por favor insira uma senha de 6 caracteres ou mais de comprimento',
    'id-ID': 'Silakan masukkan kata sandi yang panjangnya 6 karakter atau lebih',
  },
  LoginFailed: {
    spokenTo: 'site',
    'zh-CN': '登录失败',
    'en-US': 'Login failed',
    'zh-TW': '登入失敗',
    'ja-JP': 'ログインに失敗しました',
    'ru-RU': 'Ошибка входа',
    'pt-BR': 'falha no login',
    'id-ID': 'Gagal masuk',
  },
  VerificationCodeIsIncorrect: {
    spokenTo: 'request',
    'zh-CN': '验证码不正确',
    'en-US': 'Incorrect verification code',
    'zh-TW': '驗證碼不正確',
  },
  UnableToObtainOpenid: {
    spokenTo: 'request',
    'zh-CN': '无法获取openid',
    'en-US': 'Unable to obtain openid',
    'zh-TW': '無法取得openid',
  },
  GoogleAuthDisable: { spokenTo: 'request', 'zh-CN': 'Google 登录已禁用' },
  invalidParameter: {
    spokenTo: 'site',
    'zh-CN': '参数错误',
    'en-US': 'Invalid Parameter',
    'zh-TW': '參數錯誤',
  },
  UserDoesNotExist: {
    spokenTo: 'site',
    'zh-CN': '用户不存在',
    'en-US': 'User does not exist',
    'zh-TW': '使用者不存在',
  },
} as const satisfies Record<string, Message>;

export type MessageKey = keyof typeof catalogue;

/** The text of a message for a request, in the language that the server would choose for it. */
export type Speak = (key: MessageKey, request: WireRequest) => string;

/** `language`: the site's configured one. */
export function createSpeak(language: Locale): Speak {
  return (key, request) => {
    const message: Message = catalogue[key];
    const locale = message.spokenTo === 'site' ? language : localeOf(request);
    return message[locale] ?? message['zh-CN'];
  };
}
