import { kindSchema, lookup, suggestField } from '../../../lib/kube/schema';

function suggestion(path: string): string | undefined {
  const found = lookup('1.36', 'apps/v1', 'Deployment', path.split('.'));
  return found.ok ? undefined : found.suggestion;
}

describe('lookup', () => {
  test('follows fields, map keys and list indices', () => {
    expect(
      lookup('1.36', 'apps/v1', 'Deployment', ['spec', 'template', 'spec', 'containers', '0', 'image']),
    ).toMatchObject({ ok: true, schema: { type: 'string', name: 'image' } });
    expect(
      lookup('1.36', 'apps/v1', 'Deployment', ['metadata', 'annotations', 'acme.io/team']),
    ).toMatchObject({ ok: true, schema: { type: 'string' } });
  });

  test('the empty path leads to the kind itself', () => {
    expect(lookup('1.36', 'v1', 'Pod', [])).toMatchObject({ ok: true, schema: { type: 'struct' } });
  });

  test('anything goes below a value of any shape', () => {
    expect(lookup('1.36', 'apps/v1', 'ControllerRevision', ['data', 'what', 'ever'])).toMatchObject({
      ok: true,
      schema: { type: 'any' },
    });
  });

  test('says where the path leaves the schema and what was meant', () => {
    expect(lookup('1.36', 'apps/v1', 'Deployment', ['spec', 'replica', 'x'])).toEqual({
      ok: false,
      at: ['spec', 'replica'],
      suggestion: 'replicas',
    });
    expect(suggestion('spec.template.spec.containers.0.enviroment')).toBeUndefined();
    expect(suggestion('spec.template.spec.containers.0.livenesProbe')).toBe('livenessProbe');
    expect(suggestion('spec.template.spec.hostnetwork')).toBe('hostNetwork');
  });

  test('a list wants an index and a scalar has nothing below it', () => {
    const containers = ['spec', 'template', 'spec', 'containers'];
    expect(lookup('1.36', 'apps/v1', 'Deployment', [...containers, 'image'])).toEqual({
      ok: false,
      at: [...containers, 'image'],
    });
    expect(lookup('1.36', 'apps/v1', 'Deployment', ['spec', 'replicas', 'x'])).toEqual({
      ok: false,
      at: ['spec', 'replicas', 'x'],
    });
  });

  test('below a schema or a boolean, the schema counts', () => {
    const top = ['spec', 'versions', '0', 'schema', 'openAPIV3Schema', 'additionalProperties'];
    const crd = ['1.36', 'apiextensions.k8s.io/v1', 'CustomResourceDefinition'] as const;
    expect(lookup(...crd, [...top, 'maxLength'])).toMatchObject({ ok: true, schema: { format: 'int64' } });
    expect(lookup(...crd, [...top, 'maxLenght']).ok).toBe(false);
  });

  test('a kind that the release does not serve is left at once', () => {
    expect(lookup('1.36', 'acme.io/v1', 'Widget', ['spec'])).toEqual({ ok: false, at: [] });
    expect(lookup('1.33', 'resource.k8s.io/v1', 'ResourceClaim', ['spec'])).toEqual({ ok: false, at: [] });
  });

  test.each(['__proto__', 'constructor', 'hasOwnProperty', ''])('%j is no field', (name) => {
    expect(lookup('1.36', 'v1', 'Pod', ['spec', name])).toMatchObject({ ok: false, at: ['spec', name] });
  });
});

describe('suggestField', () => {
  test('names the nearest field of a struct, where one is near', () => {
    const pod = kindSchema('1.36', 'v1', 'Pod');
    if (pod === undefined) throw new Error('There is no Pod.');
    expect(suggestField(pod, 'metdata')).toBe('metadata');
    expect(suggestField(pod, 'Spec')).toBe('spec');
    expect(suggestField(pod, 'template')).toBeUndefined();
  });
});
