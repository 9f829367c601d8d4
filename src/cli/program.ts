import { Command, Help } from 'commander';
import { addApikeyCreate } from './apikey-create';
import { addApikeyList } from './apikey-list';
import { addApikeyRevoke } from './apikey-revoke';
import { addClientCreate } from './client-create';
import { addClientList } from './client-list';
import { addClientRevoke } from './client-revoke';
import { addContract } from './contract';
import { addDiff } from './diff';
import { addErrors } from './errors';
import { addKeysList } from './keys-list';
import { addKeysRotate } from './keys-rotate';
import { addMigrate } from './migrate';
import { addRecord } from './record';
import { addServe } from './serve';
import { addTranslate } from './translate';
import { addUserBlock } from './user-block';
import { addUserCreate } from './user-create';
import { addUserHistory } from './user-history';
import { addUserList } from './user-list';
import { addUserSetPassword } from './user-set-password';
import { addUserSetRole } from './user-set-role';
import { addUserShow } from './user-show';
import { addUserUnblock } from './user-unblock';
import { readVersion } from '../platform/version';

const plainHelp = new Help();

/** The command line as a whole. A wrong call throws commander's own error, and prints nothing by itself. */
export function createProgram(): Command {
  const program = new Command('idiom')
    .description(
      'An identity gateway: one set of users, served through the user APIs of several vendors at once',
    )
    .version(readVersion(), '-V, --version', 'print the version')
    .exitOverride()
    .configureHelp({
      optionDescription: (option) =>
        `${plainHelp.optionDescription(option)}${option.mandatory ? ' (required)' : ''}`,
    })
    // Errors are said once, by whoever runs this, and as JSON where that was asked for.
    .configureOutput({ outputError: () => undefined })
    .addHelpText(
      'after',
      '\nEvery command reads the same environment variables as the gateway (DATABASE_URL, DATA_DIR and so on).\n' +
        'Exit codes: 0 done, 1 it could not be done, 2 wrong call.\n\nExample:\n  idiom serve',
    );
  addServe(program);
  addMigrate(program);
  addTranslate(program);
  addErrors(program);

  const user = program
    .command('user')
    .description('make, find and change users')
    .addHelpText('after', '\nExample:\n  idiom user create --username ada --generate-password');
  addUserCreate(user);
  addUserShow(user);
  addUserList(user);
  addUserSetPassword(user);
  addUserSetRole(user);
  addUserBlock(user);
  addUserUnblock(user);
  addUserHistory(user);

  const keys = program
    .command('keys')
    .description('the keys that sign access tokens')
    .addHelpText('after', '\nExample:\n  idiom keys list');
  addKeysList(keys);
  addKeysRotate(keys);

  const client = program
    .command('client')
    .description('the credentials of programs')
    .addHelpText('after', "\nExample:\n  idiom client create --name 'nightly report'");
  addClientCreate(client);
  addClientList(client);
  addClientRevoke(client);

  const apikey = program
    .command('apikey')
    .description('the keys that registrations have to name')
    .addHelpText('after', '\nExample:\n  idiom apikey create lancens');
  addApikeyCreate(apikey);
  addApikeyList(apikey);
  addApikeyRevoke(apikey);

  addContract(program);
  addDiff(program);
  addRecord(program);
  return program;
}
