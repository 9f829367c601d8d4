import { parseArgs } from 'node:util';
import { fewestMinutes, mostMegabytes } from './soak';

/** What a run is asked for. */
export interface Options {
  /** Of each round, for each server. */
  seconds: number;
  rounds: number;
  users: number;
  connections: number;
  /** Undefined: all of them. */
  dialect: string | undefined;
  /** Another folder for V8's CPU profiles of both servers; undefined: none are taken. */
  profile: string | undefined;
  /** Minutes of load on the gateway alone, to see what its process holds; undefined: both servers are measured. */
  soak: number | undefined;
}

export const help = `npm run bench -- [options]

  --seconds N      length of a round for each server (10)
  --rounds N       rounds, of which the median counts (3)
  --users N        users in the database (100000)
  --connections N  connections that send one request after the other (50)
  --dialect NAME   only this dialect (all of them)
  --profile DIR    leave CPU profiles of both servers there; the figures of such a run are worth less
  --soak MINUTES   instead, load the gateway alone and tell what its process holds, minute by minute; fails when that
                   is ${mostMegabytes} MB or more, or grows`;

function wholeNumber(name: string, text: string, least = 1): number {
  const value = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (value < least) throw new Error(`--${name} must be a whole number, ${least} or more`);
  return value;
}

/** Undefined when only help was asked for. Throws on what is no option. */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: 'string', default: '10' },
      rounds: { type: 'string', default: '3' },
      users: { type: 'string', default: '100000' },
      connections: { type: 'string', default: '50' },
      dialect: { type: 'string' },
      profile: { type: 'string' },
      soak: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    seconds: wholeNumber('seconds', values.seconds),
    rounds: wholeNumber('rounds', values.rounds),
    users: wholeNumber('users', values.users),
    connections: wholeNumber('connections', values.connections),
    dialect: values.dialect,
    profile: values.profile,
    soak: values.soak === undefined ? undefined : wholeNumber('soak', values.soak, fewestMinutes),
  };
}
