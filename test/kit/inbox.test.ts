import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { createInbox, type Terminal } from '../../src/kit/identity/inbox';
import { CannotArrange } from '../../src/kit/stage';

const from = 'https://vendor.example.com';
const room = { from, environment: process.env };

describe('an inbox that is a person', () => {
  /** A terminal, and what is on it. */
  function createTerminal(isTTY = true) {
    const input = Object.assign(new PassThrough(), { isTTY });
    const output = Object.assign(new PassThrough(), { isTTY, columns: 80 });
    const interrupt = jest.fn();
    let shown = '';
    output.setEncoding('utf8').on('data', (text: string) => (shown += text));
    const terminal: Terminal = { input, output, interrupt };
    return { terminal, input, interrupt, shown: () => shown };
  }
  const ask = (terminal: Terminal, to: string) =>
    createInbox({ prompt: true }, { ...room, terminal })(to, new Date());

  it('is asked by the server and the address, one code after the other', async () => {
    const { terminal, input, shown } = createTerminal();
    const first = ask(terminal, 'ada@example.com');
    input.write(' 123456 \r');
    expect(await first).toBe('123456');
    expect(shown()).toContain(`The code that ${from} sent to ada@example.com: `);
    const second = ask(terminal, '13900139000');
    input.write('4711\r');
    expect(await second).toBe('4711');
    expect(shown()).toContain(`The code that ${from} sent to 13900139000: `);
  });

  it.each([
    ['an empty line', '\r'],
    ['Ctrl-D', '\u0004'],
  ])('gives no code with %s, which a case is skipped for', async (_, keys) => {
    const { terminal, input } = createTerminal();
    const asked = ask(terminal, 'ada@example.com');
    input.write(keys);
    await expect(asked).rejects.toThrow(new CannotArrange('no code was typed'));
  });

  it('gives no code where the terminal is closed', async () => {
    const { terminal, input } = createTerminal();
    const asked = ask(terminal, 'ada@example.com');
    input.end();
    await expect(asked).rejects.toThrow(new CannotArrange('no code was typed'));
  });

  it('ends the whole run with Ctrl-C, and not one case of it', async () => {
    const { terminal, input, interrupt } = createTerminal();
    const settled = jest.fn();
    ask(terminal, 'ada@example.com').then(settled, settled);
    input.write('\u0003');
    await turn();
    expect(interrupt).toHaveBeenCalledTimes(1);
    expect(settled).not.toHaveBeenCalled();
    input.end();
    await once(input, 'close');
  });

  it('is asked no longer once the run is ended', async () => {
    const { terminal } = createTerminal();
    const run = new AbortController();
    const asked = createInbox({ prompt: true }, { ...room, terminal, signal: run.signal })(
      'ada@example.com',
      new Date(),
    );
    run.abort();
    await expect(asked).rejects.toThrow(new CannotArrange('the run was ended before a code was there'));
  });

  it('is not asked where there is no terminal', async () => {
    const { terminal, shown } = createTerminal(false);
    await expect(ask(terminal, 'ada@example.com')).rejects.toThrow(
      new CannotArrange('there is no terminal to ask for the code on'),
    );
    expect(shown()).toBe('');
  });
});

describe('an inbox that is a command', () => {
  const run = (command: readonly [string, ...string[]], timeoutSeconds: number) =>
    createInbox({ command, timeoutSeconds }, room)('ada+1@example.com', new Date('2030-01-01T12:00Z'));
  const shell = (script: string, timeoutSeconds: number) => run(['/bin/sh', '-c', script], timeoutSeconds);

  it('is told for whom and since when, and may say more than the code', async () => {
    const script = `
      const [to] = process.argv.slice(1);
      const { TO, SINCE } = process.env;
      if (to !== 'ada+1@example.com' || TO !== to || SINCE !== '2030-01-01T12:00:00.000Z') process.exit(1);
      console.log('2030-01-01 12:00:07 to ' + to + ': your code is 123456, good for 10 minutes');`;
    expect(await run([process.execPath, '-e', script, '{to}'], 20)).toBe('123456');
  });

  it('is given up when its time is over, with how it ended', async () => {
    await expect(shell('exit 3', 1)).rejects.toThrow(
      new CannotArrange('the inbox command gave no code within 1 seconds; it ended with 3'),
    );
  });

  it('is ended when its time is over, whatever it has started', async () => {
    const before = performance.now();
    await expect(shell('sleep 15; echo 123456', 0.2)).rejects.toThrow(
      new CannotArrange('the inbox command gave no code within 0.2 seconds'),
    );
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  it('is a failure where it cannot be run', async () => {
    const inbox = createInbox({ command: ['/nowhere/read-code'], timeoutSeconds: 1 }, room);
    await expect(inbox('ada@example.com', new Date())).rejects.toThrow(/cannot be run: .*ENOENT/);
  });
});
