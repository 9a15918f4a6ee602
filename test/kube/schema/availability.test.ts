import { availability, kinds, kindSchema, releases, servedVersions } from '../../../lib/kube/schema';
import type { KubernetesRelease } from '../../../lib/kube/schema';

describe('availability', () => {
  test('a stable version is served by default', () => {
    expect(availability('1.27', 'apps/v1', 'Deployment')).toEqual({
      status: 'served',
      stability: 'stable',
      byDefault: true,
    });
  });

  test('what was removed before 1.27 names the release and what to write instead', () => {
    expect(availability('1.30', 'extensions/v1beta1', 'Ingress')).toEqual({
      status: 'removed',
      release: '1.22',
      replacement: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
    });
    expect(availability('1.30', 'batch/v1beta1', 'CronJob')).toEqual({
      status: 'removed',
      release: '1.25',
      replacement: { apiVersion: 'batch/v1', kind: 'CronJob' },
    });
    expect(availability('1.27', 'storage.k8s.io/v1beta1', 'CSIStorageCapacity')).toMatchObject({
      status: 'removed',
      release: '1.27',
    });
  });

  test('PodSecurityPolicy is gone and nothing takes its place', () => {
    expect(availability('1.36', 'policy/v1beta1', 'PodSecurityPolicy')).toEqual({
      status: 'removed',
      release: '1.25',
    });
  });

  test('flow control v1beta3 is served up to 1.31, with a warning since 1.29, and removed in 1.32', () => {
    const flowSchema = (release: KubernetesRelease) =>
      availability(release, 'flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema');
    const replacement = { apiVersion: 'flowcontrol.apiserver.k8s.io/v1', kind: 'FlowSchema' };
    const served = { status: 'served', stability: 'beta', byDefault: true, removed: '1.32' };
    expect(flowSchema('1.28')).toEqual(served);
    expect(flowSchema('1.29')).toEqual({ ...served, deprecated: '1.29', replacement });
    expect(flowSchema('1.31')).toEqual({ ...served, deprecated: '1.29', replacement });
    expect(flowSchema('1.32')).toEqual({ status: 'removed', release: '1.32', replacement });
  });

  test('a successor is one that the release serves: v1beta2 gives way to v1 where there is one', () => {
    expect(
      availability('1.29', 'flowcontrol.apiserver.k8s.io/v1beta2', 'FlowSchema')?.replacement,
    ).toMatchObject({ apiVersion: 'flowcontrol.apiserver.k8s.io/v1' });
    expect(
      availability('1.27', 'flowcontrol.apiserver.k8s.io/v1beta2', 'FlowSchema')?.replacement,
    ).toMatchObject({ apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3' });
  });

  test('what a release does not have yet names the first that has, and what there is until then', () => {
    expect(availability('1.31', 'resource.k8s.io/v1', 'DeviceClass')).toEqual({
      status: 'future',
      release: '1.34',
      replacement: { apiVersion: 'resource.k8s.io/v1alpha3', kind: 'DeviceClass' },
    });
    expect(availability('1.29', 'admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy')).toEqual({
      status: 'future',
      release: '1.30',
      replacement: {
        apiVersion: 'admissionregistration.k8s.io/v1beta1',
        kind: 'ValidatingAdmissionPolicy',
      },
    });
    expect(availability('1.28', 'networking.k8s.io/v1', 'ServiceCIDR')).toEqual({
      status: 'future',
      release: '1.33',
    });
  });

  test('beta and alpha versions are off by default', () => {
    expect(availability('1.33', 'networking.k8s.io/v1beta1', 'IPAddress')).toMatchObject({
      stability: 'beta',
      byDefault: false,
    });
    expect(availability('1.36', 'scheduling.k8s.io/v1alpha2', 'Workload')).toMatchObject({
      stability: 'alpha',
      byDefault: false,
    });
  });

  test('a successor can be of another kind', () => {
    expect(availability('1.32', 'v1', 'Endpoints')).not.toHaveProperty('deprecated');
    expect(availability('1.33', 'v1', 'Endpoints')).toMatchObject({
      deprecated: '1.33',
      replacement: { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' },
    });
  });

  test('one version can hold kinds of different ages', () => {
    expect(availability('1.33', 'coordination.k8s.io/v1beta1', 'Lease')?.status).toBe('removed');
    expect(availability('1.33', 'coordination.k8s.io/v1beta1', 'LeaseCandidate')?.status).toBe('served');
  });

  test('a kind that was never built in is unknown', () => {
    expect(availability('1.36', 'acme.io/v1', 'Widget')).toBeUndefined();
    expect(availability('1.36', 'v1', 'Deployment')).toBeUndefined();
    expect(availability('1.36', '__proto__', 'constructor')).toBeUndefined();
  });
});

describe('servedVersions', () => {
  test('the best comes first: by default, stable, newest', () => {
    expect(servedVersions('1.36', 'autoscaling', 'HorizontalPodAutoscaler')).toEqual([
      'autoscaling/v2',
      'autoscaling/v1',
    ]);
    expect(servedVersions('1.34', 'resource.k8s.io', 'ResourceClaim')).toEqual([
      'resource.k8s.io/v1',
      'resource.k8s.io/v1beta2',
      'resource.k8s.io/v1beta1',
    ]);
    expect(servedVersions('1.33', 'resource.k8s.io', 'ResourceClaim')).toEqual([
      'resource.k8s.io/v1beta2',
      'resource.k8s.io/v1beta1',
      'resource.k8s.io/v1alpha3',
    ]);
  });

  test('the core group has no name', () => {
    expect(servedVersions('1.36', '', 'Pod')).toEqual(['v1']);
    expect(servedVersions('1.36', 'apps', 'Pod')).toEqual([]);
  });
});

describe('kinds', () => {
  test('every kind that a release serves has a schema with apiVersion, kind and metadata', () => {
    for (const release of releases) {
      for (const { apiVersion, kind } of kinds(release)) {
        const fields = kindSchema(release, apiVersion, kind)?.fields;
        expect([...(fields?.keys() ?? [])]).toEqual(
          expect.arrayContaining(['apiVersion', 'kind', 'metadata']),
        );
      }
    }
  });

  test('kinds come and go', () => {
    const served = (release: KubernetesRelease) =>
      kinds(release).map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
    expect(served('1.28')).toContain('networking.k8s.io/v1alpha1 ClusterCIDR');
    expect(served('1.29')).not.toContain('networking.k8s.io/v1alpha1 ClusterCIDR');
    expect(served('1.34')).not.toContain('scheduling.k8s.io/v1alpha1 Workload');
    expect(served('1.35')).toContain('scheduling.k8s.io/v1alpha1 Workload');
    expect(served('1.36')).toContain('scheduling.k8s.io/v1alpha2 Workload');
    expect(served('1.36')).not.toContain('extensions/v1beta1 Ingress');
  });
});
