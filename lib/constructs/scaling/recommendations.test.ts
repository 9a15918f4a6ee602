import { canary, check, NodeAgent } from '../../index';
import { faultsOf, only, rendered, worker } from '../../../test/constructs/rendering';

const PROFILE = { profile: { installed: ['vertical-pod-autoscaler'] } } as const;
const recommend = { recommendResources: true };

it('recommends requests beside an autoscaler, and changes nothing', () => {
  const props = { ...recommend, replicas: { max: 3, cpu: '70%' }, resources: { cpu: 1 } };
  const set = rendered(worker(props), PROFILE);
  expect(set.get({ kind: 'VerticalPodAutoscaler' }).object['spec']).toEqual({
    targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-app' },
    updatePolicy: { updateMode: 'Off' },
  });
  expect(check(set).filter(({ rule }) => rule === 'wiring/scalers-collide')).toEqual([]);
  expect(rendered(worker({}), PROFILE).find({ kind: 'VerticalPodAutoscaler' })).toEqual([]);
});

it('does so for the pods of a Rollout', () => {
  const found = only('VerticalPodAutoscaler', worker({ ...recommend, rollout: canary(['50%']) }), {
    profile: { installed: ['vertical-pod-autoscaler', 'argo-rollouts'] },
  });
  expect(found['spec']).toMatchObject({
    targetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'shop-app' },
  });
});

it('does so for the pods of every node', () => {
  const agent = only(
    'VerticalPodAutoscaler',
    (chart) => new NodeAgent(chart, 'app', { image: 'acme/app:1', ...recommend }),
    PROFILE,
  );
  expect(agent['spec']).toMatchObject({ targetRef: { kind: 'DaemonSet' } });
});

it('needs the Vertical Pod Autoscaler in the profile', () => {
  expect(faultsOf(recommend, { profile: {} })).toEqual(['MISSING_PROP installed']);
});
