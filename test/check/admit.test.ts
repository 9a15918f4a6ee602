import * as fc from 'fast-check';
import { admit } from '../../lib/check/admit';
import { deployment, having, pod, refusals, service } from '../apiserver/admission/objects';
import { effort } from '../effort';

describe('an object that the API server would take', () => {
  it.each([
    ['a Pod', pod],
    ['a Deployment', deployment],
    ['a Service', service],
    ['a custom resource, which its definition has to judge', { apiVersion: 'acme.io/v1', kind: 'Widget' }],
  ])('has no findings: %s', (_, object) => {
    expect(admit(object)).toEqual([]);
  });

  it('has none in any release that is known', () => {
    for (const kubernetes of ['1.27', '1.31', 'v1.36.2'])
      expect(admit(deployment, { kubernetes })).toEqual([]);
  });
});

describe('a finding', () => {
  it('names the object, the field as the server does, the reason and a hint', () => {
    expect(admit(having(pod, 'spec.containers.0.imagePolicy', 'Always'))).toEqual([
      {
        rule: 'admission/unknown-field',
        severity: 'error',
        id: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web' },
        path: 'spec.containers[0].imagePolicy',
        message: 'unknown field "spec.containers[0].imagePolicy"',
      },
    ]);
    expect(admit(having(pod, 'spec.containers.0.imag', 'nginx'))).toMatchObject([
      { hint: 'Did you mean "image"?' },
    ]);
  });

  it('names an object without a name by what its name begins with', () => {
    const generated = having(having(pod, 'metadata.name', undefined), 'metadata.generateName', 'web-');
    expect(admit(having(generated, 'spec.containers', []))).toMatchObject([{ id: { name: 'web-*' } }]);
  });
});

describe('the kind of an object', () => {
  it('that a release has removed is a finding with its replacement', () => {
    const [finding] = admit(
      { apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget' },
      { kubernetes: '1.29' },
    );
    expect(finding).toMatchObject({
      path: 'apiVersion',
      message:
        'no matches for kind "PodDisruptionBudget" in version "policy/v1beta1": it was removed in Kubernetes 1.25',
      hint: 'Use policy/v1 PodDisruptionBudget instead.',
    });
  });

  it('that a release does not have yet is a finding with the release that has it', () => {
    const policy = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy' };
    expect(admit(policy, { kubernetes: '1.29' })).toMatchObject([
      { message: expect.stringContaining('1.30') as string },
    ]);
  });

  it('that is in another group is a finding that names it', () => {
    expect(admit({ apiVersion: 'v1', kind: 'Deployment' })).toMatchObject([
      { path: 'kind', hint: 'Did you mean apps/v1 Deployment?' },
    ]);
  });

  it.each([[null], [[]], ['Pod'], [{}], [{ apiVersion: 'v1' }], [{ apiVersion: 1, kind: 'Pod' }]])(
    'has to be there: %j',
    (object) => {
      expect(admit(object)).toHaveLength(1);
    },
  );

  it('is judged by a release that is known, or not at all', () => {
    expect(() => admit(pod, { kubernetes: '1.20' })).toThrow(/1\.27/);
  });
});

describe('anything at all', () => {
  const kinds = [pod, deployment, service].map(({ apiVersion, kind }) => ({ apiVersion, kind }));

  it('gets an answer and no exception', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.anything(), fc.anything(), (kind, meta, spec) => {
        expect(Array.isArray(admit({ ...kind, metadata: meta, spec }))).toBe(true);
      }),
      { numRuns: effort(100, 300) },
    );
  });

  it('may contain itself, nest without end, or throw when it is read', () => {
    const cyclic: Record<string, unknown> = { ...pod };
    cyclic['spec'] = cyclic;
    let deep: unknown = { type: 'object' };
    for (let depth = 0; depth < 20_000; depth++) deep = { type: 'object', properties: { a: deep } };
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      spec: { versions: [{ schema: { openAPIV3Schema: deep } }] },
    };
    const throwing = {
      ...pod,
      get spec(): unknown {
        throw new Error('no');
      },
    };
    expect(admit(cyclic)).not.toEqual([]);
    expect(refusals(definition)).toHaveLength(1);
    expect(admit(throwing)).toMatchObject([{ message: 'the object cannot be read: no' }]);
  });

  it('pollutes no prototype', () => {
    const evil = JSON.parse('{"__proto__": {"polluted": "yes"}, "constructor": "x"}') as unknown;
    admit(having(pod, 'metadata.labels', evil));
    admit(having(pod, 'spec.nodeSelector', evil));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(refusals(having(pod, 'spec.nodeSelector', { constructor: 'x' }))).toEqual([]);
  });

  it('is left as it was', () => {
    const before = structuredClone(deployment);
    admit(deployment);
    expect(deployment).toEqual(before);
  });
});

describe('with feature gates of the server', () => {
  const pod = (spec: object): object => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { containers: [{ name: 'a', image: 'a:1' }], ...spec },
  });

  it('follows them in rules and in what is dropped before a rule sees it', () => {
    const both = pod({ hostUsers: false, hostNetwork: true });
    const kubernetes = '1.31';
    expect(admit(both, { kubernetes })).toEqual([]);
    expect(admit(both, { kubernetes, featureGates: { UserNamespacesSupport: true } })).toMatchObject([
      { path: 'spec.hostNetwork', severity: 'error' },
    ]);
  });

  it.each([
    [{ NoSuchGate: true }, 'featureGates.NoSuchGate'],
    [{ SidecarContainers: false }, 'featureGates.SidecarContainers'],
  ])('refuses %j, with which it would not start', (featureGates, path) => {
    expect(() => admit(pod({}), { featureGates })).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ code: 'INVALID_PROP', path })],
      }) as Error,
    );
  });
});
