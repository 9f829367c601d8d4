import type { DescribedContent, DescribedParameter, Description } from '../../src/kit/description';
import { isMap, type Place } from '../../src/kit/pointer';
import { createCheck } from '../support/schemas';

/** A value of a description, where it stands and what it must be. */
interface Shown {
  where: string;
  name: string;
  schema: Place | undefined;
  value: unknown;
}

function shownIn(where: string, one: DescribedContent | DescribedParameter): Shown[] {
  const kind = 'type' in one ? one.type : `parameter ${one.name}`;
  return one.examples.map((example) => ({ where: `${where} ${kind}`, schema: one.schema, ...example }));
}

function everyExample({ operations, unknownPath, preflight, anyPath }: Description): Shown[] {
  const ofOperations = operations.flatMap(({ method, path, parameters, body, responses }) => [
    ...[...parameters, ...body].flatMap((one) => shownIn(`${method} ${path}`, one)),
    ...responses.flatMap(({ status, content }) =>
      content.flatMap((one) => shownIn(`${method} ${path} ${status}`, one)),
    ),
  ]);
  const beside = [...unknownPath, ...preflight, ...anyPath];
  return [
    ...ofOperations,
    ...beside.flatMap(({ status, content }) => content.flatMap((one) => shownIn(`any path ${status}`, one))),
  ];
}

/** Examples that their schemas do not allow, that have no name or no value, and those that nothing refers to. */
export function wrongExamples(description: Description): string[] {
  const check = createCheck(description);
  const shown = everyExample(description);
  const faults = shown.flatMap(({ where, name, schema, value }) => {
    const place = `${where}, ${name === '' ? 'the example' : name}`;
    if (name === '') return [`${place}: has no name`];
    if (value === undefined) return [`${place}: has no value`];
    return schema === undefined ? [] : check(schema, value).map((fault) => `${place}: ${fault}`);
  });
  const { components } = description.document;
  const kept = isMap(components) && isMap(components.examples) ? Object.values(components.examples) : [];
  const values = new Set(shown.map(({ value }) => value));
  const unused = kept.filter((example) => isMap(example) && !values.has(example.value));
  return [...faults, ...unused.map((example) => `no operation shows ${JSON.stringify(example)}`)];
}
