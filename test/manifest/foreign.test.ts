import { admit } from '../../lib/check/admit';
import { admitSet } from '../../lib/check/admit-set';
import { check } from '../../lib/check/check';
import { ManifestSet } from '../../lib/manifest/set';
import { plan } from '../../lib/plan/plan';
import { problemsOf } from './problems';

const object = (fields: object) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a' },
  ...fields,
});
const broken = (): never => {
  throw new Error('broken');
};
const revoked = <T extends object>(target: T): T => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};
const getter = (): object => Object.defineProperty({}, 'a', { get: broken, enumerable: true });
const cycle: Record<string, unknown> = {};
cycle['self'] = cycle;

class Size {
  readonly #bytes = 1;
  get bytes(): number {
    return this.#bytes;
  }
}

describe('ManifestSet.of', () => {
  it.each<[string, unknown, string | undefined, string]>([
    ['a getter that throws', getter(), 'data.a', 'cannot be read: broken'],
    ['a getter that throws in a list', [1, getter()], 'data[1].a', 'cannot be read: broken'],
    [
      'a getter that throws something that throws',
      Object.defineProperty({}, 'a', {
        enumerable: true,
        get: () => {
          // eslint-disable-next-line @typescript-eslint/only-throw-error -- what strangers throw
          throw revoked({});
        },
      }),
      'data.a',
      'cannot be read: an error without a message',
    ],
    ['a proxy that was revoked', revoked({}), 'data', 'cannot be read'],
    ['a list that was revoked', revoked([]), 'data', 'cannot be read'],
    ['a function that was revoked', revoked(() => 1), 'data', 'cannot be read'],
    ['a proxy that hides its keys', new Proxy({}, { ownKeys: broken }), 'data', 'cannot be read: broken'],
    ['a proxy that hides its prototype', new Proxy({}, { getPrototypeOf: broken }), 'data', 'cannot be read'],
    ['a proxy that throws', new Proxy({ a: 1 }, { get: broken }), 'data.a', 'cannot be read: broken'],
    ['a class instance', new Size(), 'data', 'an instance of Size'],
    ['a Map', new Map([['a', 1]]), 'data', 'an instance of Map'],
    ['a Set', new Set(['a']), 'data', 'an instance of Set'],
    ['a Date that is none', new Date(NaN), 'data', 'an instance of Date'],
    ['a regular expression', /a/, 'data', 'an instance of RegExp'],
    ['a promise', Promise.resolve({}), 'data', 'an instance of Promise'],
    ['bytes', Buffer.from('a'), 'data', 'an instance of Buffer'],
    ['a bigint', { a: 2n ** 63n }, 'data.a', 'the bigint 9223372036854775808n'],
    ['a symbol', { a: Symbol('s') }, 'data.a', 'Symbol(s)'],
    ['a function', { a: () => 1 }, 'data.a', 'the function'],
    ['NaN', { a: NaN }, 'data.a', 'NaN'],
    ['a cycle', cycle, 'data.self', 'contains itself'],
    ['a list with holes', [1, , 2], 'data[1]', 'the list is 3 long, and has no item here'],
    ['a list with billions of holes', new Array(4_000_000_000), 'data[0]', 'the list is 4000000000 long'],
  ])('says where there is %s', (_, data, path, message) => {
    expect(problemsOf(() => ManifestSet.of([object({}), object({ data })]))).toMatchObject([
      {
        code: 'RENDER_FAILED',
        place: 'objects[1]',
        path,
        message: expect.stringContaining(message) as string,
      },
    ]);
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a text', 'apiVersion: v1', "the string 'apiVersion: v1'"],
    ['an object', object({}), 'an object'],
    ['a Set', new Set([object({})]), 'an instance of Set'],
    ['an object like a list', { length: 1, 0: object({}) }, 'an object'],
  ])('takes a list, not %s', (_, value, message) => {
    expect(problemsOf(() => ManifestSet.of(value as unknown[]))).toMatchObject([
      { code: 'NOT_AN_OBJECT', place: 'objects', message: `expected a list of objects, got ${message}` },
    ]);
  });

  it.each<[string, unknown[], string, string]>([
    ['null', [null], 'NOT_AN_OBJECT', 'objects[0]'],
    ['a number', [1], 'NOT_AN_OBJECT', 'objects[0]'],
    ['a function', [() => 1], 'RENDER_FAILED', 'objects[0]'],
    ['undefined', [undefined], 'RENDER_FAILED', 'objects[0]'],
    ['a hole', Object.assign([object({})], { length: 3 }), 'RENDER_FAILED', 'objects[1]'],
    ['a list of billions of holes', new Array<unknown>(4_000_000_000), 'RENDER_FAILED', 'objects[0]'],
    ['a list that was revoked', revoked<unknown[]>([]), 'RENDER_FAILED', 'objects'],
    ['a proxy that was revoked', [revoked({})], 'RENDER_FAILED', 'objects[0]'],
    ['a list with a getter', Object.defineProperty([1], 0, { get: broken }), 'RENDER_FAILED', 'objects[0]'],
  ])('says which element is %s', (_, list, code, place) => {
    expect(problemsOf(() => ManifestSet.of(list))[0]).toMatchObject({ code, place });
  });

  it('names every element that is not plain', () => {
    const list = [object({ a: 2n ** 64n }), object({}), object({ b: getter() })];
    expect(problemsOf(() => ManifestSet.of(list)).map(({ place, path }) => [place, path])).toEqual([
      ['objects[0]', 'a'],
      ['objects[2]', 'b.a'],
    ]);
  });

  it('takes frozen objects, and objects without a prototype', () => {
    const bare = Object.assign(Object.create(null) as object, object({ data: Object.freeze({ a: 'b' }) }));
    expect(ManifestSet.of(Object.freeze([Object.freeze(bare)])).manifests[0]?.object['data']).toEqual({
      a: 'b',
    });
  });

  it('does not ask the objects how they are written as JSON', () => {
    const toJSON = { toJSON: broken };
    expect(problemsOf(() => ManifestSet.of([object({ data: toJSON })]))).toMatchObject([
      { path: 'data.toJSON', message: 'plain data cannot hold the function broken' },
    ]);
  });
});

