import { compileRegistry, type Route } from '../../src/dialect';
import { ownPaths } from '../../src/http/app';
import { declare } from '../http/support';

function route(method: Route['method'], path: string): Route {
  return { ...declare().routes[0], method, path } as Route;
}

function dialect(name: string, mounts: string[], routes: Route[] = []) {
  return { name, declaration: declare({ mounts, routes }) };
}

const made = dialect(
  'made',
  ['/made/v1'],
  [
    route('get', '/made/v1/user'),
    route('post', '/made/v1/user/'),
    route('get', '/made/v1/user/:id'),
    route('get', '/made/v1/user/me'),
    route('delete', '/made/v1/user/:id/keys/:key'),
  ],
);

describe('the look-up', () => {
  const registry = compileRegistry([made, dialect('other', ['/other', '/made/v2'])], ['/healthz']);

  function found(
    method: string,
    path: string,
  ): [string | undefined, Readonly<Record<string, string>> | undefined] {
    const match = registry.find(method, path);
    return [match?.route?.route.path, match?.params];
  }

  it('finds a route by method and whole path', () => {
    expect(found('GET', '/made/v1/user')).toEqual(['/made/v1/user', {}]);
    expect(found('POST', '/made/v1/user/')).toEqual(['/made/v1/user/', {}]);
  });

  it('takes another method, another case and a trailing slash for another address', () => {
    for (const [method, path] of [
      ['PUT', '/made/v1/user'],
      ['GET', '/made/v1/User'],
      ['GET', '/made/v1/user/'],
      ['POST', '/made/v1/user'],
    ] as const) {
      const match = registry.find(method, path);
      expect(match?.dialect.name).toBe('made');
      expect(match?.route).toBeUndefined();
    }
  });

  it('gives HEAD what GET has', () => {
    expect(found('HEAD', '/made/v1/user')[0]).toBe('/made/v1/user');
    expect(found('HEAD', '/made/v1/user/7')).toEqual(['/made/v1/user/:id', { id: '7' }]);
  });

  it('decodes parameters, and prefers an address without any', () => {
    expect(found('GET', '/made/v1/user/a%2Fb')).toEqual(['/made/v1/user/:id', { id: 'a/b' }]);
    expect(found('GET', '/made/v1/user/me')).toEqual(['/made/v1/user/me', {}]);
    expect(found('DELETE', '/made/v1/user/7/keys/k')[1]).toEqual({ id: '7', key: 'k' });
  });

  it('finds nothing for an empty or badly escaped parameter', () => {
    expect(found('GET', '/made/v1/user/')[0]).toBeUndefined();
    expect(found('GET', '/made/v1/user/%E0%A4')[0]).toBeUndefined();
  });

  it('knows whose path it is by whole segments', () => {
    expect(registry.find('GET', '/made/v1')?.dialect.name).toBe('made');
    expect(registry.find('GET', '/made/v2/x')?.dialect.name).toBe('other');
    expect(registry.find('GET', '/made/v10')).toBeUndefined();
    expect(registry.find('GET', '/others')).toBeUndefined();
    expect(registry.find('GET', '/')).toBeUndefined();
  });
});

describe('the check at start', () => {
  it.each([
    ['two dialects of one name', [dialect('a', ['/a']), dialect('a', ['/b'])], /named a/],
    ['a mount of two dialects', [dialect('a', ['/x']), dialect('b', ['/x'])], /meets \/x of a/],
    ['a mount inside another', [dialect('a', ['/x/y']), dialect('b', ['/x'])], /meets \/x\/y of a/],
    ['a mount of the gateway', [dialect('a', ['/uploads/a'])], /meets \/uploads of the gateway/],
    ['the test door', [dialect('a', ['/.test-door'])], /meets \/\.test-door of the gateway/],
    ['a mount with a trailing slash', [dialect('a', ['/a/'])], /no mount/],
    ['a mount of everything', [dialect('a', ['/'])], /no mount/],
    ['a route outside', [dialect('a', ['/a'], [route('get', '/ab')])], /under none/],
    ['a route that is no path', [dialect('a', ['/a'], [route('get', '/a/b?c')])], /no path/],
    [
      'two routes at one address',
      [dialect('a', ['/a'], [route('get', '/a/b'), route('get', '/a/b')])],
      /two routes/,
    ],
    [
      'two patterns that differ in a name',
      [dialect('a', ['/a'], [route('get', '/a/:b'), route('get', '/a/:c')])],
      /two routes/,
    ],
  ])('refuses %s', (_what, dialects, message) => {
    expect(() => compileRegistry(dialects, ownPaths)).toThrow(message);
  });

  it('refuses an upload without a limit', () => {
    const { uploadBytes: _, ...limits } = declare().limits;
    const declaration = declare({
      mounts: ['/a'],
      limits,
      routes: [{ ...route('post', '/a/b'), upload: { field: 'file' } }],
    });
    expect(() => compileRegistry([{ name: 'a', declaration }], [])).toThrow(/no limit for uploads/);
  });

  it('admits mounts that only begin alike', () => {
    expect(() => compileRegistry([dialect('a', ['/api']), dialect('b', ['/apis'])], [])).not.toThrow();
  });
});
