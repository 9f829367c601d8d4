import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readDescription } from '../../src/kit/description';
import { declare } from '../http/support';
import { wrongExamples } from './examples';
import { lint } from './lint';
import { wrongOperations } from './operations';
import { tiny } from './tiny';

/** The tiny description with one thing in it another. */
function withChange(from: string, to: string): ReturnType<typeof readDescription> {
  expect(tiny).toContain(from);
  return readDescription(tiny.replace(from, to));
}

describe('the linter', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'idiom-test-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('finds nothing in a good description, and the one fault of another', async () => {
    const file = path.join(folder, 'openapi.yaml');
    await writeFile(file, tiny);
    expect(await lint(file)).toEqual([]);
    await writeFile(file, tiny.replace('operationId: changeMe', 'operationId: me'));
    expect(await lint(file)).toEqual([expect.stringMatching(/^error operation-operationId-unique at #/)]);
  });
});

describe('the check of examples', () => {
  it('is content with those that fit their schemas', () => {
    expect(wrongExamples(readDescription(tiny))).toEqual([]);
  });

  it('finds one that does not fit', () => {
    const changed = withChange('{ value: { saved: true } }', '{ value: { saved: 1 } }');
    expect(wrongExamples(changed)).toEqual([
      expect.stringMatching(/^POST \/made\/v1\/me 200 application\/json, saved: \/saved must be equal/),
    ]);
  });

  it('finds one that two operations share, behind its references', () => {
    const changed = withChange('{ code: no_such_route }', '{ reason: no_such_route }');
    expect(wrongExamples(changed)).toContainEqual(
      expect.stringMatching(/^GET .* 400 .*, noSuchRoute: \(the whole\) must have required property 'code'/),
    );
  });

  it('finds one without a name, and one that nothing shows', () => {
    const nameless = withChange('examples:\n                saved: {', 'example: {');
    expect(wrongExamples(nameless)).toEqual([expect.stringContaining('has no name')]);
    const unused = withChange(
      '$ref: "#/components/examples/NoSuchRoute"'.replaceAll('"', "'"),
      'value: { code: x }',
    );
    expect(wrongExamples(unused)).toEqual([expect.stringContaining('no operation shows')]);
  });

  it('refuses a keyword that no schema has', () => {
    const changed = withChange('required: [saved]', 'requires: [saved]');
    expect(() => wrongExamples(changed)).toThrow('unknown keyword: "requires"');
  });

  it('refuses a reference to nothing', () => {
    expect(() => withChange('#/components/responses/Me', '#/components/responses/Us')).toThrow('nothing is');
  });
});

describe('the check of operations', () => {
  it('is content when routes and operations are the same', () => {
    expect(wrongOperations(declare(), readDescription(tiny))).toEqual([]);
  });

  it('finds a route that is not described, and an operation that is not served', () => {
    const changed = withChange('/made/v1/me:', '/made/v1/you:');
    expect(wrongOperations(declare(), changed)).toEqual([
      'GET /made/v1/me: is not described',
      'POST /made/v1/me: is not described',
      'GET /made/v1/you: is described and not served',
      'POST /made/v1/you: is described and not served',
    ]);
  });

  it('finds a call that needs a token and does not say so, and the reverse', () => {
    const silent = withChange('operationId: me\n      security: [{ token: [] }]', 'operationId: me');
    expect(wrongOperations(declare(), silent)).toEqual(['GET /made/v1/me: must say security: [{…}]']);
    const open = { ...declare(), routes: declare().routes.slice(1) };
    const [get] = declare().routes;
    const routes = [
      { method: 'get', path: get?.path ?? '', access: 'public', answer: () => ({ status: 200 }) },
    ];
    const declaration = declare({ routes: [...(routes as typeof open.routes), ...open.routes] });
    expect(wrongOperations(declaration, readDescription(tiny))).toEqual([
      'GET /made/v1/me: must say security: []',
    ]);
  });

  it('finds path parameters that are missing or too many', () => {
    const routes = declare().routes.map((route) => ({ ...route, path: '/made/v1/me/:id' }));
    const described = tiny.replace('/made/v1/me:', '/made/v1/me/{id}:');
    const shared = described.replace(
      '/made/v1/me/{id}:',
      '/made/v1/me/{id}:\n    parameters: [{ name: other, in: path, required: true, schema: {} }]',
    );
    const faults = wrongOperations(declare({ routes }), readDescription(shared));
    expect(faults).toContain('GET /made/v1/me/{id}: lacks the path parameter id');
    expect(faults).toContain(
      'POST /made/v1/me/{id}: has the path parameter other, which is not required or not in the path',
    );
  });
});
