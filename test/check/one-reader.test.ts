import { check } from '../../lib/check/check';
import { ManifestSet } from '../../lib/manifest/set';

const rulesFor = (...objects: object[]): string[] =>
  check(ManifestSet.of(objects), { preset: 'strict' }).map(({ rule, path }) => `${rule} ${path}`);

const meta = (name: string) => ({ name, namespace: 'shop' });

describe('a Service that selects by a label which a controller adds', () => {
  const workload = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: meta('db'),
    spec: {
      serviceName: 'db',
      replicas: 2,
      selector: { matchLabels: { app: 'db' } },
      template: {
        metadata: { labels: { app: 'db' } },
        spec: { containers: [{ name: 'db', image: 'example/db:1.0.0', ports: [{ containerPort: 5432 }] }] },
      },
    },
  };
  const service = (name: string, spec: object): object => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta(name),
    spec: { ports: [{ port: 5432 }], ...spec },
  });
  const governing = service('db', {
    clusterIP: 'None',
    publishNotReadyAddresses: true,
    selector: { app: 'db' },
  });
  const perPod = service('db-0', { selector: { 'statefulset.kubernetes.io/pod-name': 'db-0' } });
  const perApp = service('db-0', { selector: { app: 'db' } });
  const stranger = service('db-0', { selector: { 'statefulset.kubernetes.io/pod-name': 'other-0' } });

  it('has the findings of one that selects by a label of the template', () => {
    const found = rulesFor(perPod, governing, workload);
    expect(found).toEqual(rulesFor(perApp, governing, workload));
    expect(found).toContain('policy/readiness-probe spec.template.spec.containers[0].readinessProbe');
    expect(found).not.toContain('wiring/service-selects-nothing spec.selector');
  });

  it('selects nothing where no pod can have that label', () => {
    const found = rulesFor(stranger, governing, workload);
    expect(found).toContain('wiring/service-selects-nothing spec.selector');
    expect(found).not.toContain('policy/readiness-probe spec.template.spec.containers[0].readinessProbe');
  });

  it.each([
    [
      'a budget',
      'policy/disruption-budget ',
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        spec: { maxUnavailable: 1, selector: { matchLabels: { 'apps.kubernetes.io/pod-index': '0' } } },
      },
    ],
    [
      'a NetworkPolicy',
      'policy/network-policy ',
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        spec: { podSelector: { matchLabels: { 'statefulset.kubernetes.io/pod-name': 'db-1' } } },
      },
    ],
  ])('so does %s', (_, rule, object) => {
    expect(rulesFor(governing, workload)).toContain(rule);
    expect(rulesFor(governing, workload, { ...object, metadata: meta('db') })).not.toContain(rule);
  });
});

it('calls a container without a name by its index', () => {
  const spec = { initContainers: [{ image: 'a:1' }], containers: [{ image: 'b:1' }] };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: meta('web'), spec };
  const messages = check(ManifestSet.of([pod]), { preset: 'strict' }).map(({ message }) => message);
  expect(messages.filter((message) => message.includes('""'))).toEqual([]);
  expect(messages.some((message) => message.includes('"initContainers[0]"'))).toBe(true);
  expect(messages.some((message) => message.includes('"containers[0]"'))).toBe(true);
});
