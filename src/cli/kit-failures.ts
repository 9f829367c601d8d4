import { readFileSync } from 'node:fs';
import path from 'node:path';
import { IdentityError, NoDoor, readTarget, UnreachableTarget, UnreadableFile } from '../kit';
import { WrongCall } from './command-error';

/** The base URL that an option names. */
export function demandTarget(option: string, text: string): string {
  const target = readTarget(text);
  if (target === undefined)
    throw new WrongCall(`${option} must be an http or https URL without a user, a query or a fragment.`);
  return target;
}

function readText(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new WrongCall(`${option} cannot be read: ${(error as Error).message}`);
  }
}

/** What a file of the kit's says, as `read` reads it; a wrong one is a wrong call that names what is wrong. */
export function readKitFile<T>(option: string, file: string, read: (text: string) => T): T {
  try {
    return read(readText(option, file));
  } catch (error) {
    if (error instanceof UnreadableFile)
      throw new WrongCall(`${option} ${file} is not what it should be: ${error.message}.`);
    throw error;
  }
}

/** What an identity file says, as `read` reads it; a wrong one is a wrong call that names the member. */
export function readIdentityFile<T>(file: string, read: (text: string, folder: string) => T): T {
  try {
    return read(readText('--identity', file), path.dirname(file));
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
