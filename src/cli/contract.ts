import type { Command } from 'commander';
import { addContractCoverage } from './contract-coverage';
import { addContractList } from './contract-list';
import { addContractRun } from './contract-run';

export function addContract(parent: Command): void {
  const contract = parent
    .command('contract')
    .description('what the clients of a dialect are promised, and whether a server keeps it')
    .addHelpText('after', '\nExample:\n  idiom contract run all --target http://127.0.0.1:3000');
  addContractRun(contract);
  addContractList(contract);
  addContractCoverage(contract);
}
