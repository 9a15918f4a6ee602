import { App, Chart, check, plan, synth, WebService, type Replicas } from '../../index';

function withReplicas(replicas: Replicas) {
  const app = new App();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  new WebService(chart, 'api', { image: 'a:1', port: 80, resources: { cpu: '100m' }, replicas });
  return synth(app);
}

it('keeps the initial number of replicas beside the autoscaler, without a finding', () => {
  const set = withReplicas({ initial: 6, min: 3, max: 9, cpu: '70%' });
  const deployment = [...set].find(({ id }) => id.kind === 'Deployment')?.object;
  expect((deployment?.['spec'] as Record<string, unknown>)['replicas']).toBe(6);
  expect(check(set).filter(({ rule }) => /scaler|suppression/.test(rule))).toEqual([]);
});

it('is what a plan names where a fixed number is left to an autoscaler', () => {
  const range = { min: 3, max: 9, cpu: '70%' };
  const scaling = (replicas: Replicas) =>
    plan(withReplicas(6), withReplicas(replicas)).changes.flatMap(({ consequences }) =>
      consequences.filter(({ severity }) => severity === 'warning').map(({ message }) => message),
    );
  expect(scaling(range)).toEqual([
    expect.stringMatching(/Set replicas\.initial to 6 until the autoscaler has set the number\.$/),
  ]);
  expect(scaling({ initial: 6, ...range })).toEqual([]);
});
