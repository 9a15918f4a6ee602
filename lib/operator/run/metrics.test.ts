import { Metrics } from './metrics';

it('writes counters, gauges and histograms as Prometheus reads them', () => {
  const metrics = new Metrics();
  const reconciles = metrics.counter('reconciles_total', 'Reconciles by result.');
  metrics.gauge('queue_depth', 'Resources that wait.', () => [[{}, 3]]);
  const seconds = metrics.histogram('seconds', 'Duration.', [0.1, 1]);
  reconciles.add({ kind: 'WebApp', result: 'applied' });
  reconciles.add({ kind: 'WebApp', result: 'applied' }, 2);
  for (const value of [0.05, 0.5, 5]) seconds.observe({ kind: 'WebApp' }, value);
  expect(metrics.text()).toBe(
    [
      '# HELP reconciles_total Reconciles by result.',
      '# TYPE reconciles_total counter',
      'reconciles_total{kind="WebApp",result="applied"} 3',
      '# HELP queue_depth Resources that wait.',
      '# TYPE queue_depth gauge',
      'queue_depth 3',
      '# HELP seconds Duration.',
      '# TYPE seconds histogram',
      'seconds_bucket{kind="WebApp",le="0.1"} 1',
      'seconds_bucket{kind="WebApp",le="1"} 2',
      'seconds_bucket{kind="WebApp",le="+Inf"} 3',
      'seconds_sum{kind="WebApp"} 5.55',
      'seconds_count{kind="WebApp"} 3',
      '',
    ].join('\n'),
  );
});

it('escapes what a label must not have', () => {
  const metrics = new Metrics();
  metrics.counter('a_total', 'A.').add({ name: 'back\\slash "quoted"\nline' });
  expect(metrics.text()).toContain('a_total{name="back\\\\slash \\"quoted\\"\\nline"} 1\n');
});
