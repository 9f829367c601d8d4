import { request as httpRequest } from 'node:http';
import { startGateway, type TestGateway } from '../../support/gateway';
import {
  detail,
  failure,
  fileForm,
  mustSignIn,
  picture,
  register,
  send,
  type Heard,
  type Person,
} from './wire';

let gateway: TestGateway;
let person: Person;
beforeAll(async () => {
  gateway = await startGateway();
  person = await register(gateway, 'person');
});
afterAll(() => gateway.stop());

const upload = (form: FormData, headers: Record<string, string> = {}): Promise<Heard> =>
  send(gateway, 'POST', '/api/user/avatar', { token: person.token, form, headers });
const raw = (body: string | Buffer, contentType: string): Promise<Heard> =>
  send(gateway, 'POST', '/api/user/avatar', {
    token: person.token,
    raw: body,
    headers: { 'Content-Type': contentType },
  });

/** A request without a content type, which `fetch` would not send. */
function postBare(path: string, token: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      `${gateway.url}${path}`,
      { method: 'POST', headers: { token } },
      (incoming) => {
        incoming.setEncoding('utf8');
        let text = '';
        incoming.on('data', (chunk: string) => (text += chunk));
        incoming.on('end', () => {
          resolve(text);
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end('x');
  });
}

test.each(['png', 'jpeg', 'webp', 'gif'] as const)(
  'a %s becomes the avatar, whatever it calls itself',
  async (format) => {
    const before = await detail(gateway, person.token);
    gateway.clock.advance(5);
    const heard = await upload(fileForm(await picture(format), 'file', '../../etc/passwd', 'text/plain'));
    const extension = format === 'jpeg' ? 'jpg' : format;
    const path = `uploads/user/${String(person.id)}.${extension}`;
    expect(heard).toMatchObject({
      status: 200,
      text: `{"code":0,"data":{"avatar_url":"${gateway.url}/${path}"},"msg":"上传成功"}\n`,
    });
    expect(await detail(gateway, person.token)).toEqual({
      ...before,
      avatar_url: path,
      full_avatar_url: `${gateway.url}/${path}`,
    });
    const served = await fetch(`${gateway.url}/${path}`);
    expect(served.status).toBe(200);
    expect(served.headers.get('content-type')).toBe(`image/${format}`);
  },
);

test('success and failure speak the language of the request', async () => {
  const english = { 'Accept-Language': 'en' };
  expect((await upload(fileForm(await picture('png')), english)).body.msg).toBe('File upload completed');
  expect((await upload(fileForm(Buffer.from('x')), english)).body).toEqual(failure('File save failed'));
});

const notMultipart = "request Content-Type isn't multipart/form-data";

test.each<[what: string, act: () => Promise<Heard>, msg: string]>([
  ['JSON', () => raw('{}', 'application/json'), notMultipart],
  ['a form that is not multipart', () => raw('file=x', 'application/x-www-form-urlencoded'), notMultipart],
  ['no boundary', () => raw('--x', 'multipart/form-data'), 'no multipart boundary param in Content-Type'],
  ['an empty body', () => raw('', 'multipart/form-data; boundary=x'), 'multipart: NextPart: EOF'],
  ['garbage', () => raw('garbage', 'multipart/form-data; boundary=x'), 'multipart: NextPart: EOF'],
  [
    'a file part that is cut off',
    () =>
      raw(
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nabc',
        'multipart/form-data; boundary=x',
      ),
    'unexpected EOF',
  ],
  [
    'a file of another name',
    async () => upload(fileForm(await picture('png'), 'avatar')),
    'http: no such file',
  ],
  [
    'a plain text field',
    () => {
      const form = new FormData();
      form.append('file', 'text');
      return upload(form);
    },
    'http: no such file',
  ],
  ['an empty file', () => upload(fileForm(Buffer.alloc(0))), '文件保存失败'],
  ['what is no image', () => upload(fileForm(Buffer.from('no image at all'))), '文件保存失败'],
  [
    'an image that is cut off',
    async () => upload(fileForm((await picture('png')).subarray(0, 40))),
    '文件保存失败',
  ],
  [
    'SVG',
    () => upload(fileForm(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'))),
    '文件保存失败',
  ],
  ['too large a file', () => upload(fileForm(Buffer.alloc(10_485_761))), 'http: request body too large'],
])('%s is refused', async (_, act, msg) => {
  const before = await detail(gateway, person.token);
  expect(await act()).toMatchObject({ status: 200, text: `{"code":-1,"msg":${JSON.stringify(msg)}}\n` });
  expect(await detail(gateway, person.token)).toEqual(before);
});

test('a request without a content type is refused', async () => {
  expect(JSON.parse(await postBare('/api/user/avatar', person.token))).toEqual(failure(notMultipart));
});

test('nobody uploads without signing in', async () => {
  const heard = await send(gateway, 'POST', '/api/user/avatar', { form: fileForm(await picture('png')) });
  expect(heard).toMatchObject({ status: 200, body: mustSignIn });
});
