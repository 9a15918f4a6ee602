import type { Chart } from '../../lib';
import { ExternalSecret, KubeObject } from '../../lib';
import { only, problems } from './rendering';

/** A custom resource in its own words. */
function custom(chart: Chart, apiVersion: string, kind: string, spec: object): KubeObject {
  return new KubeObject(chart, 'a', { apiVersion, kind, content: () => ({ spec }) });
}

const containers = [
  { name: 'web', image: 'a/web:1' },
  { name: 'proxy', image: 'a/proxy:1' },
];
const rollout = (chart: Chart): KubeObject =>
  custom(chart, 'argoproj.io/v1alpha1', 'Rollout', {
    template: { spec: { containers } },
    strategy: { canary: { steps: [{ setWeight: 5 }] } },
  });

describe('an override of a custom resource of well-known software', () => {
  it.each([
    [{ spec: { stratgy: {} } }, 'spec.stratgy', 'Did you mean "strategy"?'],
    [
      { spec: { strategy: { canary: { maxSurg: 1 } } } },
      'spec.strategy.canary.maxSurg',
      'Did you mean "maxSurge"?',
    ],
    [
      { spec: { template: { spec: { containers: [{ name: 'web', imagee: 'x' }] } } } },
      'spec.template.spec.containers[0].imagee',
      'Did you mean "image"?',
    ],
  ])('is told of a field that the kind does not have: %j', (patch, path, hint) => {
    expect(problems((chart) => rollout(chart).override(patch))).toMatchObject([
      { code: 'UNKNOWN_FIELD', path, hint },
    ]);
  });

  it('is told of one of a construct', () => {
    const told = problems((chart) =>
      new ExternalSecret(chart, 'login', { store: 'vault', keys: { password: 'db#password' } }).override({
        // @ts-expect-error The types say so, too.
        spec: { refreshIntervall: '5m' },
      }),
    );
    expect(told).toMatchObject([
      { code: 'UNKNOWN_FIELD', path: 'spec.refreshIntervall', hint: 'Did you mean "refreshInterval"?' },
    ]);
  });

  it('finds items by the keys of their list, else by their names', () => {
    const patch = { spec: { template: { spec: { containers: [{ name: 'proxy', image: 'a/proxy:2' }] } } } };
    expect(only('Rollout', (chart) => rollout(chart).override(patch))['spec']).toMatchObject({
      template: {
        spec: {
          containers: [
            { name: 'web', image: 'a/web:1' },
            { name: 'proxy', image: 'a/proxy:2' },
          ],
        },
      },
    });
    const gateway = (chart: Chart): KubeObject =>
      custom(chart, 'gateway.networking.k8s.io/v1', 'Gateway', {
        gatewayClassName: 'a',
        listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }],
      });
    const listeners = [{ name: 'http', hostname: 'shop.example' }];
    expect(
      only('Gateway', (chart) => gateway(chart).override({ spec: { listeners } }))['spec'],
    ).toMatchObject({
      listeners: [{ name: 'http', port: 80, protocol: 'HTTP', hostname: 'shop.example' }],
    });
  });

  it('takes any field of a kind of other software', () => {
    const widget = (chart: Chart): KubeObject => custom(chart, 'example.com/v1', 'Widget', { size: 1 });
    expect(
      only('Widget', (chart) => widget(chart).override({ spec: { anything: { goes: true } } }))['spec'],
    ).toEqual({
      size: 1,
      anything: { goes: true },
    });
  });
});
