import { memberAt, typeOf, type Difference } from './compare';
import { isMap } from './pointer';
import type { Reference } from './recognise';
import type { Referenced } from './references';

/** Seconds by which a moment may lie elsewhere, seen from its answer. */
const timeTolerance = 90;
/** Seconds by which a wait may be told differently, since it runs down. */
const waitTolerance = 5;

/** What of an answer the other one is compared with, as one tree whose top members are the places of a difference. */
function partsOf({ status, headers, cookies, body }: Referenced): Record<string, unknown> {
  return { status, headers, cookies, body };
}

/** Whether two values that nobody knew beforehand tell one thing or person from another, or merely happen to be equal. */
function tellsApart({ form, type, was }: Reference): boolean {
  if (form === 'time') return false;
  return type === 'string' || typeof was !== 'number' || was >= 1_000;
}

/** Holds the values of two sides against each other: what is one there must be one here, and what is two there, two. */
function createPairing(left: Referenced, right: Referenced) {
  const toRight = new Map<string, string>();
  const toLeft = new Map<string, string>();

  function pair(one: string, other: string): boolean {
    const known = toRight.get(one) ?? other;
    const knownBack = toLeft.get(other) ?? one;
    if (known !== other || knownBack !== one) return false;
    toRight.set(one, other);
    toLeft.set(other, one);
    return true;
  }

  /** Of two names that are not the same value by name: whether one side merely did not know the name. */
  function isUnknownThere(named: Reference, knows: readonly string[], other: Reference): boolean {
    return (
      named.placeholder !== undefined &&
      named.placeholder === other.placeholder &&
      (named.names ?? []).every((name) => !knows.includes(name))
    );
  }

  function sameTime(one: Reference, other: Reference): boolean {
    if (one.placeholder !== undefined && one.placeholder === other.placeholder) return true;
    return Math.abs((one.fromAnswer ?? 0) - (other.fromAnswer ?? 0)) <= timeTolerance;
  }

  function sameReference(oneName: string, otherName: string): boolean {
    const [one, other] = [left.references[oneName], right.references[otherName]];
    if (one === undefined || other === undefined || one.type !== other.type) return false;
    if (one.names !== undefined && other.names !== undefined)
      return one.names.some((name) => other.names?.includes(name));
    if (one.names !== undefined) return isUnknownThere(one, right.knows, other);
    if (other.names !== undefined) return isUnknownThere(other, left.knows, one);
    if (one.form === 'time' && other.form === 'time') return one.was === other.was || sameTime(one, other);
    if (one.form !== other.form && one.placeholder !== other.placeholder) return false;
    return !tellsApart(one) || !tellsApart(other) || pair(oneName, otherName);
  }

  /** Whether two scalars are the same thing on both sides. */
  return (one: unknown, other: unknown): boolean => {
    const [first, second] = [String(one), String(other)];
    const isFirst = Object.hasOwn(left.references, first);
    const isSecond = Object.hasOwn(right.references, second);
    if (isFirst && isSecond) return sameReference(first, second);
    if (isFirst) return left.references[first]?.was === other;
    if (isSecond) return right.references[second]?.was === one;
    return Object.is(one, other);
  };
}

/** The JSON type of what stands at a place. */
function typeAt({ references }: Referenced, value: unknown): string {
  const reference = typeof value === 'string' ? references[value] : undefined;
  return reference?.type ?? typeOf(value);
}

/** What a token says that stands at a place, where it says something. */
function jwtOf({ references }: Referenced, value: unknown): unknown {
  return typeof value === 'string' ? references[value]?.jwt : undefined;
}

/** A wait in seconds, which the sides may have begun a moment apart. */
function isSameWait(at: string, one: unknown, other: unknown): boolean {
  if (at !== 'headers.retry-after') return false;
  return Math.abs(Number(one) - Number(other)) <= waitTolerance;
}

/** Everything in which the answer of `right` is not the one of `left`, each at its own place, in reference names. */
export function disagreements(left: Referenced, right: Referenced): Difference[] {
  const isSame = createPairing(left, right);

  function walk(one: unknown, other: unknown, at: string): Difference[] {
    if (one === undefined && other === undefined) return [];
    if (one === undefined) return [{ at, kind: 'unexpected', received: other }];
    if (other === undefined) return [{ at, kind: 'missing', expected: one }];
    if (Array.isArray(one) && Array.isArray(other)) {
      const length = Math.max(one.length, other.length);
      return Array.from({ length }, (_, index) => walk(one[index], other[index], `${at}[${index}]`)).flat();
    }
    if (isMap(one) && isMap(other)) {
      const names = new Set([...Object.keys(one), ...Object.keys(other)]);
      return [...names].flatMap((name) =>
        walk(
          Object.hasOwn(one, name) ? one[name] : undefined,
          Object.hasOwn(other, name) ? other[name] : undefined,
          at === '' ? name : memberAt(at, name),
        ),
      );
    }
    if (typeAt(left, one) !== typeAt(right, other))
      return [{ at, kind: 'type', expected: one, received: other }];
    const isScalar = !isMap(one) && !Array.isArray(one);
    if (isScalar && (isSame(one, other) || isSameWait(at, one, other)))
      return walk(jwtOf(left, one), jwtOf(right, other), `${at}.jwt`);
    return [{ at, kind: 'value', expected: one, received: other }];
  }

  return walk(partsOf(left), partsOf(right), '');
}
