import type { Command } from 'commander';

export function addServe(parent: Command): void {
  parent
    .command('serve')
    .description('run the gateway until SIGTERM or SIGINT')
    .addHelpText(
      'after',
      '\nWithout DATABASE_URL it runs a PostgreSQL server of its own under DATA_DIR.\n\nExample:\n  PORT=8080 DIALECTS=anqicms,lancens idiom serve',
    )
    .action(async () => {
      const { runGateway } = await import('./run-gateway.js');
      await runGateway();
    });
}
