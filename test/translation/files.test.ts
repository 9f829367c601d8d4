import { gzipSync } from 'node:zlib';
import { decodeText, InputError, readInput, type CapturedRequest, type Input } from '../../src/translation';

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

  it('may have null where others leave a member out', () => {
    const none = { headers: null, postData: null };
    const postData = {
      mimeType: null,
      text: null,
      encoding: null,
      params: [{ name: 'a', value: null, fileName: null }],
    };
    expect(requests(har(request(none), request({ postData }))).map(({ body }) => body.toString())).toEqual([
      '',
      'a=',
    ]);
  });

  it('names the entries whose bodies were not recorded, and goes on', () => {
    expect(read(har(request({}), request({ bodySize: 12 })))).toMatchObject({
      requests: [{ label: 'entry 1' }],
      junk: ['entry 2: its body was not recorded'],
    });
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

  it('of v2.0 is read too, and in the envelope of the interface of Postman', () => {
    const document = {
      collection: {
        info: { schema: 'https://schema.getpostman.com/json/collection/v2.0.0/collection.json' },
        auth: { type: 'bearer', bearer: { token: 'abc' } },
        item: [{ name: 'x', request: 'http://old/x' }],
      },
    };
    expect(requests(document)).toMatchObject([{ path: '/x', headers: { authorization: 'Bearer abc' } }]);
  });

  it('begins addresses with its own variables, and keeps those that it does not know', () => {
    const variable = [
      { key: 'base', value: 'https://old.example.com/api' },
      { key: 'unset', value: '' },
      { key: 'name', value: 'ada' },
    ];
    const item = ['{{base}}/{{name}}', '{{unset}}/x', '{{other}}/x'].map((url) => ({ request: url }));
    expect(requests(collection(item, { variable })).map(({ url, host }) => [url, host])).toEqual([
      ['https://old.example.com/api/{{name}}', 'old.example.com'],
      ['{{unset}}/x', null],
      ['{{other}}/x', null],
    ]);
  });

  it('sends keys and tokens where their scheme says, and values of any type as text', () => {
    const item = [
      {
        request: {
          url: {
            raw: 'http://old/:id/x?off=1&a=b%20c',
            query: [
              { key: 'off', value: '1', disabled: true },
              { key: 'a', value: 'b%20c d' },
            ],
            variable: [{ key: 'id', value: 7 }],
          },
          header: [{ key: 'X-Count', value: 5 }],
          auth: {
            type: 'apikey',
            apikey: [
              { key: 'key', value: 'token' },
              { key: 'value', value: 'abc' },
              { key: 'in', value: 'query' },
            ],
          },
        },
      },
      {
        request: {
          url: 'http://old/x',
          auth: {
            type: 'oauth2',
            oauth2: [
              { key: 'accessToken', value: 'abc' },
              { key: 'headerPrefix', value: 'Token' },
            ],
          },
        },
      },
      { request: { url: null, method: 'GET', header: null, body: null } },
    ];
    expect(requests(collection(item)).map(({ url, headers }) => [url, headers])).toEqual([
      ['http://old/7/x?a=b%20c%20d&token=abc', { 'x-count': '5' }],
      ['http://old/x', { authorization: 'Token abc' }],
      ['/', {}],
    ]);
  });

  it('has GraphQL as it is sent, and names the requests whose bodies it does not hold', () => {
    const graphql = { mode: 'graphql', graphql: { query: '{ me }', variables: '{"a":1}' } };
    const item = [
      { name: 'one', request: { url: 'http://old/x', body: graphql } },
      { name: 'two', request: { url: 'http://old/x', body: { mode: 'file', file: { src: 'x' } } } },
      { name: 'three', request: { url: 'http://old/x', body: { mode: 'raw', raw: '{{whole}}' } } },
    ];
    expect(read(collection(item))).toMatchObject({
      requests: [{ body: Buffer.from('{"query":"{ me }","variables":{"a":1}}') }],
      junk: [
        'two: its body is a file, which the collection does not hold',
        'three: its body is the variable {{whole}}, whose value is not in the file',
      ],
    });
  });

  it.each([
    [
      { info: { schema: 'https://schema.getpostman.com/json/collection/v1.0.0/collection.json' }, item: [] },
      /not a Postman collection v2\.0 or v2\.1: info\.schema is .*v1\.0\.0/,
    ],
    [collection([]), /it holds no requests/],
    [{ info: {} }, /not a Postman collection: info\.schema is required/],
    [
      collection([{ name: 'x' }]),
      /not a Postman collection: item\[0\] must contain at least one of \[request, item\]/,
    ],
    [
      collection([{ name: 'x', request: { url: 'http://old', body: { mode: 'nope' } } }]),
      /a body of the mode nope cannot be read here/,
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
        { method: 'POST', host: null, path: '/api/login', query: '', count: 2 },
        { method: 'GET', host: null, path: '/api/user/detail', query: 'userId=7', count: 1 },
      ],
      junk: ['line 4', 'line 5'],
    });
  });

  it.each([
    [
      'an nginx format with the request elsewhere',
      `10.0.0.1 - - [x] 0.003 200 "POST /api/login HTTP/1.1" "agent"`,
      null,
    ],
    ['the host in front', `old.example.com:443 ${common}`, 'old.example.com:443'],
    [
      'a balancer',
      `http 2025-07-02T22:23:00.186641Z app/x 10.0.0.1:1 10.0.0.2:80 0.0 200 200 34 36 "POST http://old.example.com:80/api/login HTTP/1.1" "curl/7.46.0"`,
      'old.example.com:80',
    ],
    ['a bare list of calls', 'POST /api/login', null],
    ['W3C Extended', '2025-01-01 00:00:00 10.0.0.1 POST /api/login - 443 - 10.0.0.7 agent 200', null],
    [
      'JSON of nginx',
      JSON.stringify({ request: 'POST /api/login HTTP/1.1', http_host: 'a.example' }),
      'a.example',
    ],
    [
      'JSON with an address',
      JSON.stringify({ httpRequest: { requestMethod: 'POST', requestUrl: 'https://a.example/api/login' } }),
      'a.example',
    ],
    [
      'JSON of Caddy',
      JSON.stringify({ request: { method: 'POST', uri: '/api/login', host: 'a.example' } }),
      'a.example',
    ],
    ['JSON of Traefik', JSON.stringify({ RequestMethod: 'POST', RequestPath: '/api/login' }), null],
    ['JSON of pino', JSON.stringify({ req: { method: 'post', url: '/api/login' } }), null],
    ['JSON of a container that wraps a line', JSON.stringify({ log: `${common}\n`, stream: 'stdout' }), null],
  ])('is read in %s', (_, written, host) => {
    const input = readInput(`${written}\n${written}\n`);
    expect(input).toEqual({
      kind: 'log',
      calls: [{ method: 'POST', host, path: '/api/login', query: '', count: 2 }],
      junk: [],
    });
    expect(readInput(written).kind).toBe('log');
  });

  it('in JSON has lines that say nothing, or half of something', () => {
    const lines = ['{"method":"POST","path":"/api/login"}', '{"level":"info"}', '{"method":"PO'];
    expect(readInput(lines.join('\n'))).toMatchObject({ calls: [{ count: 1 }], junk: ['line 2', 'line 3'] });
  });

  it('without a single request is refused', () => {
    expect(() => readInput('nothing\nof the kind')).toThrow(
      'no line of it is a request in Common or Combined Log Format',
    );
  });

  it('may have a line of a megabyte of escaped quotes, which takes no long time', () => {
    const line = `203.0.113.7 - - [-] "${'\\"'.repeat(500_000)}`;
    expect(readInput(`${line}\nGET /api/user/detail`)).toMatchObject({
      calls: [{ count: 1 }],
      junk: ['line 1'],
    });
  });
});

describe('a file', () => {
  it('of another encoding is understood, and one that is packed is refused with what unpacks it', () => {
    const text = 'POST /api/login';
    expect(decodeText(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe(`\ufeff${text}`);
    expect(decodeText(Buffer.from(`${text} é`))).toBe(`${text} é`);
    expect(() => decodeText(gzipSync(text))).toThrow(
      new InputError(
        'it is packed with gzip, which is not undone here; hand it on unpacked: gunzip -c FILE | idiom translate … -',
      ),
    );
  });
});
