/** An inbox command: prints the code of the newest mail or text message to somebody, of those that came since SINCE. */
const { readdirSync, readFileSync, statSync } = require('node:fs');
const path = require('node:path');

const [folder, to] = process.argv.slice(2);
const outbox = path.join(folder, 'outbox');
const since = Date.parse(process.env.SINCE);

function codeOf(name) {
  const file = path.join(outbox, name);
  if (statSync(file).mtimeMs < since) return undefined;
  const text = readFileSync(file, 'utf8');
  if (name.endsWith('.json')) {
    const sms = JSON.parse(text);
    return sms.to.endsWith(to.replace(/^\+/, '')) ? sms.code : undefined;
  }
  return text.toLowerCase().includes(to.toLowerCase()) ? /^\s*(\d{6})\s*$/m.exec(text)?.[1] : undefined;
}

const codes = readdirSync(outbox).sort().map(codeOf);
const newest = codes.findLast((code) => code !== undefined);
if (newest !== undefined) process.stdout.write(`${newest}\n`);
