import type { Contract, Exchange, ExchangeKind } from '../../src/contract';
import { coverageOf, coverageTable, missingFrom, readDescription, type DialectCoverage } from '../../src/kit';
import { declare } from '../http/support';

/** Three calls of a made-up wire: with a token, with a limited body, and with a number in its query. */
const described = `
openapi: 3.1.0
paths:
  /made/v1/me:
    get:
      security: [{ token: [] }]
      responses:
        '200': { content: { application/json: { examples: { ada: { value: { id: 1 } } } } } }
        '400':
          content:
            application/json:
              examples:
                token-missing: { $ref: '#/components/examples/token-missing' }
                user-gone: { value: { code: gone, who: ada } }
        '500': { content: { application/json: { examples: { broken: { value: { code: broken } } } } } }
    post:
      security: []
      requestBody:
        content:
          application/json:
            schema: { allOf: [{ $ref: '#/components/schemas/Change' }] }
      responses:
        '200': {}
  /made/v1/list:
    get:
      security: [{}, { token: [] }]
      parameters: [{ $ref: '#/components/parameters/page' }]
      responses: { '200': {} }
  /made/v1/note:
    post:
      security: []
      x-token-in-body: token
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '200': {} }
x-unknown-path:
  '404': { content: { application/json: { examples: { nothing: { value: { code: nothing } } } } } }
components:
  parameters:
    page: { name: page, in: query, schema: { type: integer } }
  schemas:
    Change:
      type: object
      properties:
        name: { type: string, maxLength: 3 }
        parent: { $ref: '#/components/schemas/Change' }
  examples:
    token-missing: { value: { code: missing } }
`;

const { routes } = declare();
const [get, post] = routes;
if (get === undefined || post === undefined) throw new Error('the made-up wire lost its routes');
const declaration = declare({
  routes: [get, post, { ...get, path: '/made/v1/list' }, { ...post, path: '/made/v1/note' }],
});

let number = 0;
function exchange(
  kind: ExchangeKind,
  method: 'GET' | 'POST',
  path: string,
  status: number,
  body: unknown = {},
): Exchange {
  number += 1;
  return {
    title: `exchange ${String(number)}`,
    source: 'ours',
    kind,
    request: { method, path },
    credential: 'none',
    response: { status, body },
  };
}

function cover(exchanges: readonly Exchange[], served = declaration): DialectCoverage {
  const contract: Contract = {
    exchanges,
    placeholders: {},
    judge: (status) => (status === 200 ? 'success' : 'failure'),
    problems: {},
    unsupported: {},
  };
  return coverageOf({ name: 'made', declaration: served, contract }, readDescription(described));
}

const everything = [
  exchange('success', 'GET', '/made/v1/me', 200, { id: '<id>' }),
  exchange('no_credential', 'GET', '/made/v1/me', 400, { code: 'missing' }),
  exchange('bad_credential', 'GET', '/made/v1/me', 400, { code: 'gone', who: '<who>' }),
  exchange('success', 'POST', '/made/v1/me', 200),
  exchange('wrong_type', 'POST', '/made/v1/me', 400),
  exchange('boundary', 'POST', '/made/v1/me', 400),
  exchange('success', 'GET', '/made/v1/list', 200),
  exchange('no_credential', 'GET', '/made/v1/list', 200),
  exchange('bad_credential', 'GET', '/made/v1/list', 200),
  exchange('wrong_type', 'GET', '/made/v1/list', 400),
  exchange('success', 'POST', '/made/v1/note', 200),
  exchange('no_credential', 'POST', '/made/v1/note', 400),
  exchange('bad_credential', 'POST', '/made/v1/note', 400),
  exchange('error', 'GET', '/made/v1/elsewhere', 404, { code: 'nothing' }),
];
const many = [
  ...everything,
  ...Array.from({ length: 300 }, () => exchange('success', 'GET', '/made/v1/me', 200)),
];

describe('the coverage of a dialect', () => {
  it('misses nothing where every column that applies has a case, and there are 300', () => {
    expect(missingFrom(cover(many))).toEqual([]);
  });

  it('asks for a column only where it can be tried', () => {
    expect(coverageTable(cover(everything))).toEqual({
      headings: [
        'ENDPOINT',
        'SUCCESS',
        'ERRORS',
        'NO CREDENTIAL',
        'BAD CREDENTIAL',
        'WRONG TYPE',
        'BOUNDARY',
      ],
      rows: [
        ['GET /made/v1/me', '1', '2 of 2', '1', '1', '–', '–'],
        ['POST /made/v1/me', '1', '–', '–', '–', '1', '1'],
        ['GET /made/v1/list', '1', '–', '1', '1', '1', '–'],
        ['POST /made/v1/note', '1', '–', '1', '1', '–', '–'],
        ['unknown path', '–', '1 of 1', '–', '–', '–', '–'],
      ],
    });
  });

  it.each(everything.map((one, index) => [one.request.method, one.request.path, one.kind, index] as const))(
    'misses %s %s, %s, when its only case is not there',
    (method, path, kind, index) => {
      const missing = missingFrom(cover(many.filter((_, other) => other !== index)));
      // 300 others succeed at this one.
      if (kind === 'success' && path === '/made/v1/me' && method === 'GET') expect(missing).toEqual([]);
      else expect(missing.length).toBeGreaterThan(0);
    },
  );

  it('counts a documented error only for a case that expects it, with its status, at its endpoint', () => {
    const without = many.filter(({ response }) => !JSON.stringify(response.body).includes('gone'));
    const wrong = [
      exchange('bad_credential', 'GET', '/made/v1/me', 401, { code: 'gone', who: 'ada' }),
      exchange('bad_credential', 'GET', '/made/v1/me', 400, { code: 'gone' }),
      exchange('bad_credential', 'GET', '/made/v1/me', 400, { code: 'gone', who: 'ada', more: 1 }),
      exchange('bad_credential', 'GET', '/made/v1/list', 400, { code: 'gone', who: 'ada' }),
    ];
    expect(missingFrom(cover([...without, ...wrong]))).toEqual([
      'GET /made/v1/me: no case expects user-gone',
    ]);
  });

  it('asks for no success of a call that needs what is not set up', () => {
    const failing = many.filter(
      ({ kind, request }) => kind !== 'success' || request.path !== '/made/v1/note',
    );
    expect(missingFrom(cover(failing))).toEqual(['POST /made/v1/note: no case of success']);
    const unconfigured = declaration.routes.map((route) =>
      route.path === '/made/v1/note' ? { ...route, unconfigured: 'it needs another server' } : route,
    );
    expect(missingFrom(cover(failing, { ...declaration, routes: unconfigured }))).toEqual([]);
  });

  it('says when there are too few cases in all', () => {
    expect(missingFrom(cover(everything))).toEqual(['14 cases, where there must be 300']);
  });
});
