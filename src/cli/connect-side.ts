import { connect, type Connected, type Identity, type Site } from '../kit';
import { inboxEnvironment } from './inbox-environment';
import { demandConnection } from './kit-failures';

/** How a command reaches a server and brings cases about there, as far as it is the same for several commands. */
export interface SideOptions {
  testDoorToken?: string;
  /** Of the doors of other servers in the same call. */
  otherDoorTokens?: readonly (string | undefined)[];
  identity?: string;
  destructive?: true;
  /** Seconds. */
  timeout: number;
  /** Ends the waiting for what an inbox has. */
  signal?: AbortSignal;
}

/** The token of the option, else that of the environment; an empty one is none. */
function doorTokenOf(token: string | undefined): string | undefined {
  const given = token ?? process.env['TEST_DOOR_TOKEN'];
  return given === '' ? undefined : given;
}

/** A server that answers; one that cannot be worked with is a wrong call. */
export function connectSide(
  baseUrl: string,
  identity: Identity | undefined,
  { testDoorToken, otherDoorTokens = [], destructive, timeout, signal }: SideOptions,
): Promise<Connected> {
  return demandConnection(
    connect({
      baseUrl,
      timeoutMs: timeout * 1000,
      doorToken: doorTokenOf(testDoorToken),
      identity,
      destructive: destructive === true,
      signal,
      environment: inboxEnvironment(process.env, [testDoorToken, ...otherDoorTokens]),
    }),
  );
}

/** What is known of where a dialect is served. */
export function siteOf(baseUrl: string, { facts }: Connected, identity: Identity | undefined): Site {
  return {
    publicUrl: facts?.publicUrl ?? identity?.publicUrl ?? baseUrl,
    phoneRegion: facts?.phoneRegion ?? 'CN',
    ...(facts !== undefined && { variables: facts.variables }),
  };
}
