import { createContext, runInContext } from 'node:vm';
import { plain, plainValue } from '../../lib/manifest/plain';
import { problemOf, problemsOf } from './problems';

const thing = (fields: object) => ({ apiVersion: 'v1', kind: 'Thing', metadata: { name: 'a' }, ...fields });

/** The copy of one field. */
const copied = (value: unknown) => plain(thing({ spec: value }))['spec'];

describe('plain', () => {
  it('puts apiVersion, kind and metadata first and sorts all other keys by code unit', () => {
    const object = plain({
      spec: { b: 1, a: { z: 1, é: 1, Z: 1, y: 1 }, B: 2 },
      metadata: { namespace: 'n', name: 'a' },
      kind: 'Thing',
      data: {},
      apiVersion: 'v1',
    });
    expect(JSON.stringify(object)).toBe(
      '{"apiVersion":"v1","kind":"Thing","metadata":{"name":"a","namespace":"n"},"data":{},' +
        '"spec":{"B":2,"a":{"Z":1,"y":1,"z":1,"é":1},"b":1}}',
    );
  });

  it('leaves out properties that are undefined, and nothing else', () => {
    const spec = {
      gone: undefined,
      nothing: null,
      zero: 0,
      empty: '',
      no: false,
      map: {},
      list: [],
      inner: { a: undefined },
    };
    expect(Object.entries(copied(spec) as object)).toEqual([
      ['empty', ''],
      ['inner', {}],
      ['list', []],
      ['map', {}],
      ['no', false],
      ['nothing', null],
      ['zero', 0],
    ]);
  });

  it('keeps lists as authored', () => {
    expect(copied([3, 1, [2, null], { b: 1, a: 2 }])).toEqual([3, 1, [2, null], { a: 2, b: 1 }]);
  });

  it('copies: the authored object stays as it was, and later changes of it do not show', () => {
    const authored = thing({ spec: { b: [1], a: 1 } });
    const object = plain(authored);
    authored.metadata.name = 'changed';
    expect(Object.keys((authored as unknown as { spec: object }).spec)).toEqual(['b', 'a']);
    expect(object.metadata.name).toBe('a');
  });

  it('writes dates as Kubernetes writes times', () => {
    expect(copied(new Date('2024-01-02T03:04:05Z'))).toBe('2024-01-02T03:04:05Z');
    expect(copied(new Date('2024-01-02T03:04:05.678Z'))).toBe('2024-01-02T03:04:05.678Z');
  });

  it('keeps own keys named __proto__ as data', () => {
    const copy = copied(JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}')) as Record<
      string,
      unknown
    >;
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"polluted":true},"constructor":1}');
    expect(copy['polluted']).toBeUndefined();
  });

  it('takes records without a prototype and records from another realm', () => {
    const bare = Object.assign(Object.create(null) as object, { a: 1 });
    const foreign: unknown = runInContext('({ a: [{ b: new Date(0) }] })', createContext({}));
    expect(copied([bare, foreign])).toEqual([{ a: 1 }, { a: [{ b: '1970-01-01T00:00:00Z' }] }]);
  });

  it('may hold one object in two places', () => {
    const shared = { a: 1 };
    expect(copied([shared, { shared }])).toEqual([{ a: 1 }, { shared: { a: 1 } }]);
  });

  class Size {
    readonly bytes = 1;
  }

  it.each<[string, unknown, string]>([
    ['a class instance', new Size(), 'plain data cannot hold an instance of Size'],
    ['a Map', new Map(), 'plain data cannot hold an instance of Map'],
    ['a buffer', Buffer.from('a'), 'plain data cannot hold an instance of Buffer'],
    ['a function', function run() {}, 'plain data cannot hold the function run'],
    ['a symbol', Symbol('s'), 'plain data cannot hold the Symbol(s)'],
    ['a bigint', 2n ** 63n, 'plain data cannot hold the bigint 9223372036854775808n'],
    ['NaN', NaN, 'plain data cannot hold NaN'],
    ['an infinity', -Infinity, 'plain data cannot hold -Infinity'],
    ['a date that is none', new Date(NaN), 'plain data cannot hold an instance of Date'],
    [
      'a date beyond RFC 3339',
      new Date('+012345-01-01T00:00:00Z'),
      'plain data cannot hold an instance of Date',
    ],
  ])('refuses %s and names the field', (_, value, message) => {
    const object = thing({ spec: { template: { containers: [{}, { image: value }] } } });
    expect(problemOf(() => plain(object))).toMatchObject({
      code: 'RENDER_FAILED',
      place: 'Thing a',
      path: 'spec.template.containers[1].image',
      message,
    });
  });

  it('names map keys that are no identifiers in brackets', () => {
    const object = thing({ metadata: { name: 'a', annotations: { 'bad key!': NaN } } });
    expect(problemOf(() => plain(object)).path).toBe('metadata.annotations[bad key!]');
  });

  it('refuses undefined in a list, also in a hole of it', () => {
    expect(problemsOf(() => plain(thing({ args: ['a', undefined, , 'b'] }))).map(({ path }) => path)).toEqual(
      ['args[1]', 'args[2]'],
    );
  });

  it('reports everything that is wrong at once', () => {
    const problems = problemsOf(() => plain(thing({ b: new Map(), a: [NaN, 1, () => 1] })));
    expect(problems.map(({ path }) => path)).toEqual(['a[0]', 'a[2]', 'b']);
  });

  it('refuses an object that contains itself, however often, and says where', () => {
    const spec: Record<string, unknown> = {};
    spec['self'] = { again: spec };
    spec['list'] = [spec, spec, spec];
    expect(
      problemsOf(() => plain(thing({ spec }))).map(({ path, message }) => `${path}: ${message}`),
    ).toEqual([
      'spec.list[0]: the object contains itself',
      'spec.list[1]: the object contains itself',
      'spec.list[2]: the object contains itself',
      'spec.self.again: the object contains itself',
    ]);
  });

  it('refuses nesting that would fill the stack', () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    expect(problemOf(() => plain(thing({ deep }))).message).toBe('nested more than 1000 deep');
  });

  it.each<[unknown, string, string]>([
    [{ kind: 'A', metadata: {} }, 'apiVersion', 'expected a string, got undefined'],
    [{ apiVersion: 'v1', kind: 7, metadata: {} }, 'kind', 'expected a string, got 7'],
    [{ apiVersion: 'v1', kind: 'A', metadata: [] }, 'metadata', 'expected an object, got a list'],
    [{ apiVersion: 'v1', kind: 'A' }, 'metadata', 'expected an object, got undefined'],
  ])('refuses %j, which is no Kubernetes object', (value, path, message) => {
    expect(problemOf(() => plain(value))).toMatchObject({ code: 'RENDER_FAILED', path, message });
  });

  it.each([[null], ['text'], [[]], [undefined]])('refuses %j, which is no object at all', (value) => {
    expect(problemsOf(() => plain(value))[0]?.code).toBe('RENDER_FAILED');
  });
});

