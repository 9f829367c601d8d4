import { Client } from 'pg';
import { migrations } from '../../migrations';
import { idiom, idiomJson, makePlace } from '../support/command-line';

const copies = 10;

test('ten processes that migrate one empty database at once all succeed, and each migration runs once', async () => {
  const place = await makePlace('external, empty');
  try {
    const answers = await Promise.all(
      Array.from({ length: copies }, () => idiomJson<{ ran: string[] }>(['migrate'], place.environment)),
    );
    const names = migrations.map(({ name }) => name);
    expect(answers.flatMap(({ ran }) => ran)).toEqual(names);

    const client = new Client(place.environment['DATABASE_URL']);
    await client.connect();
    const recorded = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
    const keys = await client.query<{ door: string }>('SELECT door FROM signing_keys ORDER BY door');
    await client.end();
    expect(recorded.rows.map(({ name }) => name)).toEqual(names);
    expect(keys.rows.map(({ door }) => door)).toEqual(['anqicms', 'cloudbase']);
  } finally {
    await place.remove();
  }
});

test('commands that start at once on an empty folder share the embedded database that one of them starts', async () => {
  const place = await makePlace('embedded');
  try {
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        idiom(['user', 'create', '--username', `user${index}`], place.environment),
      ),
    );
    expect(outcomes.filter(({ code }) => code !== 0)).toEqual([]);
    const { users } = await idiomJson<{ users: { username: string }[] }>(['user', 'list'], place.environment);
    expect(users.map(({ username }) => username).sort()).toEqual(
      [0, 1, 2, 3, 4, 5].map((index) => `user${index}`),
    );
  } finally {
    await place.remove();
  }
});
