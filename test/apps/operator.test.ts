import { operator } from '../../apps/operator/app';
import { profile, webApp } from '../../apps/operator/definitions';
import { borrowed, catalogue, returns } from '../../apps/operator/resources';
import { check, synth, type PlainObject } from '../../lib';
import { reconcile } from '../../lib/testing';

const set = synth(operator());

it('has nothing to report, and resources that their definition accepts', () => {
  expect(check(set).filter(({ severity }) => severity !== 'info')).toEqual([]);
  expect(set.find({ kind: 'WebApp' })).toHaveLength(2);
});

it('serves the apps of both teams', () => {
  const { manifests, conditions } = reconcile(webApp, catalogue, { profile });
  expect(conditions.Ready).toMatchObject({ status: 'True' });
  manifests.hasResource('HorizontalPodAutoscaler', { spec: { minReplicas: 3, maxReplicas: 10 } });
  manifests.hasResource('Ingress', { spec: { rules: [{ host: 'catalogue.shop.example' }] } });
  const { manifests: others } = reconcile(webApp, returns, { profile });
  others.hasResource('Deployment', { metadata: { name: 'returns', namespace: 'shop-teams' } });
  expect(others.set.find({ kind: 'Ingress' })).toEqual([]);
});

it('refuses an image that nobody here has built', () => {
  const { conditions, cluster } = reconcile(webApp, borrowed, { profile });
  expect(conditions.Stalled).toMatchObject({ status: 'True', reason: 'CheckFailed' });
  expect(conditions.Stalled.message).toContain(
    'image "docker.io/library/nginx:1.27.3" is not from ghcr.io/acme/',
  );
  expect(cluster.size).toBe(0);
});

it('may write each kind that its resources render', () => {
  const rendered = [catalogue, returns].flatMap((each) => [
    ...reconcile(webApp, each as PlainObject, { profile }).manifests.set,
  ]);
  const { object } = set.get({ kind: 'ClusterRole' });
  const rules = JSON.stringify(object['rules']);
  for (const { id } of rendered) expect(rules).toContain(`"${id.kind.toLowerCase().replace(/y$/, 'ie')}`);
});
