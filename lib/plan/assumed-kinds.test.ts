import { rendered } from '../../test/constructs/rendering';
import type { Chart } from '../index';
import { ManifestSet, plan, Worker } from '../index';

const scaledObject = (min: unknown, more = ''): string => `
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: api, namespace: shop }
spec:
  minReplicaCount: ${String(min)}
  scaleTargetRef: { name: api }
  triggers: [{ type: cron, metadata: { timezone: UTC, start: 0 7 * * *, end: 0 9 * * *, desiredReplicas: "3" } }]
  ${more}
`;

const changeOf = (before: string, after: string) => {
  const [change] = plan(ManifestSet.parse(before), ManifestSet.parse(after)).changes;
  return change;
};

describe('a custom resource of well-known software', () => {
  it('is read by the newest definition that takes both sides, which the change names', () => {
    const change = changeOf(scaledObject(1), scaledObject(2));
    expect(change).toMatchObject({ effect: 'updated', assumed: 'KEDA 2.21' });
    expect(change).not.toHaveProperty('byStructure');
  });

  it('has the defaults of that definition, so that one that is written is no change', () => {
    const secret = (more: string): string => `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: login, namespace: shop }
spec: { secretStoreRef: { name: vault }${more} }
`;
    expect(changeOf(secret(''), secret(', refreshInterval: 1h0m0s'))).toMatchObject({ effect: 'none' });
  });

  it('is read by the release of the profile, and rejected where that does not take it', () => {
    const worker =
      (min: number, override?: object) =>
      (chart: Chart): void => {
        const cron = { from: '0 7 * * *', to: '0 9 * * *', timeZone: 'UTC', replicas: 3 };
        const made = new Worker(chart, 'api', { image: 'a/b:1', replicas: { min, max: 5, on: [{ cron }] } });
        if (override !== undefined) made.scaledObject?.override(override);
      };
    const profile = { installed: { keda: '2.18' } } as const;
    const before = rendered(worker(1), { profile });
    const changed = plan(before, rendered(worker(2), { profile })).changes;
    expect(changed.find(({ effect }) => effect === 'updated')).toMatchObject({ assumed: 'KEDA 2.18' });
    const wrong = rendered(worker(1, { spec: { fallback: { behavior: 'unknown' } } }), { profile });
    expect(plan(before, wrong).changes.find(({ effect }) => effect === 'rejected')).toMatchObject({
      id: { kind: 'ScaledObject' },
      assumed: 'KEDA 2.18',
    });
  });

  it('is compared by structure where no known release takes it: the cluster may have another', () => {
    expect(changeOf(scaledObject(1), scaledObject('many'))).toMatchObject({
      effect: 'updated',
      byStructure: true,
    });
  });
});
