import { ManifestSet } from '../../../manifest/set';
import { check } from '../../check';
import { ruleTest, unproven } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/monitor-ignored',
  'error',
  [
    'PrometheusRule web',
    'metadata.labels',
    'no Prometheus selects it: ruleSelector requires prometheus=main',
    'Add the labels prometheus=main.',
  ],
  ({ failing, passing, found }) => [
    [
      'a ServiceMonitor',
      passing('kind: PrometheusRule', 'kind: ServiceMonitor'),
      [
        found(
          undefined,
          'no Prometheus selects it: serviceMonitorSelector is not set',
          'Set spec.serviceMonitorSelector of the Prometheus; {} selects all.',
          'ServiceMonitor web',
        ),
      ],
    ],
    [
      'a PodMonitor',
      passing('kind: PrometheusRule', 'kind: PodMonitor', 'ruleSelector:', 'podMonitorSelector:'),
      [],
    ],
    [
      'a rule that a ThanosRuler selects',
      `${failing()}---\napiVersion: monitoring.coreos.com/v1\nkind: ThanosRuler\nmetadata: { name: all }\nspec: { ruleSelector: {} }\n`,
      [],
    ],
    ['another label', passing('labels: { prometheus: main }', 'labels: { prometheus: other }'), [found()]],
    [
      'another namespace',
      passing('name: web,', 'name: web, namespace: shop,'),
      [
        unproven(
          found(
            'metadata.namespace',
            'no Prometheus selects it: it selects only from its own namespace "default", but whoever applies Prometheus main chooses its namespace',
            'Set spec.ruleNamespaceSelector of the Prometheus.',
            'PrometheusRule shop/web',
          ),
        ),
      ],
    ],
    [
      'another namespace, where both name theirs',
      passing('name: web,', 'name: web, namespace: shop,', 'name: main }', 'name: main, namespace: ops }'),
      [
        found(
          'metadata.namespace',
          'no Prometheus selects it: it selects only from its own namespace "ops"',
          'Set spec.ruleNamespaceSelector of the Prometheus.',
          'PrometheusRule shop/web',
        ),
      ],
    ],
    [
      'a namespace that is not selected',
      passing(
        'name: web,',
        'name: web, namespace: shop,',
        'spec: { ruleSelector',
        'spec: { ruleNamespaceSelector: { matchLabels: { team: a } }, ruleSelector',
      ) + '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { team: b } }\n',
      [
        found(
          'metadata.namespace',
          'no Prometheus selects it: ruleNamespaceSelector requires team=a',
          'Add the labels team=a to namespace "shop".',
          'PrometheusRule shop/web',
        ),
      ],
    ],
    [
      'a namespace that is selected',
      passing(
        'name: web,',
        'name: web, namespace: shop,',
        'spec: { ruleSelector',
        'spec: { ruleNamespaceSelector: { matchLabels: { team: a } }, ruleSelector',
      ) + '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { team: a } }\n',
      [],
    ],
    [
      'a namespace that is unknown',
      passing(
        'name: web,',
        'name: web, namespace: shop,',
        'spec: { ruleSelector',
        'spec: { ruleNamespaceSelector: { matchLabels: { team: a } }, ruleSelector',
      ),
      [],
    ],
    [
      'a second Prometheus that selects it',
      failing() +
        '---\napiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: { name: other }\nspec: { ruleSelector: {} }\n',
      [],
    ],
    ['another kind of the group', failing('kind: PrometheusRule', 'kind: Probe'), []],
    [
      'the kind of another group',
      failing('monitoring.coreos.com/v1\nkind: PrometheusRule', 'acme.example/v1\nkind: PrometheusRule'),
      [],
    ],
    [
      'no Prometheus',
      'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: { name: web }\nspec: { groups: [] }\n',
      [],
    ],
    [
      'the profile',
      'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: { name: web }\nspec: { groups: [] }\n',
      [found()],
      { profile: { prometheus: { ruleSelector: { matchLabels: { prometheus: 'main' } } } } },
    ],
    [
      'the profile without a selector',
      'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: { name: web }\nspec: { groups: [] }\n',
      [],
      { profile: { prometheus: { podMonitorSelector: { matchLabels: { prometheus: 'main' } } } } },
    ],
  ],
);

describe('a monitor beside a Prometheus that does not select it', () => {
  const found = (label: string, ...[first = '', second = '']: readonly string[]) => {
    const group = 'monitoring.coreos.com/v1';
    const selector = { matchLabels: { release: 'main-stack' } };
    const manifests = ManifestSet.of([
      {
        apiVersion: group,
        kind: 'Prometheus',
        metadata: { name: 'main', namespace: 'ops' },
        spec: { podMonitorSelector: selector },
      },
      {
        apiVersion: group,
        kind: 'PodMonitor',
        metadata: { name: 'web', namespace: 'ops', labels: { release: label } },
      },
    ]).manifests;
    const placed = manifests.map((manifest, index) => ({
      ...manifest,
      origin: { source: [first, second][index] ?? '' },
    }));
    return check(ManifestSet.from(placed))
      .filter(({ rule }) => rule === 'wiring/monitor-ignored')
      .map(({ severity, message }) => `${severity}: ${message}`);
  };
  const message = 'no Prometheus selects it: podMonitorSelector requires release=main-stack';

  it('is for it in the same folder', () => {
    expect(found('other', 'ops/prometheus.yaml:1', 'ops/web.yaml:1')).toEqual([`error: ${message}`]);
  });

  it('may be for another one in another folder', () => {
    expect(found('other', 'prometheus/prometheus.yaml:1', 'web/monitor.yaml:1')).toEqual([
      `warning: ${message}, but it may be for a Prometheus that is not here`,
    ]);
  });

  it('is for it where its label is a letter off', () => {
    expect(found('main-stac', 'prometheus/prometheus.yaml:1', 'web/monitor.yaml:1')).toEqual([
      `error: ${message}`,
    ]);
  });
});
