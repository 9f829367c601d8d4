import { readFileSync } from 'node:fs';
import { IdentityError, NoDoor, readTarget, UnreachableTarget } from '../kit';
import { WrongCall } from './command-error';

/** The base URL that an option names. */
export function demandTarget(option: string, text: string): string {
  const target = readTarget(text);
  if (target === undefined)
    throw new WrongCall(`${option} must be an http or https URL without a user, a query or a fragment.`);
  return target;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new WrongCall(`--identity cannot be read: ${(error as Error).message}`);
  }
}

/** What an identity file says, as `read` reads it; a wrong one is a wrong call that names the member. */
export function readIdentityFile<T>(file: string, read: (text: string) => T): T {
  try {
    return read(readText(file));
  } catch (error) {
    if (error instanceof IdentityError) throw new WrongCall(`${file} is no identity file: ${error.message}.`);
    throw error;
  }
}

/** The result of connecting; a target that cannot be worked with is a wrong call. */
export async function demandConnection<T>(connecting: Promise<T>): Promise<T> {
  try {
    return await connecting;
  } catch (error) {
    if (error instanceof UnreachableTarget || error instanceof NoDoor)
      throw new WrongCall(`${error.message}.`);
    throw error;
  }
}
