import * as fc from 'fast-check';
import { admit } from '../../../lib/check/admit';
import { kinds, kindSchema, latestRelease } from '../../../lib/kube/schema';
import type { Schema } from '../../../lib/kube/schema';
import { deployment, having, pod, service } from './objects';
import { effort } from '../../effort';

// Anything at all may be passed to `admit`. It answers, soon, and leaves the world as it was.

const SEED = 20260727;
const served = kinds(latestRelease);

/** Keys that mean something to JavaScript, and values that JSON does not have. */
const key = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length', ''),
  fc.string({ maxLength: 8 }),
);
const odd = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSparseArray: true,
    withNullPrototype: true,
  }),
  fc.constantFrom<unknown>(
    NaN,
    -0,
    Infinity,
    1e300,
    10n,
    Symbol('x'),
    undefined,
    () => 1,
    new Error('x'),
    /x/,
  ),
  fc.dictionary(key, fc.jsonValue()),
);

/** A value for a schema, now and then an odd one. */
function valueOf(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: fitting(schema, depth) }, { weight: 1, arbitrary: odd });
}

function fitting(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  switch (schema.type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: -2, max: 70_000 }), fc.double());
    case 'string':
      return fc.oneof(
        fc.constantFrom(...(schema.enum ?? ['', 'a', 'a-b.c/d', '*', '10.0.0.1', '1Gi'])),
        fc.string(),
      );
    case 'list':
      return depth === 0 ? fc.constant([]) : fc.array(valueOf(schema.items, depth - 1), { maxLength: 3 });
    case 'map':
      return depth === 0
        ? fc.constant({})
        : fc.dictionary(key, valueOf(schema.values, depth - 1), { maxKeys: 3 });
    case 'struct':
      if (depth === 0) return fc.constant({});
      return fc.record(
        Object.fromEntries(
          [...schema.struct().fields].map(([name, field]) => [
            name,
            fc.option(valueOf(field, depth - 1), { nil: undefined }),
          ]),
        ),
      );
    case 'union':
      return fc.oneof(...schema.of.map((each) => fitting(each, depth)));
    case 'any':
      return fc.jsonValue();
    case 'bytes':
    case 'time':
    case 'duration':
    case 'quantity':
    case 'intOrString':
      return fc.oneof(
        fc.constantFrom('', '1', '10%', '1h', '100m', 'YQ==', '2024-01-01T00:00:00Z'),
        fc.integer(),
      );
  }
}

function objectOf(index: number): fc.Arbitrary<unknown> {
  const { apiVersion, kind } = served[index % served.length] ?? { apiVersion: 'v1', kind: 'Pod' };
  const struct = kindSchema(latestRelease, apiVersion, kind);
  if (struct === undefined) throw new Error(`no schema of ${kind}`);
  const fields = fitting({ type: 'struct', struct: () => struct, atomic: false }, 4);
  return fields.map((object) => ({ ...(object as object), apiVersion, kind }));
}

const GLOBALS = [Object.prototype, Array.prototype, Function.prototype, Map.prototype];
const before = GLOBALS.map((prototype) => Reflect.ownKeys(prototype).length);

/** Whether every finding says what and where, and no prototype has another field than before. */
function answers(object: unknown): boolean {
  const isSaid = admit(object).every(({ path, message }) => typeof path === 'string' && message !== '');
  return isSaid && GLOBALS.every((prototype, index) => Reflect.ownKeys(prototype).length === before[index]);
}

describe('anything at all', () => {
  it('gets an answer', () => {
    fc.assert(fc.property(odd, answers), { numRuns: effort(150, 500), seed: SEED });
  });

  it('gets an answer as the fields of an object of any kind', () => {
    for (const [index] of served.entries())
      fc.assert(fc.property(objectOf(index), answers), { numRuns: effort(3, 12), seed: SEED + index });
  });

  it('gets an answer in any place of an object that was fine', () => {
    const places = ['metadata', 'metadata.labels', 'metadata.labels.a', 'metadata.ownerReferences.0', 'spec'];
    const objects = [pod, deployment, service];
    fc.assert(
      fc.property(fc.constantFrom(...objects), fc.constantFrom(...places), odd, (object, place, value) =>
        answers(having(object, place, value)),
      ),
      { numRuns: effort(150, 500), seed: SEED },
    );
  });
});

