import { InputError, readInput, type CapturedRequest, type Input } from '../../src/translation';

const read = (document: unknown): Input => readInput(JSON.stringify(document));

function requests(document: unknown): readonly CapturedRequest[] {
  const input = read(document);
  if (input.kind !== 'requests') throw new Error('not requests');
  return input.requests;
}

const har = (...entries: object[]) => ({
  log: { version: '1.2', creator: { name: 'x', version: '1' }, entries },
});
const request = (more: object) => ({
  request: { method: 'POST', url: 'https://old.example.com/api/login', ...more },
});

describe('a HAR file', () => {
  it('gives each request with its headers, without the pseudo-headers of HTTP/2', () => {
    const headers = [
      { name: ':authority', value: 'old.example.com' },
      { name: 'Token', value: 'abc' },
    ];
    expect(
      requests(
        har(
          request({ method: 'get', url: 'https://old.example.com:8443/api/user/detail?userId=7#x', headers }),
        ),
      ),
    ).toEqual([
      {
        label: 'entry 1',
        method: 'GET',
        url: 'https://old.example.com:8443/api/user/detail?userId=7#x',
        host: 'old.example.com:8443',
        path: '/api/user/detail',
        query: 'userId=7',
        headers: { token: 'abc' },
        body: Buffer.alloc(0),
      },
    ]);
  });

  it.each([
    ['text', { mimeType: 'application/json', text: '{"a":"é"}' }, '{"a":"é"}'],
    [
      'base64',
      { mimeType: 'application/json', text: Buffer.from('{"a":"é"}').toString('base64'), encoding: 'base64' },
      '{"a":"é"}',
    ],
    [
      'pairs',
      { mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'a', value: 'b c' }, { name: 'd' }] },
      'a=b%20c&d=',
    ],
  ])('has bodies as %s', (_, postData, body) => {
    const [one] = requests(har(request({ postData })));
    expect(one?.body.toString('utf8')).toBe(body);
    expect(one?.headers['content-type']).toBe(postData.mimeType);
  });

  it('has multipart bodies as pairs or as text', () => {
    const mimeType = 'multipart/form-data; boundary=x';
    const text = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n…\r\n--x--';
    const parts = [{ name: 'file', fileName: 'a.png' }];
    expect(requests(har(request({ postData: { mimeType, text } })))[0]).toMatchObject({ parts });
    expect(requests(har(request({ postData: { mimeType, params: parts } })))[0]).toMatchObject({ parts });
  });

  it.each([
    [{ log: {} }, 'not a HAR 1.2 file: log.entries is required'],
    [har({}), 'not a HAR 1.2 file: log.entries[0].request is required'],
    [har(request({ url: 7 })), 'not a HAR 1.2 file: log.entries[0].request.url must be a string'],
    [
      har(request({}), request({ headers: [{ name: 'a' }] })),
      'not a HAR 1.2 file: log.entries[1].request.headers[0].value is required',
    ],
    [{ nothing: 1 }, 'it is JSON, but neither a HAR file (log) nor a Postman collection (info)'],
    [[], 'it is JSON, but neither a HAR file (log) nor a Postman collection (info)'],
  ])('of another shape is refused with the place: %j', (document, message) => {
    expect(() => read(document)).toThrow(new InputError(message));
  });

  it('that is cut off is refused', () => {
    expect(() => readInput('{"log": {')).toThrow(/it begins as JSON and is none/);
  });
});

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const collection = (item: readonly object[], more: object = {}) => ({
  info: { name: 'App', schema },
  item,
  ...more,
});