describe('ManifestSet.parse', () => {
  it.each<[unknown, string]>([
    [undefined, 'undefined'],
    [Buffer.from('a: 1'), 'an instance of Buffer'],
    [{}, 'an object'],
  ])('takes a text, not %p', (value, message) => {
    expect(problemsOf(() => ManifestSet.parse(value as string))).toMatchObject([
      { code: 'INVALID_YAML', message: `expected the text of a YAML stream, got ${message}` },
    ]);
  });
});

describe('crds', () => {
  const crd = (fields: object) => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    ...fields,
  });

  it.each<[string, unknown, string, string, string | undefined]>([
    [
      'a definition that cannot be read',
      [object({}), crd({ spec: getter() })],
      'RENDER_FAILED',
      'crds[1]',
      'spec.a',
    ],
    ['a definition that was revoked', [crd({ spec: revoked({}) })], 'RENDER_FAILED', 'crds[0]', 'spec'],
    ['something that was revoked', [revoked({})], 'RENDER_FAILED', 'crds[0]', undefined],
    [
      'a kind that throws',
      [Object.defineProperty({}, 'apiVersion', { get: broken })],
      'RENDER_FAILED',
      'crds[0]',
      undefined,
    ],
    ['a list with holes', new Array(3), 'RENDER_FAILED', 'crds[0]', undefined],
    ['a text', 'crd.yaml', 'NOT_AN_OBJECT', 'crds', undefined],
    ['a definition instead of a list', crd({}), 'NOT_AN_OBJECT', 'crds', undefined],
    ['null', null, 'NOT_AN_OBJECT', 'crds', undefined],
  ])('says where there is %s', (_, crds, code, place, path) => {
    const problems = problemsOf(() => admit(object({}), { crds: crds as unknown[] }));
    expect(problems).toMatchObject([{ code, place, ...(path !== undefined && { path }) }]);
  });

  it('may hold anything that is no definition', () => {
    expect(
      admit(object({}), { crds: [null, 1, new Size(), object({ data: getter() }), [], () => 1] }),
    ).toEqual([]);
  });
});

describe('options', () => {
  const set = ManifestSet.of([object({})]);
  const options = (name: string) => Object.defineProperty({}, name, { get: broken, enumerable: true });

  it.each<[string, (given: object) => unknown, string]>([
    ['check', (given) => check(set, given), 'kubernetes'],
    ['check', (given) => check(set, given), 'severities'],
    ['check', (given) => check(set, given), 'environments'],
    ['check', (given) => check(set, given), 'rules'],
    ['admit', (given) => admit(object({}), given), 'crds'],
    ['admitSet', (given) => admitSet(set, given), 'crds'],
    ['plan', (given) => plan(set, set, given), 'kubernetes'],
  ])('of %s that cannot be read are named: %#', (_, call, name) => {
    expect(problemsOf(() => call(options(name)))).toMatchObject([
      { code: 'RENDER_FAILED', place: `options.${name}`, message: 'cannot be read: broken' },
    ]);
  });

  it('of check are read below, too', () => {
    for (const name of ['severities', 'environments'])
      expect(problemsOf(() => check(set, { [name]: getter() }))).toMatchObject([
        { code: 'RENDER_FAILED', place: `options.${name}`, path: 'a' },
      ]);
  });

  it('may come from a class', () => {
    class Options {
      get kubernetes(): string {
        return '1.1';
      }
    }
    expect(problemsOf(() => check(set, new Options()))).toMatchObject([{ code: 'UNKNOWN_KUBERNETES' }]);
  });

  it.each<[string, () => unknown]>([
    ['check', () => check([object({})] as unknown as ManifestSet)],
    ['check', () => check(null as unknown as ManifestSet)],
    ['admitSet', () => admitSet({ manifests: [] } as unknown as ManifestSet)],
    ['plan', () => plan(set, [] as unknown as ManifestSet)],
    ['plan', () => plan('a' as unknown as ManifestSet, set)],
  ])('of %s stand after sets: %#', (_, call) => {
    expect(problemsOf(call)).toMatchObject([
      { code: 'NOT_AN_OBJECT', hint: expect.stringContaining('ManifestSet.of') as string },
    ]);
  });
});

describe('a release that is no text', () => {
  it.each([{}, [], cycle, Symbol('s'), () => 1, revoked({})])('is refused: %#', (kubernetes) => {
    expect(
      problemsOf(() => admit(object({}), { kubernetes: kubernetes as unknown as string })),
    ).toMatchObject([{ code: 'UNKNOWN_KUBERNETES' }]);
  });
});

describe('a rule of the user that throws', () => {
  it('is named, with the line', () => {
    const rule = { name: 'own/rule', severity: 'error', about: 'a', why: 'b', run: broken } as const;
    expect(problemsOf(() => check(ManifestSet.of([object({})]), { rules: [rule] }))).toMatchObject([
      {
        code: 'RULE_FAILED',
        place: 'own/rule',
        message: 'the rule threw Error: broken',
        source: expect.stringMatching(/foreign\.test\.ts:\d+$/) as string,
      },
    ]);
  });
});
