import { nameOfProblem } from '../contract';
import { blankKinds, type BlankKind, type Blanks } from './blanks';
import { identify, type Identified, type Wire } from './identify';
import type { CapturedRequest } from './inputs/captured';

const variable = /\{\{([^{}]+)\}\}/g;

function namesIn({ path, query, body }: CapturedRequest): string[] {
  const texts = [path, query, body.toString('utf8')];
  return [...new Set(texts.flatMap((text) => [...text.matchAll(variable)].map(([whole]) => whole)))];
}

/** What the name of a variable lets one guess; the dialect decides. */
const guesses: readonly (readonly [RegExp, BlankKind])[] = [
  [/mail/i, 'email'],
  [/phone|mobile/i, 'phone'],
  [/pass|pwd/i, 'password'],
  [/key/i, 'apiKey'],
  [/^(?:user[_ ]?)?id$|^uid$/i, 'number'],
  [/token|_id$|verification/i, 'token'],
  [/code/i, 'code'],
  [/url|picture|avatar/i, 'url'],
];

function guess(whole: string, { body }: CapturedRequest): BlankKind {
  // Without quotes, JSON has room for a number only.
  const before = body.toString('utf8').split(whole, 1)[0] ?? '';
  if (body.includes(whole) && /^\s*[{[]/.test(before) && /[:,[]\s*$/.test(before)) return 'number';
  const name = whole.slice(2, -2).trim();
  return guesses.find(([form]) => form.test(name))?.[1] ?? 'username';
}

/** The request with samples in the place of its variables. */
function fill(
  captured: CapturedRequest,
  kinds: ReadonlyMap<string, BlankKind>,
  blanks: Blanks,
): CapturedRequest {
  const filled = (text: string): string =>
    text.replace(variable, (whole) =>
      blanks.take(kinds.get(whole) ?? 'username', whole, 'a variable of the captured request'),
    );
  const { path, query, body } = captured;
  // A body without variables may be no text at all.
  const filledBody = body.includes('{{') ? Buffer.from(filled(body.toString('utf8'))) : body;
  return {
    ...captured,
    path: filled(path),
    query: filled(query),
    body: filledBody,
  };
}

/** The variables that a refusal may be about: those in the member that it names, or all. */
function suspects(
  identified: Identified,
  captured: CapturedRequest,
  names: readonly string[],
): readonly string[] {
  const problem = identified.kind === 'refused' ? identified.problem : undefined;
  const member = problem !== undefined && 'member' in problem ? problem.member : undefined;
  if (member === undefined) return names;
  const body = captured.body.toString('utf8');
  const near = names.filter((name) => {
    const before = [body, captured.query].map((text) => text.slice(0, Math.max(0, text.indexOf(name))));
    return before.some((text) => /["?&]?([\w-]+)["]?\s*[:=]\s*"?[^"&,{}]*$/.exec(text)?.[1] === member);
  });
  return near.length === 0 ? names : near;
}

/** By name alone: what a decoder says of a body repeats its text, which is another at each try. */
const complaint = (identified: Identified): string =>
  identified.kind === 'refused' ? nameOfProblem(identified.problem) : '';

/**
 * As `identify`, for a request that holds variables such as `{{user}}`, whose values nobody knows. Each is tried as every
 * kind of value until the dialect takes the request, or nothing helps any more.
 */
export function identifyWithVariables(
  wire: Wire,
  captured: CapturedRequest,
  blanks: Blanks,
): { identified: Identified; request: CapturedRequest } {
  const names = namesIn(captured);
  if (names.length === 0) return { identified: identify(wire, captured), request: captured };
  const kinds = new Map<string, BlankKind>(names.map((name) => [name, guess(name, captured)]));
  const attempt = (): Identified => identify(wire, fill(captured, kinds, blanks));
  let identified = attempt();
  const met = new Set<string>();
  function improve(): boolean {
    met.add(complaint(identified));
    for (const name of suspects(identified, captured, names)) {
      const before = kinds.get(name) ?? 'username';
      for (const kind of blankKinds) {
        kinds.set(name, kind);
        const tried = attempt();
        if (met.has(complaint(tried))) continue;
        identified = tried;
        return true;
      }
      kinds.set(name, before);
    }
    return false;
  }
  while (identified.kind === 'refused' && improve());
  return { identified: attempt(), request: fill(captured, kinds, blanks) };
}
