import { idiom } from '../support/command-line';

const commands = [
  'serve',
  'migrate',
  'translate',
  'errors',
  'user create',
  'user show',
  'user list',
  'user set-password',
  'user set-role',
  'user block',
  'user unblock',
  'user history',
  'client create',
  'client list',
  'client revoke',
  'apikey create',
  'apikey list',
  'apikey revoke',
  'keys list',
  'keys rotate',
];

describe('help', () => {
  test.each([...commands, 'user', 'keys', 'client', 'apikey'])(
    'idiom %s --help describes it with one example',
    async (name) => {
      const { code, stdout, stderr } = await idiom([...name.split(' '), '--help']);
      expect(code).toBe(0);
      expect(stderr).toBe('');
      expect(stdout).toContain(`Usage: idiom ${name}`);
      expect(stdout.match(/^Example:\n {2}\S.*$/gm)).toHaveLength(1);
      if (name !== 'serve' && name.includes(' ')) expect(stdout).toContain('--json');
    },
  );

  test('a call without a command shows the help', async () => {
    const bare = await idiom([]);
    expect(bare).toEqual({ ...(await idiom(['--help'])), code: 0, stderr: '' });
    for (const name of ['serve', 'migrate', 'user', 'keys', 'client', 'apikey'])
      expect(bare.stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
  });

  test('the version is that of the package', async () => {
    const { version } = jest.requireActual<{ version: string }>('../../package.json');
    expect(await idiom(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('a wrong call ends with 2, before anything is opened', () => {
  // Whatever opened a database or a folder here would fail in another way.
  const nowhere = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', DATA_DIR: '/dev/null/none' };

  test.each([
    [['nope'], "unknown command 'nope'"],
    [['user', 'nope'], "unknown command 'nope'"],
    [['migrate', '--nope'], "unknown option '--nope'"],
    [['migrate', 'extra'], "too many arguments for 'migrate'. Expected 0 arguments but got 1."],
    [['user', 'show'], "missing required argument 'identifier'"],
    [['user', 'history'], "missing required argument 'identifier'"],
    [['user', 'history', '1000', '--before', 'x'], /It must be the id of an entry\./],
    [['user', 'history', '1000', '--limit', '0'], /It must be a whole number from 1 to 1000\./],
    [['client', 'create'], "required option '--name <name>' not specified"],
    [['client', 'revoke'], "missing required argument 'client-id'"],
    [['apikey', 'create'], "missing required argument 'dialect'"],
    [['apikey', 'revoke'], "missing required argument 'id'"],
    [['user', 'create'], 'one of --username, --email and --phone is required'],
    [
      ['user', 'create', '--username', 'ada', '--role', 'king'],
      "option '--role <role>' argument 'king' is invalid. Allowed choices are user, admin.",
    ],
    [['user', 'create', '--username', 'ada', '--password', 'secret'], /^unknown option '--password'/],
    [
      ['user', 'create', '--username', 'ada', '--password-stdin', '--generate-password'],
      /cannot be used with option/,
    ],
    [
      ['user', 'set-password', 'ada'],
      'one of --password-stdin, --generate-password and --password-prompt is required',
    ],
    [['user', 'set-role', 'ada', 'king'], /Allowed choices are user, admin\.$/],
    [['user', 'list', '--limit', '0'], /It must be a whole number from 1 to 1000\.$/],
    [['user', 'list', '--after', '-1'], /It must be a whole number from 0 to 2147483647\.$/],
    [['keys', 'rotate', 'nope'], 'nope is no dialect; there are anqicms, cloudbase, lancens'],
  ])('%j', async (args, message) => {
    const plain = await idiom(args, nowhere);
    expect(plain).toMatchObject({ code: 2, stdout: '' });
    expect(plain.stderr).toMatch(/^error: .+\n$/);
    const sentence = plain.stderr.slice('error: '.length, -1);
    if (typeof message === 'string') expect(sentence).toBe(message);
    else expect(sentence).toMatch(message);

    const json = await idiom([...args, '--json'], nowhere);
    expect(json).toMatchObject({ code: 2, stdout: '' });
    expect(JSON.parse(json.stderr)).toEqual({ error: { code: 'wrong_call', message: expect.any(String) } });
  });

  test('a group without a command shows its help on the standard error', async () => {
    const { code, stdout, stderr } = await idiom(['user'], nowhere);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: idiom user');
  });
});

describe('what cannot be done ends with 1 and one line', () => {
  test('a wrong variable is named, and its value is not repeated', async () => {
    const { code, stdout, stderr } = await idiom(['migrate'], { PORT: 'hunter2' });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe('error: PORT must be a whole number from 0 to 65535.\n');
  });

  test.each(['serve', 'migrate', 'user list'])(
    '%s in production needs a database that was chosen',
    async (name) => {
      const { code, stdout, stderr } = await idiom(name.split(' '), { NODE_ENV: 'production' });
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^error: DATABASE_URL must name .* EMBEDDED_DB=1\.\n$/);
    },
  );

  test.each(['serve', 'migrate', 'user list', 'keys list'])(
    '%s tells of a database that nobody answers for',
    async (name) => {
      const environment = { DATABASE_URL: 'postgres://nobody:hunter2@127.0.0.1:1/none' };
      const { code, stdout, stderr } = await idiom(name.split(' '), environment);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toBe('error: The database cannot be reached: connect ECONNREFUSED 127.0.0.1:1\n');
    },
  );

  test('with --json the error is a document', async () => {
    const { code, stdout, stderr } = await idiom(['user', 'list', '--json'], { NODE_ENV: 'nope' });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'configuration',
        message: 'NODE_ENV must be one of development, production, test.',
      },
    });
  });
});
