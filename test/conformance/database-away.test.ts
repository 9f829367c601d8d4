import { createDatabase } from '../support/database';
import { startDatabaseLine, type DatabaseLine } from '../support/database-line';
import { startGateway, type TestGateway } from '../support/gateway';
import { isIn, newcomerAt, settle } from '../support/people';
import { speakerOf, subjects } from '../support/subjects';

let database: Awaited<ReturnType<typeof createDatabase>>;
let line: DatabaseLine;
let gateway: TestGateway;
beforeAll(async () => {
  database = await createDatabase();
  line = await startDatabaseLine(database.connection);
  gateway = await startGateway({ connection: line.connection });
});
afterAll(async () => {
  await gateway.stop();
  await line.stop();
  await database.drop();
});

const readiness = async () => (await fetch(`${gateway.url}/readyz`)).status;

describe.each(subjects)('while the database is away, $name', (subject) => {
  it('says so in its own words, and goes on as soon as it is back', async () => {
    const person = await settle(gateway);
    const { speaker } = await newcomerAt(gateway, subject);
    expect([await isIn(speaker), await readiness()]).toEqual([true, 200]);
    line.cut();
    const outcomes = await Promise.all([
      speaker.perform('getProfile', {}),
      speaker.perform('updateProfile', { changes: { username: `away_${person.id}` } }),
      speakerOf(gateway, subject).perform('signIn', {
        identifier: person.username,
        password: person.password,
      }),
    ]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ ok: false });
      expect(JSON.stringify(outcome)).not.toMatch(/ECONN|terminated|Connection/);
    }
    expect(await readiness()).toBe(503);
    const failures = gateway.logLines.filter((text) => text.includes('"problem":"unexpected"'));
    expect(failures).toEqual([]);
    line.mend();
    expect([await isIn(speaker), await readiness()]).toEqual([true, 200]);
  });
});
