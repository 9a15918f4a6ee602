import { admit } from '../../../../lib/check/admit';
import { ManifestSet } from '../../../../lib/manifest/set';
import { definition, definitionOf, integer, list, object, string, widget } from './widgets';

const open = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };

describe('a custom resource', () => {
  const spec = object({ size: integer }, { required: ['size'] });

  it('passes where there is no definition of its kind', () => {
    const gizmo = { ...widget({ size: 'x' }), kind: 'Gizmo' };
    expect(admit(widget({ size: 'x' }))).toEqual([]);
    expect(admit(gizmo, { crds: [definition(spec)] })).toEqual([]);
  });

  it('is judged by its definition, given in a list or a set', () => {
    const said = [
      {
        rule: 'admission/wrong-type',
        severity: 'error',
        id: { apiVersion: 'example.com/v1', kind: 'Widget', name: 'w' },
        path: 'spec.size',
        message: 'Invalid value: "x": expected integer, got string',
      },
    ];
    expect(admit(widget({ size: 'x' }), { crds: [null, 'x', widget({}), definition(spec)] })).toEqual(said);
    expect(admit(widget({ size: 'x' }), { crds: ManifestSet.of([definition(spec)]) })).toEqual(said);
    expect(admit(widget({ size: 1 }), { crds: [definition(spec)] })).toEqual([]);
  });

  it('is of a version that its definition serves', () => {
    const crds = [
      definitionOf([
        { name: 'v1', served: true, storage: true, schema: open },
        { name: 'v2', served: false, storage: false, schema: open },
      ]),
    ];
    for (const version of ['v2', 'v3']) {
      expect(admit({ ...widget({}), apiVersion: `example.com/${version}` }, { crds })).toMatchObject([
        { path: 'apiVersion', hint: 'Its CustomResourceDefinition serves v1.' },
      ]);
    }
  });

  it('has metadata of which the server knows every field', () => {
    const crds = [definition(spec)];
    const metadata = { name: 'w', label: {}, labels: { a: 1 } };
    expect(admit(widget({ size: 1 }, { metadata }), { crds }).map(({ path }) => path)).toEqual([
      'metadata.label',
      'metadata.labels.a',
    ]);
    expect(admit(widget({ size: 1 }, { metadata: { name: 'W' } }), { crds })).toMatchObject([
      { path: 'metadata.name' },
    ]);
    expect(admit(widget({ size: 1 }, { metadata: {} }), { crds })).toMatchObject([{ path: 'metadata.name' }]);
  });

  it('has a finalizer without a domain if it likes', () => {
    const metadata = { name: 'w', finalizers: ['cleanup'] };
    expect(admit(widget({ size: 1 }, { metadata }), { crds: [definition(spec)] })).toEqual([]);
  });

  it('may name a namespace that it does not live in, which the server drops', () => {
    const crds = [definitionOf([{ name: 'v1', served: true, storage: true, schema: open }], 'Cluster')];
    const metadata = { name: 'w', namespace: 'Shop!' };
    expect(admit(widget({}, { metadata }), { crds })).toEqual([]);
  });

  it('may leave its name to the server, and what a schema asks of names holds for the one it gets', () => {
    const named = (pattern: string): unknown => {
      const schema = object({ metadata: object({ name: { type: 'string', pattern } }) });
      const version = { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } };
      return admit(
        { ...widget({}), metadata: { generateName: 'w-' }, spec: undefined },
        { crds: [definitionOf([version])] },
      );
    };
    expect(named('^w-.....$')).toEqual([]);
    expect(named('^v-')).toMatchObject([{ path: 'metadata.name' }]);
  });
});

describe('subresources', () => {
  const schema = {
    openAPIV3Schema: object({
      spec: object({ replicas: { 'x-kubernetes-preserve-unknown-fields': true } }),
      status: object({ phase: { type: 'string', enum: ['Ready'] } }),
    }),
  };
  const version = { name: 'v1', served: true, storage: true, schema };

  it('drop a status that has an endpoint of its own', () => {
    const object = widget({}, { status: { phase: 'Bad' } });
    expect(admit(object, { crds: [definitionOf([version])] })).toMatchObject([{ path: 'status.phase' }]);
    const withStatus = { ...version, subresources: { status: {} } };
    expect(admit(object, { crds: [definitionOf([withStatus])] })).toEqual([]);
  });

  it('read the scale where the definition says, and name the place as it does', () => {
    const scale = { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' };
    const crds = [definitionOf([{ ...version, subresources: { scale } }])];
    const said = (replicas: unknown): string[] =>
      admit(widget({ replicas }), { crds }).map(({ path }) => path);
    expect([1, 0, undefined].flatMap(said)).toEqual([]);
    for (const replicas of [-1, 2 ** 31, '3', 1.5, {}]) expect(said(replicas)).toEqual(['.spec.replicas']);
  });
});

describe('whatever is passed', () => {
  const free = definition({ type: 'object', 'x-kubernetes-preserve-unknown-fields': true });

  it('gets an answer when it contains itself, repeats itself without end, or is too deep', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic['a'] = cyclic;
    let repeated: unknown = {};
    for (let depth = 0; depth < 60; depth++) repeated = [repeated, repeated];
    let deep: unknown = {};
    for (let depth = 0; depth < 10_000; depth++) deep = { a: deep };
    for (const spec of [cyclic, repeated, deep, { a: NaN }, { a: () => 1 }])
      expect(admit(widget(spec), { crds: [free] })).toHaveLength(1);
  });

  it('gets an answer when it throws', () => {
    const spec = {
      get a(): unknown {
        throw new Error('no');
      },
    };
    expect(admit(widget(spec), { crds: [free] })).toMatchObject([
      { message: 'the object cannot be read: no' },
    ]);
  });

  it('pollutes no prototype', () => {
    const evil = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": 1}}') as unknown;
    const crds = [
      definition({ type: 'object', additionalProperties: object({ a: { ...string, default: 'x' } }) }),
    ];
    expect(admit(widget(evil), { crds })).toMatchObject([
      { path: 'spec.__proto__.polluted' },
      { path: 'spec.constructor.prototype' },
    ]);
    expect(admit(widget(evil), { crds: [free] })).toEqual([]);
    const schema = JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"string","default":"x"}}}',
    ) as object;
    expect(admit(widget({}), { crds: [definition({ ...schema })] })).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('may be a definition that makes no sense', () => {
    let deep: Record<string, unknown> = string;
    for (let depth = 0; depth < 5_000; depth++) deep = object({ a: deep });
    const cyclic = object({});
    cyclic['properties'] = { a: cyclic };
    const faults = [
      deep,
      cyclic,
      list(cyclic),
      { type: 7 },
      { ...string, pattern: '(' },
      { allOf: [cyclic] },
    ];
    for (const spec of faults) {
      expect(Array.isArray(admit(widget({ a: { a: [] } }), { crds: [definition(spec)] }))).toBe(true);
    }
    expect(admit(widget({}), { crds: [{ ...definition({}), spec: null }] })).toEqual([]);
  });
});