describe('an object that is a trap', () => {
  const throwing = (): never => {
    throw new Error('no');
  };
  const refuseAll = new Proxy({}, { get: throwing, has: throwing, ownKeys: throwing });
  const throwNothing = (): never => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- whoever writes such an object may throw anything
    throw undefined;
  };
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();

  it.each<[string, unknown]>([
    ['throws at every touch', refuseAll],
    ['was revoked', revoked],
    ['throws below', { ...pod, spec: refuseAll }],
    ['throws in its metadata', { ...pod, metadata: { name: 'web', labels: refuseAll } }],
    ['throws what is no error', { ...pod, spec: new Proxy({}, { ownKeys: throwNothing }) }],
    ['says that it is text', { ...pod, metadata: { name: { toString: throwing, valueOf: throwing } } }],
    ['has a name that is a symbol', { ...pod, metadata: { name: Symbol('web') } }],
    [
      'has a kind that throws',
      {
        apiVersion: 'v1',
        get kind(): unknown {
          throw new Error('no');
        },
      },
    ],
    ['makes its own JSON', { ...pod, metadata: { name: 'web', toJSON: throwing } }],
  ])('%s', (_, object) => {
    expect(admit(object).length).toBeGreaterThan(0);
  });

  it('contains itself', () => {
    const cyclic: Record<string, unknown> = { ...pod };
    cyclic['spec'] = { containers: [cyclic], volumes: [cyclic], affinity: cyclic };
    cyclic['metadata'] = { name: 'web', labels: cyclic, annotations: { cyclic } };
    expect(admit(cyclic).length).toBeGreaterThan(0);
    const parameters: Record<string, unknown> = {};
    parameters['self'] = parameters;
    const config = [{ opaque: { driver: 'acme.io', parameters } }];
    const deviceClass = { apiVersion: 'resource.k8s.io/v1', kind: 'DeviceClass', metadata: { name: 'a' } };
    expect(admit({ ...deviceClass, spec: { config } }).length).toBeGreaterThan(0);
  });

  it('is ten thousand deep', () => {
    const nest = (wrap: (inner: unknown) => unknown): unknown => {
      let deep: unknown = {};
      for (let depth = 0; depth < 10_000; depth++) deep = wrap(deep);
      return deep;
    };
    for (const deep of [nest((inner) => [inner]), nest((inner) => ({ inner })), nest((spec) => ({ spec }))]) {
      for (const place of ['spec', 'metadata.annotations', 'spec.containers.0', 'spec.volumes'])
        expect(admit(having(pod, place, deep)).length).toBeGreaterThan(0);
    }
    const data = { apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata: { name: 'a' }, revision: 1 };
    expect(answers({ ...data, data: nest((inner) => ({ inner })) })).toBe(true);
  });

  it('has fields that JavaScript means something by', () => {
    const evil = JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    ) as object;
    for (const { apiVersion, kind } of served) {
      expect(answers({ apiVersion, kind, metadata: evil, spec: evil, data: evil })).toBe(true);
      expect(answers({ apiVersion, kind, ...evil })).toBe(true);
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(admit({ apiVersion: '__proto__', kind: 'constructor' })).toHaveLength(1);
    expect(admit({ apiVersion: 'constructor/v1', kind: 'hasOwnProperty' })).toHaveLength(1);
  });
});

describe('an enormous object', () => {
  const many = <T>(count: number, item: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, i) => item(i));
  const text = 'a'.repeat(2_000_000);

  it.each<[string, () => unknown]>([
    ['of text', () => having(pod, 'metadata.name', text)],
    [
      'of text in many places',
      () => having(pod, 'metadata.labels', { [text]: text, [`${text}/a`]: 'a/'.repeat(500_000) }),
    ],
    [
      'of ports of one Service',
      () =>
        having(service, 'spec', {
          type: 'NodePort',
          ports: many(20_000, (i) => ({ port: i + 1, nodePort: 30_000 + (i % 2000) })),
        }),
    ],
    [
      'of containers',
      () =>
        having(
          pod,
          'spec.containers',
          many(5_000, (i) => ({ name: `c${i}`, image: 'a' })),
        ),
    ],
    [
      'of endpoints',
      () => ({
        apiVersion: 'v1',
        kind: 'Endpoints',
        metadata: { name: 'a' },
        subsets: [{ addresses: many(50_000, (i) => ({ ip: `10.0.${(i >> 8) & 255}.${i & 255}` })) }],
      }),
    ],
    [
      'of blocks of addresses',
      () =>
        having(
          service,
          'spec.loadBalancerSourceRanges',
          many(50_000, () => '10.0.0.0/8'),
        ),
    ],
    ['of digits', () => having(pod, 'spec.containers.0.resources', { limits: { cpu: '9'.repeat(200_000) } })],
    ['of colons', () => having(service, 'spec.externalIPs', [':'.repeat(200_000), '1:'.repeat(100_000)])],
  ])('%s is judged within seconds of processor time', (_, make) => {
    const object = make();
    const start = process.cpuUsage();
    expect(answers(object)).toBe(true);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(5_000);
  });
});
