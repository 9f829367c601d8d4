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
    [`curl http://old/x http://old/y`, /there are 2 URLs/],
    [`curl http://old/x --nope`, /the option --nope is not understood/],
    [`curl http://old/x -H`, /the option -H needs a value/],
    [`curl http://old/x -H nonsense`, /what follows --header is no header/],
    ['', /it is empty/],
  ])('is refused where it cannot be followed: %s', (line, message) => {
    expect(() => readInput(line)).toThrow(InputError);
    expect(() => readInput(line)).toThrow(message);
  });
});
