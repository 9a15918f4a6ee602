import { sentences, workload } from '../../../../test/plan/consequences/consequences';
import { object } from '../../../../test/plan/changes';
import { ManifestSet } from '../../../manifest/set';
import { plan } from '../../plan';

const named = (kind: string, name: string, spec: object) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'shop' },
  spec,
});
const quota = (hard: object, more: object = {}) => named('ResourceQuota', 'team', { hard, ...more });
const range = named('LimitRange', 'team', { limits: [{ type: 'Container', default: { memory: '1Gi' } }] });
const deployment = (image: string, resources?: object) =>
  workload('Deployment', {}, image, {
    containers: [{ name: 'app', image, ...(resources !== undefined && { resources }) }],
  });
const pod = (resources: object = {}, more: object = {}) =>
  object('v1', 'Pod', { spec: { ...more, containers: [{ name: 'app', image: 'a', resources }] } });
const memory = quota({ 'limits.memory': '4Gi' });

const downtime = (before: readonly object[], after: readonly object[]): string[] =>
  sentences('downtime', before, after);

describe('pods without what a quota demands', () => {
  it('are not created by a rollout', () => {
    expect(downtime([deployment('a:1'), memory], [deployment('a:2'), memory])).toEqual([
      'error: The rollout of Deployment shop/a is stuck, with 1 of 1 old pods serving: new pods cannot be created. FailedCreate: failed quota: team: must specify limits.memory for: app.',
    ]);
    const given = { limits: { memory: '1Gi' } };
    expect(downtime([deployment('a:1'), memory], [deployment('a:2', given), memory])).toEqual([]);
  });

  it('get it from a LimitRange, or need not say it where the quota does not count them', () => {
    expect(downtime([deployment('a:1'), memory], [deployment('a:2'), memory, range])).toEqual([]);
    const storage = quota({ pods: '10', 'requests.ephemeral-storage': '1Gi' });
    expect(downtime([deployment('a:1'), storage], [deployment('a:2'), storage])).toEqual([]);
    const scoped = quota({ 'limits.memory': '4Gi' }, { scopes: ['NotBestEffort'] });
    expect(downtime([deployment('a:1'), scoped], [deployment('a:2'), scoped])).toEqual([]);
  });

  it('go on, and are not created again after a new quota or without the LimitRange', () => {
    const rest =
      'they continue, and those of Deployment shop/a cannot be created again after an eviction or a rollout: failed quota: team: must specify limits.memory for: app.';
    expect(downtime([deployment('a:1')], [deployment('a:1'), memory])).toEqual([
      `warning: ResourceQuota shop/team demands what running pods do not say: ${rest}`,
    ]);
    expect(downtime([deployment('a:1'), memory, range], [deployment('a:1'), memory])).toEqual([
      `warning: Without the defaults of LimitRange shop/team, a ResourceQuota demands what running pods do not say: ${rest}`,
    ]);
    expect(downtime([deployment('a:1'), memory], [deployment('a:1')])).toEqual([]);
  });
});

describe('a new Pod', () => {
  const reasons = (before: readonly object[], after: readonly object[]): (string | undefined)[] =>
    plan(ManifestSet.of(before), ManifestSet.of(after)).changes.flatMap(
      (change) => change.reasons?.map(({ message }) => message) ?? [],
    );

  it('is rejected without what a quota demands', () => {
    expect(reasons([memory], [memory, pod()])).toEqual([
      'Forbidden: failed quota: team: must specify limits.memory for: app',
    ]);
    expect(reasons([memory], [memory, range, pod()])).toEqual([]);
  });

  it('is rejected where what runs leaves it no room, in the words of the API server', () => {
    const two = quota({ pods: '2', 'requests.cpu': '1' });
    const cpu = (amount: string) => ({ requests: { cpu: amount } });
    const web = deployment('a:1', cpu('600m'));
    expect(reasons([two, web], [two, web, pod(cpu('500m'))])).toEqual([
      'Forbidden: exceeded quota: team, requested: requests.cpu=500m, used: requests.cpu=600m, limited: requests.cpu=1',
    ]);
    expect(reasons([two, web], [two, web, pod(cpu('400m'))])).toEqual([]);
    // A workload that comes with it takes nothing yet.
    expect(reasons([two], [two, web, pod(cpu('500m'))])).toEqual([]);
  });

  it('has the room of one that may be complete', () => {
    const one = quota({ pods: '1' });
    const there = (more: object) => ({ ...pod({}, more), metadata: { name: 'old', namespace: 'shop' } });
    const [old, done] = [there({}), there({ restartPolicy: 'Never' })];
    expect(reasons([one, old], [one, old, pod()])).toEqual([
      'Forbidden: exceeded quota: team, requested: pods=1, used: pods=1, limited: pods=1',
    ]);
    expect(reasons([one, done], [one, done, pod()])).toEqual([]);
  });
});
