import type { Answer } from '../contract';
import { isCompared, readCookie } from './compared-headers';
import { readJwt } from './jwt';
import type { Received } from './message';
import { isMap } from './pointer';
import {
  contextOf,
  generalise,
  referenceTo,
  type Arrival,
  type Context,
  type Place,
  type Reference,
} from './recognise';
import type { Subject } from './subject';

/** One side's answer to a case, in which every value that may differ is a reference name, `<#1>` and so on. */
export interface Referenced {
  status: number;
  /** Those that are compared. */
  headers: Readonly<Record<string, string>>;
  cookies: Readonly<Record<string, { value: string; attributes: Readonly<Record<string, string | true>> }>>;
  body: unknown;
  references: Readonly<Record<string, Reference>>;
  /** The names of all that the run knew, whether it stood in the answer or not. */
  knows: readonly string[];
}

/** A referenced answer with the values themselves, which are for the present run only. */
export interface Observed extends Referenced {
  values: ReadonlyMap<string, unknown>;
}

/** Puts reference names in the places of values, the same name wherever the same value stands. */
function createNaming(context: Context) {
  const references: Record<string, Reference> = {};
  const values = new Map<string, unknown>();
  const byValue = new Map<string, string>();

  function nameOf(value: string | number, reference: Reference): string {
    const key = `${typeof value} ${reference.form} ${reference.placeholder ?? ''} ${value}`;
    // The same moment in two places is a coincidence.
    const given = reference.form === 'time' ? undefined : byValue.get(key);
    if (given !== undefined) return given;
    const name = `<#${values.size + 1}>`;
    byValue.set(key, name);
    values.set(name, value);
    references[name] = reference;
    return name;
  }

  /** Nobody can tell from its form whether a cookie is a session's, so that each is taken for one; an empty one is none. */
  function cookie(value: string): string {
    return value === '' ? value : nameOf(value, { type: 'string', form: 'token' });
  }

  function scalar(value: string | number, place: Place): string | number {
    if (value === '') return value;
    const reference = referenceTo(value, place, context);
    if (reference !== undefined) return nameOf(value, reference);
    // Somebody who is here in the place of a person of the contract goes by that person's values.
    const literal = context.names.get(String(value))?.find((name) => !name.startsWith('<'));
    if (typeof value === 'number') return literal === undefined ? value : Number(literal);
    return literal ?? generalise(value, context);
  }

  function tree(value: unknown, place: Place): unknown {
    const { promised } = place;
    if (typeof value === 'string' || typeof value === 'number') return scalar(value, place);
    if (Array.isArray(value)) {
      const items = Array.isArray(promised) ? (promised as unknown[]) : [];
      return value.map((item, index) => tree(item, { promised: items[index] }));
    }
    if (!isMap(value)) return value;
    const members = isMap(promised) ? promised : {};
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        tree(inner, { promised: Object.hasOwn(members, name) ? members[name] : undefined, member: name }),
      ]),
    );
  }

  /** A claim goes by the name that its value has in the answer. Some wires write a moment as a text of seconds there. */
  function claim(member: string, value: unknown): unknown {
    if (typeof value !== 'string' && typeof value !== 'number') return tree(value, { promised: undefined });
    const known = [...values].find(([, other]) => String(other) === String(value))?.[0];
    const reference = known === undefined ? undefined : references[known];
    if (known !== undefined && reference !== undefined && reference.form !== 'time')
      return reference.type === typeof value
        ? known
        : nameOf(value, { ...reference, type: typeof value as Reference['type'] });
    const isMoment = typeof value === 'string' && /^[1-3]\d{9}$/.test(value);
    return scalar(isMoment ? new Date(Number(value) * 1000).toISOString() : value, {
      promised: undefined,
      member,
    });
  }

  /** Once all is named: what the tokens among the values say. */
  function describeTokens(): void {
    for (const [name, value] of [...values]) {
      const reference = references[name];
      const jwt = typeof value === 'string' ? readJwt(value) : undefined;
      if (jwt === undefined || reference === undefined) continue;
      const claims = Object.entries(jwt.claims).map(([key, inner]) => [key, claim(key, inner)]);
      references[name] = { ...reference, jwt: { header: jwt.header, claims: Object.fromEntries(claims) } };
    }
  }

  return { references, values, scalar, tree, cookie, describeTokens };
}

/** `application/json;charset=UTF-8` and `application/json; charset=utf-8` are one type. */
function plainType(type: string): string {
  return type.toLowerCase().replace(/\s*;\s*/g, '; ');
}

/** An answer of one side, by reference. `promised`: what the contract has at its places. */
export function observe(
  subject: Pick<Subject, 'contract' | 'declaration'>,
  promised: Answer,
  received: Received,
  arrival: Arrival,
): Observed {
  const naming = createNaming(contextOf(subject, arrival));
  // The body comes first: what it names, headers and cookies only repeat.
  const body = naming.tree(received.body, { promised: promised.body });
  const headers = Object.entries(received.headers)
    .filter(([name]) => isCompared(name))
    .map(([name, line]) => [
      name,
      name === 'content-type'
        ? plainType(line)
        : String(naming.scalar(line, { promised: promised.headers?.[name], member: name })),
    ]);
  const cookies = received.cookies
    .map(readCookie)
    .map(({ name, value, attributes }) => [name, { value: naming.cookie(value), attributes }]);
  naming.describeTokens();
  return {
    status: received.status,
    headers: Object.fromEntries(headers) as Record<string, string>,
    cookies: Object.fromEntries(cookies) as Referenced['cookies'],
    body,
    references: naming.references,
    knows: Object.keys(arrival.stage.known).filter((name) => name.startsWith('<')),
    values: naming.values,
  };
}