describe('code of others', () => {
  const fail = (): never => {
    throw new Error('from outside');
  };
  const nameless = Object.defineProperty(class {}, 'name', { get: fail });
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();

  it.each<[string, unknown, string, string]>([
    ['a getter', Object.defineProperty({}, 'b', { enumerable: true, get: fail }), 'spec.b', 'from outside'],
    ['a proxy', new Proxy({}, { getPrototypeOf: fail }), 'spec', 'from outside'],
    ['a revoked proxy', revoked.proxy, 'spec', 'revoked'],
  ])('that throws is named: %s', (_, spec, path, reason) => {
    const problem = problemOf(() => plain(thing({ spec })));
    expect(problem).toMatchObject({ code: 'RENDER_FAILED', path });
    expect(problem.message).toMatch(/^cannot be read: .*/);
    expect(problem.message).toContain(reason);
  });

  it('does not hide what else is wrong', () => {
    const spec = {
      a: {
        get b() {
          return fail();
        },
      },
      c: NaN,
      d: 'fine',
    };
    expect(problemsOf(() => plain(thing({ spec }))).map(({ path }) => path)).toEqual(['spec.a.b', 'spec.c']);
  });

  it('may throw what is no error, and have no name', () => {
    const odd = {
      get a(): never {
        throw Object.create(null);
      },
    };
    expect(problemOf(() => plain(thing({ odd }))).message).toBe('cannot be read: an error without a message');
    expect(problemOf(() => plain(thing({ spec: new nameless() }))).message).toContain(
      'an object with a prototype of its own',
    );
  });
});

describe('plainValue', () => {
  it('keeps keys as authored', () => {
    expect(JSON.stringify(plainValue({ b: 1, a: undefined, c: new Date(0) }))).toBe(
      '{"b":1,"c":"1970-01-01T00:00:00Z"}',
    );
  });

  it('says in messages what the value is', () => {
    expect(problemOf(() => plainValue({ a: NaN }, 'the override'))).toMatchObject({
      place: 'the override',
      path: 'a',
    });
  });
});
