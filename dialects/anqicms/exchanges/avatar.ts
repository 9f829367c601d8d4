import type { Exchange } from '../../../src/contract';
import { exchange, failure, mustSignIn, post, signedIn } from './answers';

const path = '/api/user/avatar';
const notSaved = failure('文件保存失败');
const noFile = failure('http: no such file');
const notMultipart = failure("request Content-Type isn't multipart/form-data");
const multipart = 'multipart/form-data; boundary=X';

function part(disposition: string, content: string): string {
  return `--X\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}`;
}

function file(content: string): string {
  return `${part('name="file"; filename="a.png"', content)}\r\n--X--\r\n`;
}

/** Each row: what is sent, under which content type, and what refuses it. */
const rows: readonly (readonly [
  what: string,
  contentType: string,
  body: string,
  response: Exchange['response'],
  kind: 'error' | 'boundary',
])[] = [
  ['JSON', 'application/json', '{}', notMultipart, 'error'],
  ['a form that is not multipart', 'application/x-www-form-urlencoded', 'file=x', notMultipart, 'error'],
  [
    'a multipart body without a boundary',
    'multipart/form-data',
    '--X',
    failure('no multipart boundary param in Content-Type'),
    'error',
  ],
  ['an empty body', multipart, '', failure('multipart: NextPart: EOF'), 'boundary'],
  ['garbage', multipart, 'garbage', failure('multipart: NextPart: EOF'), 'error'],
  [
    'a file that is cut off',
    multipart,
    part('name="file"; filename="a.png"', 'abc'),
    failure('unexpected EOF'),
    'error',
  ],
  ['no part at all', multipart, '--X--\r\n', noFile, 'boundary'],
  [
    'a file under another name',
    multipart,
    `${part('name="avatar"; filename="a.png"', 'abc')}\r\n--X--\r\n`,
    noFile,
    'error',
  ],
  ['a text under the right name', multipart, `${part('name="file"', 'abc')}\r\n--X--\r\n`, noFile, 'error'],
  ['a file of no bytes', multipart, file(''), notSaved, 'boundary'],
  ['a file of one byte', multipart, file('x'), notSaved, 'boundary'],
  ['a file that is no image', multipart, file('no image at all'), notSaved, 'error'],
  ['the beginning of a GIF', multipart, file('GIF89a'), notSaved, 'error'],
  [
    'an SVG image',
    multipart,
    file('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    notSaved,
    'error',
  ],
];

const credential = 'own';

/** Uploads of an avatar (reference 4.10), beyond the published one. */
export const avatars: readonly Exchange[] = [
  ...rows.map(([what, contentType, body, response, kind]) =>
    post(`uploading ${what}`, path, body, response, {
      kind,
      given: signedIn,
      credential,
      headers: { 'Content-Type': contentType },
    }),
  ),
  post('a bad upload of nobody is asked to sign in first', path, 'x', mustSignIn, {
    kind: 'no_credential',
  }),
  exchange(
    'a success of an upload speaks the language of the request',
    { method: 'POST', path, headers: { 'Accept-Language': 'en' }, body: { file: '<image>' } },
    { status: 200, body: { code: 0, data: { avatar_url: '<avatar_url>' }, msg: 'File upload completed' } },
    { kind: 'success', source: 'ours', given: signedIn, credential },
  ),
  post(
    'a failure of an upload speaks the language of the request',
    path,
    file('x'),
    failure('File save failed'),
    {
      kind: 'error',
      given: signedIn,
      credential,
      headers: { 'Content-Type': multipart, 'Accept-Language': 'en' },
    },
  ),
];