describe('a Postman collection', () => {
  it('is read folder by folder, variables and inherited tokens included', () => {
    const document = collection(
      [
        {
          name: 'Users',
          item: [
            {
              name: 'Rename',
              request: {
                method: 'PUT',
                url: {
                  raw: '{{baseUrl}}/v1/api/user/:id?x=1',
                  path: ['v1', 'api', 'user', ':id'],
                  variable: [{ key: 'id', value: '7' }],
                },
                header: [
                  { key: 'X-Off', value: 'no', disabled: true },
                  { key: 'X-On', value: 'yes' },
                ],
                body: { mode: 'raw', raw: '{"realm": "{{name}}"}', options: { raw: { language: 'json' } } },
              },
            },
            { name: 'Look', request: '{{baseUrl}}/v1/api/user' },
          ],
        },
      ],
      { auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}' }] } },
    );
    expect(requests(document)).toEqual([
      {
        label: 'Users / Rename',
        method: 'PUT',
        url: '{{baseUrl}}/v1/api/user/7?x=1',
        host: null,
        path: '/v1/api/user/7',
        query: 'x=1',
        headers: { authorization: 'Bearer {{token}}', 'x-on': 'yes', 'content-type': 'application/json' },
        body: Buffer.from('{"realm": "{{name}}"}'),
      },
      {
        label: 'Users / Look',
        method: 'GET',
        url: '{{baseUrl}}/v1/api/user',
        host: null,
        path: '/v1/api/user',
        query: '',
        headers: { authorization: 'Bearer {{token}}' },
        body: Buffer.alloc(0),
      },
    ]);
  });

  it.each([
    [
      'urlencoded',
      {
        mode: 'urlencoded',
        urlencoded: [
          { key: 'a', value: '{{b}} c' },
          { key: 'off', value: '1', disabled: true },
        ],
      },
      { body: Buffer.from('a={{b}}%20c') },
    ],
    [
      'formdata',
      {
        mode: 'formdata',
        formdata: [
          { key: 'file', type: 'file', src: '/tmp/a.png' },
          { key: 'a', value: '1' },
        ],
      },
      { parts: [{ name: 'file', fileName: '/tmp/a.png' }, { name: 'a' }] },
    ],
    ['none', null, { body: Buffer.alloc(0) }],
  ])('has bodies of the mode %s', (_, body, expected) => {
    const [one] = requests(
      collection([{ name: 'x', request: { method: 'POST', url: 'http://old/x', body } }]),
    );
    expect(one).toMatchObject(expected);
  });

  it('takes a header for an API key, and the nearest authorization', () => {
    const apikey = {
      type: 'apikey',
      apikey: [
        { key: 'key', value: 'Token' },
        { key: 'value', value: 'abc' },
      ],
    };
    const item = {
      name: 'x',
      auth: apikey,
      item: [{ name: 'y', request: { url: 'http://old/x', header: 'A: b\nC: d' } }],
    };
    const [one] = requests(collection([item], { auth: { type: 'noauth' } }));
    expect(one?.headers).toEqual({ token: 'abc', a: 'b', c: 'd' });
  });

  it.each([
    [
      { info: { schema: 'https://schema.getpostman.com/json/collection/v2.0.0/collection.json' }, item: [] },
      /not a Postman collection v2\.1: info\.schema is .*v2\.0\.0/,
    ],
    [{ info: {} }, /not a Postman collection: info\.schema is required/],
    [
      collection([{ name: 'x' }]),
      /not a Postman collection: item\[0\] must contain at least one of \[request, item\]/,
    ],
    [
      collection([{ name: 'x', request: { url: 'http://old', body: { mode: 'graphql' } } }]),
      /x: a body of the mode graphql cannot be read here/,
    ],
  ])('of another shape is refused with the place: %j', (document, message) => {
    expect(() => read(document)).toThrow(message);
  });
});

describe('an access log', () => {
  const common = '203.0.113.7 - ada [10/Oct/2025:13:55:36 +0000] "POST /api/login HTTP/1.1" 200 512';

  it('is counted in Common and in Combined Log Format, and junk is named by its line', () => {
    const lines = [
      common,
      `${common} "https://old.example.com/" "okhttp \\"4\\""`,
      '',
      'starting up',
      '- - - [10/Oct/2025:13:55:36 +0000] "\\x16\\x03\\x01" 400 -',
      '::1 - - [10/Oct/2025:13:55:36 +0000] "GET /api/user/detail?userId=7 HTTP/2.0" 200 -',
    ];
    expect(readInput(lines.join('\r\n'))).toEqual({
      kind: 'log',
      calls: [
        { method: 'POST', path: '/api/login', query: '', count: 2 },
        { method: 'GET', path: '/api/user/detail', query: 'userId=7', count: 1 },
      ],
      junk: ['line 4', 'line 5'],
    });
  });

  it('without a single request is refused', () => {
    expect(() => readInput('nothing\nof the kind')).toThrow(
      'no line of it is a request in Common or Combined Log Format',
    );
  });
});
