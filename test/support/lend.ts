import path from 'node:path';
import type { Identity, Person } from '../../src/kit/identity/identity';
import type { TestGateway } from './gateway';
import { settle, stranger } from './people';

/** Somebody who has signed up, as an identity file names them. */
async function lendPerson(gateway: TestGateway): Promise<Person> {
  const { username, password, email, phone, nickname } = await settle(gateway);
  return { username, password, email, nickname, phone: phone.replace('+86', '') };
}

/**
 * An identity for a gateway without a test door: two people whom no run has used, somebody else of whom nothing is known
 * but the name, and an inbox.
 */
export async function lend(gateway: TestGateway): Promise<Identity> {
  const { username, password } = stranger();
  await gateway.core.registerUser({ username, password, signIn: false }, gateway.operator);
  const inbox = path.join(__dirname, 'read-outbox.cjs');
  return {
    accounts: [await lendPerson(gateway), await lendPerson(gateway)],
    other: { username, password },
    newContact: { email: 'qa+{n}@example.com', phone: '139{n}' },
    inbox: { command: [process.execPath, inbox, gateway.dataDir, '{to}'], timeoutSeconds: 20 },
  };
}
