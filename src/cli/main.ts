#!/usr/bin/env node
import { run } from './run';

void run(process.argv).then((code) => {
  // Written out before the end: a pipe may still be taking what was said.
  process.stdout.write('', () => process.exit(code));
});
