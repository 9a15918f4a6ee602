import { admit, check, ManifestSet, plan } from 'seaworthy';
import { emitYaml } from '../../lib/manifest/yaml/emit';
import { parseDocuments } from '../../lib/manifest/yaml/parse';

/** The largest int64, and its neighbour that rounds to the same double. */
const MOST = 9223372036854775807n;
const LESS = 9223372036854775806n;

const definition = (schema: object) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'tanks.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { kind: 'Tank', plural: 'tanks', singular: 'tank', listKind: 'TankList' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: { spec: { type: 'object', properties: { size: schema } } },
          },
        },
      },
    ],
  },
});

const tank = (size: unknown) => ({
  apiVersion: 'example.com/v1',
  kind: 'Tank',
  metadata: { name: 'a', namespace: 'b' },
  spec: { size },
});

const refusals = (schema: object, size: unknown) =>
  admit(tank(size), { crds: [definition(schema)] }).map(({ message }) => message);

describe('an integer beyond 2^53', () => {
  it.each([
    ['decimal', '9223372036854775807'],
    ['hexadecimal', '0x7FFFFFFFFFFFFFFF'],
    ['octal', '0777777777777777777777'],
    ['with underscores', '9_223_372_036_854_775_807'],
  ])('is read exactly, %s', (_, digits) => {
    expect(parseDocuments(`a: ${digits}\nb: [ ${digits} ]\n`)[0]?.value).toEqual({ a: MOST, b: [MOST] });
  });

  it('is written with all its digits, and read back', () => {
    const value = { a: MOST, b: [-MOST, 2 ** 60] };
    expect(emitYaml(value)).toBe(
      'a: 9223372036854775807\nb:\n  - -9223372036854775807\n  - 1152921504606846976\n',
    );
    expect(parseDocuments(emitYaml(value))[0]?.value).toEqual(value);
  });

  it('may be a bigint in an object, which is a number where that is exact', () => {
    const [manifest] = ManifestSet.of([tank(MOST)]);
    expect(manifest?.object['spec']).toEqual({ size: MOST });
    expect([...ManifestSet.of([tank(3n)])][0]?.object['spec']).toEqual({ size: 3 });
    expect(() => ManifestSet.of([tank(2n ** 63n)])).toThrow('plain data cannot hold the bigint');
  });

  it('is an integer of a custom resource, with the limits of its schema', () => {
    const integer = { type: 'integer', format: 'int64' };
    expect(refusals(integer, MOST)).toEqual([]);
    expect(refusals({ type: 'number' }, MOST)).toEqual([]);
    expect(refusals({ type: 'string' }, MOST)).toEqual([expect.stringContaining('got integer')]);
    expect(refusals({ ...integer, maximum: 2 ** 53 }, 9007199254740993n)).toEqual([
      'Invalid value: 9007199254740993: must be less than or equal to 9007199254740992',
    ]);
    expect(refusals({ ...integer, multipleOf: 2 }, MOST)).toEqual([
      'Invalid value: 9223372036854775807: must be a multiple of 2',
    ]);
    expect(refusals({ ...integer, multipleOf: 7 }, MOST)).toEqual([]);
    expect(refusals({ type: 'integer', format: 'int32' }, MOST)).not.toEqual([]);
    expect(refusals({ ...integer, enum: [LESS] }, MOST)).toEqual([
      'Unsupported value: 9223372036854775807: supported values: "9223372036854775806"',
    ]);
    expect(refusals({ ...integer, enum: [MOST] }, MOST)).toEqual([]);
  });

  it('is an int of CEL', () => {
    const rule = (text: string) => ({
      type: 'integer',
      format: 'int64',
      'x-kubernetes-validations': [{ rule: text, message: 'no' }],
    });
    expect(refusals(rule('self - 1 == 9223372036854775806'), MOST)).toEqual([]);
    expect(refusals(rule('self == 9223372036854775806'), MOST)).toEqual([expect.stringContaining('no')]);
    expect(refusals(rule('self % 2 == 1'), MOST)).toEqual([]);
  });

  it('fits an int64 of a built-in kind, and no int32', () => {
    const pod = (spec: object) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', namespace: 'b' },
      spec: { containers: [{ name: 'c', image: 'd:1' }], ...spec },
    });
    expect(admit(pod({ terminationGracePeriodSeconds: MOST }))).toEqual([]);
    expect(admit(pod({ priority: MOST })).map(({ message }) => message)).toEqual([
      'Invalid value: 9223372036854775807: does not fit int32',
    ]);
  });

  it('differs from its neighbour in a plan, and not from itself', () => {
    const set = (size: unknown) => ManifestSet.parse(emitYaml(tank(size)));
    expect(plan(set(MOST), set(MOST)).changes.map(({ effect }) => effect)).toEqual(['none']);
    expect(plan(set(MOST), ManifestSet.of([tank(LESS)])).changes).toMatchObject([
      { effect: 'updated', fields: [{ path: 'spec.size', before: MOST, after: LESS }] },
    ]);
  });

  it('is in the way of no rule', () => {
    const probe = { httpGet: { path: '/', port: MOST } };
    const pod = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a', labels: { b: MOST } },
      spec: {
        replicas: MOST,
        selector: { matchLabels: { b: MOST } },
        template: {
          metadata: { labels: { b: MOST } },
          spec: {
            containers: [
              {
                name: 'c',
                image: 'd',
                ports: [{ containerPort: MOST }],
                livenessProbe: probe,
                readinessProbe: probe,
              },
            ],
            topologySpreadConstraints: [{ maxSkew: MOST, topologyKey: MOST }],
          },
        },
      },
    };
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a' },
      spec: { selector: { b: MOST }, ports: [{ port: MOST, targetPort: MOST }] },
    };
    const policy = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'a' },
      spec: {
        podSelector: { matchLabels: { b: MOST } },
        ingress: [{ ports: [{ port: MOST, endPort: MOST }] }],
      },
    };
    const set = ManifestSet.of([pod, service, policy]);
    expect(check(set, { preset: 'strict' }).length).toBeGreaterThan(0);
    expect(plan(set, ManifestSet.of([pod, policy])).changes).toHaveLength(3);
  });
});
