import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** npm runs a script in the folder of package.json. */
const source = 'dialects';

// Puts each dialect's openapi.yaml beside what was built of its code: the compiler leaves it behind.
for (const name of readdirSync(source)) {
  const file = path.join(source, name, 'openapi.yaml');
  if (existsSync(file)) copyFileSync(file, path.join('dist', file));
}
