import { App, Chart, check, synth, WebService } from '../../index';

it('keeps the initial number of replicas beside the autoscaler, without a finding', () => {
  const app = new App();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  new WebService(chart, 'api', {
    image: 'a:1',
    port: 80,
    resources: { cpu: '100m' },
    replicas: { initial: 6, min: 3, max: 9, cpu: '70%' },
  });
  const set = synth(app);
  const deployment = [...set].find(({ id }) => id.kind === 'Deployment')?.object;
  expect((deployment?.['spec'] as Record<string, unknown>)['replicas']).toBe(6);
  expect(check(set).filter(({ rule }) => /scaler|suppression/.test(rule))).toEqual([]);
});
