/**
 * Prints what the linter says of one description, as JSON. A process of its own, because the linter is an ES module, which
 * jest does not load. Called with the file of its configuration and that of the description.
 */
const { lint, loadConfig } = require('@redocly/openapi-core');

async function run([configPath, ref]) {
  const problems = await lint({ ref, config: await loadConfig({ configPath }) });
  return problems.map(({ ruleId, severity, message, location }) => {
    const [place] = location;
    return `${severity} ${ruleId} at ${place?.pointer ?? ''}: ${message}`;
  });
}

void run(process.argv.slice(2)).then((problems) => {
  process.stdout.write(JSON.stringify(problems));
});
