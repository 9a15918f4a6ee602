import type { Manifest } from 'seaworthy';
import { Manifests } from 'seaworthy/testing';
import 'seaworthy/testing/jest';
import { boutique } from '../../apps/boutique/app';
import { hello } from '../../apps/hello/app';
import { inference } from '../../apps/inference/app';
import { monitoring } from '../../apps/monitoring/app';
import { petStore } from '../../apps/pet-store/app';
import { shop } from '../../apps/shop/app';
import { sockShop } from '../../apps/sock-shop/app';
import { releases } from '../../lib/kube/schema';

describe.each(Object.entries({ hello, boutique, inference, monitoring, shop, petStore, sockShop }))(
  '%s',
  (_, make) => {
    const app = Manifests.from(make());

    test.each(releases.slice(releases.indexOf('1.31')))(
      'is what an API server of Kubernetes %s accepts',
      (release) => {
        expect(app).toBeAdmitted(release);
      },
    );

    test('fits together and is wise, or says why not', () => {
      expect(app).toHaveNoFindings({ info: true });
    });

    test('would not do without any object that others need', () => {
      const graph = app.references();
      const isNeeded = (manifest: Manifest): boolean =>
        ENDS.has(manifest.id.kind) ||
        manifest.object.metadata.labels?.['grafana_dashboard'] !== undefined ||
        graph.to(manifest).some(({ from }) => from !== manifest) ||
        [...app].some(({ id }) => manifest.id.kind === 'Namespace' && id.namespace === manifest.id.name);
      expect([...app].filter((manifest) => !isNeeded(manifest)).map(({ id }) => id)).toEqual([]);
    });
  },
);

/** Kinds that lead to others, and that nothing leads to but addresses. */
const ENDS: ReadonlySet<string> = new Set([
  'AuthorizationPolicy',
  'ClusterRoleBinding',
  'CronJob',
  'DaemonSet',
  'HorizontalPodAutoscaler',
  'HTTPRoute',
  'Ingress',
  'LimitRange',
  'NetworkPolicy',
  'PeerAuthentication',
  'PodDisruptionBudget',
  'PodMonitor',
  'PrometheusRule',
  'ResourceQuota',
  'RoleBinding',
  'Rollout',
  'ScaledObject',
  'Service',
  'ServiceMonitor',
  'VerticalPodAutoscaler',
  'VolumeSnapshot',
]);
