import { InputError, readInput, type CapturedRequest } from '../../src/translation';

function requests(text: string): readonly CapturedRequest[] {
  const input = readInput(text);
  if (input.kind !== 'requests') throw new Error('not requests');
  return input.requests;
}

const only = (text: string): CapturedRequest => {
  const [request, ...more] = requests(text);
  if (request === undefined || more.length > 0) throw new Error(`${more.length + 1} requests`);
  return request;
};
const body = (text: string): string => only(text).body.toString('utf8');

describe('a curl line', () => {
  it('is read with its quotes as a shell reads them', () => {
    const line = `curl -X POST http://old/api/user/detail -H "token: abc" -d "{\\"user_name\\":\\"zhang\\",\\"introduce\\":\\"it's\\"}"`;
    expect(only(line)).toMatchObject({
      method: 'POST',
      host: 'old',
      path: '/api/user/detail',
      headers: { token: 'abc', 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(JSON.parse(body(line))).toEqual({ user_name: 'zhang', introduce: "it's" });
  });

  it('may run over several lines, in single quotes too', () => {
    const line = `curl 'http://old/api/login' \\\n  -H 'Content-Type: application/json' \\\r\n  --data-raw '{\n "user_name": "a"\n}'`;
    expect(JSON.parse(body(line))).toEqual({ user_name: 'a' });
  });

  it('may have the quotes that browsers write for signs and foreign letters', () => {
    expect(body(`curl http://old/ --data-raw $'{"a":"it\\'s \\u00e9\\u6b22\\n"}'`)).toBe(
      `{"a":"it's é欢\n"}`,
    );
  });

  it('keeps the variables of a shell as variables', () => {
    expect(
      only(`curl "$IDIOM/api/user/detail" -H "token: $TOKEN" -d "{\\"user_name\\":\\"\${NAME}\\"}"`),
    ).toMatchObject({
      host: null,
      path: '/api/user/detail',
      headers: { token: '{{TOKEN}}' },
      body: Buffer.from('{"user_name":"{{NAME}}"}'),
    });
  });

  it.each([
    ['-d', `-d 'a=1' -d 'b=2'`, 'POST', 'a=1&b=2', 'application/x-www-form-urlencoded'],
    [
      '--data with line ends, which it leaves out',
      `--data 'a\nb'`,
      'POST',
      'ab',
      'application/x-www-form-urlencoded',
    ],
    [
      '--data-raw, for which @ is a letter',
      `--data-raw '@a'`,
      'POST',
      '@a',
      'application/x-www-form-urlencoded',
    ],
    [
      '--data-binary, line ends and all',
      `--data-binary 'a\nb'`,
      'POST',
      'a\nb',
      'application/x-www-form-urlencoded',
    ],
    ['--json', `--json '{"a":1}'`, 'POST', '{"a":1}', 'application/json'],
    [
      '--data-urlencode',
      `--data-urlencode 'a=b c&d'`,
      'POST',
      'a=b%20c%26d',
      'application/x-www-form-urlencoded',
    ],
    ['-X glued to its value', `-XPUT -d1`, 'PUT', '1', 'application/x-www-form-urlencoded'],
    ['--request=PATCH', `--request=PATCH`, 'PATCH', '', undefined],
    ['-I', `-I`, 'HEAD', '', undefined],
    ['letters that stand together', `-sSkLX DELETE`, 'DELETE', '', undefined],
    ['a header that is left out', `-d 1 -H 'Content-Type:'`, 'POST', '1', undefined],
    ['options switched off', `--no-keepalive --no-compressed -I`, 'HEAD', '', undefined],
    ['several --json, which are joined', `--json '{"a":' --json '1}'`, 'POST', '{"a":1}', 'application/json'],
    [
      '--data-urlencode, whose name is sent as it is written',
      `--data-urlencode 'a[b]=c d'`,
      'POST',
      'a[b]=c%20d',
      'application/x-www-form-urlencoded',
    ],
  ])('understands %s', (_, options, method, sent, type) => {
    const request = only(`curl ${options} http://old/x -o out.txt --max-time 5`);
    expect([request.method, request.body.toString(), request.headers['content-type']]).toEqual([
      method,
      sent,
      type,
    ]);
  });

  it('puts data into the query with -G, beside what is there', () => {
    expect(only(`curl -G 'http://old/x?a=1' --data-urlencode 'b=2 3'`)).toMatchObject({
      method: 'GET',
      query: 'a=1&b=2%203',
      body: Buffer.alloc(0),
    });
  });

  it('has headers of its own for users, cookies and agents', () => {
    expect(
      only(`curl --url http://old/x -u me:secret -b 'token=abc; x=1' -A agent -H 'Empty;'`).headers,
    ).toEqual({
      authorization: `Basic ${Buffer.from('me:secret').toString('base64')}`,
      cookie: 'token=abc; x=1',
      'user-agent': 'agent',
      empty: '',
    });
  });

  it('has the token of --oauth2-bearer, the user of its address, and all of its cookies', () => {
    const { headers, url } = only(`curl http://me:s%40crét@old/x -b a=1 -b 'b=2; c=3'`);
    expect([url, headers]).toEqual([
      'http://old/x',
      { authorization: `Basic ${Buffer.from('me:s@crét').toString('base64')}`, cookie: 'a=1; b=2; c=3' },
    ]);
    expect(only(`curl http://old/x --oauth2-bearer abc`).headers).toEqual({ authorization: 'Bearer abc' });
  });

  it('takes a header that is said for more than what an option means', () => {
    const { headers } = only(
      `curl http://old/x -H 'Authorization: Bearer a' -u me:pw -A one -H 'User-Agent: two'`,
    );
    expect(headers).toEqual({ authorization: 'Bearer a', 'user-agent': 'two' });
  });

  it('takes a part of --form-string for text, whatever it begins with', () => {
    expect(only(`curl http://old/x --form-string 'a=@b'`).parts).toEqual([{ name: 'a' }]);
  });

  it('is shown with the query that -G makes', () => {
    expect(only(`curl -G 'http://old/x?a=1#z' -d b=2 --url-query c=3`).url).toBe('http://old/x?a=1&b=2&c=3');
  });

  it('may be several calls with --next between them', () => {
    expect(
      requests(`curl http://old/one -H 'A: 1' --next -d x http://old/two`).map(
        ({ method, path, headers }) => [method, path, headers['a']],
      ),
    ).toEqual([
      ['GET', '/one', '1'],
      ['POST', '/two', undefined],
    ]);
  });

  it('keeps what another command says as a variable', () => {
    expect(
      only(`curl http://old/x -H "token: $(cat "my token")" -H other:\`date\` -d "{\\"a\\":\\"$(id -u)\\"}"`),
    ).toMatchObject({
      headers: { token: '{{cat my token}}', other: '{{date}}' },
      body: Buffer.from('{"a":"{{id -u}}"}'),
    });
  });

  it('may be of a script that sets the address before, with comments between', () => {
    const script = `#!/bin/sh\nset -e # don't go on\nBASE=http://old.example.com/api\nexport TOKEN=abc\ncurl "$BASE/one" -H "token: $TOKEN"\n# it's the second\nDEBUG=1 sudo /usr/bin/curl $BASE/two#there`;
    expect(requests(script).map(({ host, path, headers }) => [host, path, headers['token']])).toEqual([
      ['old.example.com', '/api/one', '{{TOKEN}}'],
      ['old.example.com', '/api/two', undefined],
    ]);
  });

  it('may have letters as bytes, of UTF-8 or of Latin-1', () => {
    expect(body(`curl http://old/ -d $'\\xc3\\xa9\\303\\251 \\xe9!\\ud83d\\ude00'`)).toBe('éé é!😀');
  });

  const copied = {
    method: 'POST',
    path: '/x',
    query: 'a=1&b=2',
    headers: { 'content-type': 'application/json', a: "it's" },
  };
  it.each([
    [
      'by Chrome for the command prompt',
      [
        'curl ^"http://old/x?a=1^&b=2^" ^',
        `  -H ^"a: it's^" ^`,
        '  -H ^"content-type: application/json^" ^',
        '  --data-raw ^"^{^\\^"a^\\^":^\\^"b ^\\^\\^\\^"c^\\^\\^\\^" ^\\^\\ 100^%^\\^"^}^"',
      ],
    ],
    [
      'by Firefox for the command prompt',
      [
        'curl.exe --compressed "http://old/x?a=1&b=2" ^',
        `  -H "a: it's" -H "content-type: application/json" ^`,
        String.raw`  --data-raw "{""a"":""b \\""c\\"" \\ 100%""}"`,
      ],
    ],
    [
      'for PowerShell',
      [
        'curl.exe -X POST "http://old/x?a=1&b=2" `',
        `  -H 'a: it''s' -H "content-type: application/json" \``,
        '  --data-raw "{`"a`":`"b \\`"c\\`" \\\\ 100%`"}"',
      ],
    ],
    [
      'for an older PowerShell',
      [
        'curl.exe -X POST "http://old/x?a=1&b=2" `',
        `  -H 'a: it''s' -H "content-type: application/json" \``,
        String.raw`  --data-raw '{\"a\":\"b \\\"c\\\" \\\\ 100%\"}'`,
      ],
    ],
  ])('may have been copied %s', (_, lines) => {
    const request = only(lines.join('\r\n'));
    expect(request).toMatchObject(copied);
    expect(JSON.parse(request.body.toString())).toEqual({ a: 'b "c" \\ 100%' });
  });

  it('for PowerShell may have comments, and addresses with a hash', () => {
    const script = `# first\ncurl.exe http://old/one \`\n  -H 'a: 1' # it's the header\ncurl.exe http://old/two#there -H 'a: 2'`;
    expect(requests(script).map(({ url, headers }) => [url, headers['a']])).toEqual([
      ['http://old/one', '1'],
      ['http://old/two#there', '2'],
    ]);
  });

  it('that cannot be followed is named beside the others that can', () => {
    const input = readInput(
      'curl http://old/one\ncurl http://old/two -d @x.json\ncurl http://old/three --nope',
    );
    expect(input).toMatchObject({
      requests: [{ label: 'curl line 1' }],
      junk: [
        expect.stringMatching(/^curl line 2: --data @x\.json takes its data from a file/),
        'curl line 3: the option --nope is not understood here',
      ],
    });
  });

  it('names the parts of a form and their files, which are not read', () => {
    expect(only(`curl http://old/x -F 'file=@-;filename=ada.png' -F a=1`)).toMatchObject({
      method: 'POST',
      parts: [{ name: 'file', fileName: 'ada.png' }, { name: 'a' }],
    });
  });

  it('may stand among other commands and before a pipe', () => {
    const text = `export A=1\ncurl -s http://old/one | jq .a\n\necho done && curl http://old/two > out.txt\n`;
    expect(requests(`curl http://old/zero\n${text}`).map(({ path, label }) => [path, label])).toEqual([
      ['/zero', 'curl line 1'],
      ['/one', 'curl line 2'],
      ['/two', 'curl line 3'],
    ]);
  });

  it.each([
    [`curl http://old/x -d @body.json`, /--data @body\.json takes its data from a file/],
    [`curl http://old/x --json @body.json`, /takes its data from a file/],
    [`curl http://old/x --data-urlencode a@file`, /takes its data from a file/],
    [`curl http://old/x -T file`, /--upload-file file takes its data from a file/],
    [`curl http://old/x -b jar.txt`, /what follows --cookie is the name of a file/],
    [`curl -d 1`, /there is no URL/],
    [`curl 'http://old/\nx' http://old/y`, /there are 2 URLs; is/],
    [`curl http://old/x http://old/y`, /there are 2 URLs/],
    [`curl http://old/x --nope`, /the option --nope is not understood/],
    [`curl http://old/x -H`, /the option -H needs a value/],
    [`curl http://old/x -H nonsense`, /what follows --header is no header/],
    [`curl http://old/x -H @headers`, /--header @headers takes its data from a file/],
    [`curl http://old/x -K rc`, /--config rc takes its data from a file/],
    [`curl http://old/x -d @- <<EOF\n{}\nEOF`, /the shell sign << is not understood/],
    [
      `curl http://old/x -d "$(cat body.json)"`,
      /--data {{cat body\.json}} takes all its data from a variable/,
    ],
    [`curl http://old/x -d "${'$(a) '.repeat(40)}`, /a quotation that begins with " has no end/],
    [`curl 'http://old/x -d a`, /a quotation that begins with ' has no end/],
    [`curl http://old/x -d $'\\U00ffffff'`, /\\U00ffffff is no character/],
    [`curl "http://old/x ^\r\n -d 1 ^`, /a quotation that begins with " has no end/],
    [`curl http://a%zz:b@old/x`, /the user in http:\/\/…@old\/x is not escaped/],
    ['', /it is empty/],
  ])('is refused where it cannot be followed: %s', (line, message) => {
    expect(() => readInput(line)).toThrow(InputError);
    expect(() => readInput(line)).toThrow(message);
  });
});
