import { admit, type KubernetesRelease, type Manifest } from 'seaworthy';
import { rendered } from './rendered';
import { dangling } from './wiring';

const RELEASES: readonly KubernetesRelease[] = ['1.31', '1.32', '1.33', '1.34', '1.35', '1.36'];

/** What the platform provides. */
const OUTSIDE = ['Namespace default', 'Secret ghcr-login', 'Secret docker-hub-login'];

const rooms = ['hello', 'boutique', 'shop'].flatMap((app) => {
  const set = rendered(app);
  const names = set.environments;
  return names.length === 0
    ? [{ name: app, manifests: [...set] }]
    : names.map((name) => ({ name: `${app}/${name}`, manifests: [...set.in(name)] }));
});

describe.each(rooms)('$name', ({ manifests }) => {
  test('is what an API server of Kubernetes 1.31 to 1.36 accepts', () => {
    const findings = RELEASES.flatMap((release) =>
      manifests.flatMap((manifest) => refusals(manifest, release)),
    );
    expect(findings).toEqual([]);
  });

  test('refers to nothing that is not there', () => {
    expect(dangling(manifests, OUTSIDE)).toEqual([]);
  });

  test('would not do without any object that others need', () => {
    const spare = manifests.filter((one) => dangling(withoutOne(manifests, one), OUTSIDE).length === 0);
    expect([...new Set(spare.map(({ id }) => id.kind))].filter((kind) => !ENDS.includes(kind))).toEqual([]);
  });
});

/** Kinds that lead to others, and that nothing leads to but addresses. */
const ENDS = [
  'ClusterRoleBinding',
  'CronJob',
  'DaemonSet',
  'HorizontalPodAutoscaler',
  'HTTPRoute',
  'Ingress',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'PodMonitor',
  'ScaledObject',
  'Service',
];

function withoutOne(manifests: readonly Manifest[], one: Manifest): Manifest[] {
  return manifests.filter((manifest) => manifest !== one);
}

function refusals({ object, id }: Manifest, kubernetes: KubernetesRelease): string[] {
  return admit(object, { kubernetes }).map(
    ({ path, message }) => `${id.kind} ${id.name} ${path}: ${message}`,
  );
}
