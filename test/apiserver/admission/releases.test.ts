import { admit } from '../../../lib/check/admit';
import { releases } from '../../../lib/kube/schema';

function refusal(kubernetes: string, apiVersion: string, kind: string): string {
  const findings = admit({ apiVersion, kind, metadata: { name: 'x' } }, { kubernetes });
  return findings
    .filter(({ rule }) => rule === 'admission/unserved-kind')
    .map(({ path, message, hint }) => `${path}: ${message}. ${hint ?? ''}`.trim())
    .join();
}

describe('a kind that a release has removed', () => {
  it.each([
    ['1.27', 'storage.k8s.io/v1beta1', 'CSIStorageCapacity', '1.27', 'storage.k8s.io/v1'],
    ['1.27', 'autoscaling/v2beta2', 'HorizontalPodAutoscaler', '1.26', 'autoscaling/v2'],
    ['1.27', 'autoscaling/v2beta1', 'HorizontalPodAutoscaler', '1.25', 'autoscaling/v2'],
    ['1.28', 'batch/v1beta1', 'CronJob', '1.25', 'batch/v1'],
    ['1.28', 'policy/v1beta1', 'PodDisruptionBudget', '1.25', 'policy/v1'],
    ['1.29', 'flowcontrol.apiserver.k8s.io/v1beta2', 'FlowSchema', '1.29', 'flowcontrol.apiserver.k8s.io/v1'],
    ['1.30', 'extensions/v1beta1', 'Ingress', '1.22', 'networking.k8s.io/v1'],
    ['1.31', 'networking.k8s.io/v1beta1', 'IngressClass', '1.22', 'networking.k8s.io/v1'],
    [
      '1.32',
      'flowcontrol.apiserver.k8s.io/v1beta3',
      'PriorityLevelConfiguration',
      '1.32',
      'flowcontrol.apiserver.k8s.io/v1',
    ],
    ['1.33', 'rbac.authorization.k8s.io/v1beta1', 'Role', '1.22', 'rbac.authorization.k8s.io/v1'],
    ['1.34', 'discovery.k8s.io/v1beta1', 'EndpointSlice', '1.25', 'discovery.k8s.io/v1'],
    ['1.35', 'apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', '1.22', 'apiextensions.k8s.io/v1'],
    ['1.36', 'apps/v1beta2', 'Deployment', '1.16', 'apps/v1'],
  ])(
    'is refused by %s with the release and the replacement: %s %s',
    (kubernetes, apiVersion, kind, removed, by) => {
      expect(refusal(kubernetes, apiVersion, kind)).toBe(
        `apiVersion: no matches for kind "${kind}" in version "${apiVersion}": it was removed in Kubernetes ${removed}. ` +
          `Use ${by} ${kind} instead.`,
      );
    },
  );

  it('and that no kind replaces has another way out', () => {
    expect(refusal('1.27', 'policy/v1beta1', 'PodSecurityPolicy')).toMatch(
      /removed in Kubernetes 1\.25.*Label/,
    );
  });
});

describe('a kind that a release does not have yet', () => {
  it.each([
    ['1.28', 'flowcontrol.apiserver.k8s.io/v1', 'FlowSchema', '1.29', 'flowcontrol.apiserver.k8s.io/v1beta3'],
    ['1.29', 'admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', '1.30', ''],
    ['1.32', 'networking.k8s.io/v1', 'ServiceCIDR', '1.33', ''],
    ['1.33', 'resource.k8s.io/v1', 'ResourceClaim', '1.34', ''],
    ['1.33', 'storage.k8s.io/v1', 'VolumeAttributesClass', '1.34', ''],
    ['1.35', 'admissionregistration.k8s.io/v1', 'MutatingAdmissionPolicy', '1.36', ''],
  ])(
    'is refused by %s with the release that has it: %s %s',
    (kubernetes, apiVersion, kind, since, instead) => {
      const said = refusal(kubernetes, apiVersion, kind);
      expect(said).toContain(`it is served since Kubernetes ${since}`);
      expect(said).toContain(instead);
      expect(refusal(since, apiVersion, kind)).toBe('');
    },
  );
});

it('a version that a server serves only when told to is refused', () => {
  expect(refusal('1.33', 'resource.k8s.io/v1beta1', 'ResourceClaim')).toContain('--runtime-config');
  expect(refusal('1.36', 'scheduling.k8s.io/v1alpha2', 'Workload')).toContain('--runtime-config');
});

it('the beta versions that were there before servers waited to be told are served', () => {
  expect(refusal('1.31', 'flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema')).toBe('');
  expect(refusal('1.28', 'flowcontrol.apiserver.k8s.io/v1beta2', 'FlowSchema')).toBe('');
});

it('a level of priority is judged alike in each version that a release serves', () => {
  const level = {
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta2',
    kind: 'PriorityLevelConfiguration',
    metadata: { name: 'low' },
    spec: { type: 'Limited', limited: { limitResponse: { type: 'Queue', queuing: {} } } },
  };
  expect(admit(level, { kubernetes: '1.28' })).toEqual([]);
  expect(admit({ ...level, apiVersion: level.apiVersion.replace('2', '3') }, { kubernetes: '1.31' })).toEqual(
    [],
  );
  const limited = { ...level.spec.limited, assuredConcurrencyShares: -1 };
  expect(admit({ ...level, spec: { type: 'Limited', limited } }, { kubernetes: '1.28' })).toMatchObject([
    { path: 'spec.limited.assuredConcurrencyShares' },
  ]);
});

it('what a server only says of itself is taken by none', () => {
  for (const kubernetes of releases) expect(refusal(kubernetes, 'v1', 'ComponentStatus')).toMatch(/^kind: /);
});
