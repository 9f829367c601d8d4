'use strict';

const { readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { simpleParser } = require('mailparser');

/** The code of the newest mail or SMS to an e-mail address or a phone number, however that is spelled. */
module.exports = async function lastCode(dataDir, to) {
  const folder = path.join(dataDir, 'outbox');
  const kind = to.includes('@') ? '.eml' : '.json';
  const names = readdirSync(folder).filter((name) => name.endsWith(kind));
  for (const name of names.sort().reverse()) {
    const content = readFileSync(path.join(folder, name));
    if (kind === '.json') {
      const message = JSON.parse(content);
      if (message.to === to.replaceAll(' ', '')) return message.code;
    } else {
      const mail = await simpleParser(content);
      if (mail.to.text === to) return /^\s*(\d{6})\s*$/m.exec(mail.text)[1];
    }
  }
  throw new Error(`no code was sent to ${to}`);
};
