import { ruleTest, unproven } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/disruption-budget-blocks-eviction',
  'error',
  [
    'PodDisruptionBudget web',
    'spec.minAvailable',
    'requires 2 of 2 pods of Deployment web, so no eviction is allowed',
    'Require fewer, use maxUnavailable: 1 instead, or run more replicas.',
  ],
  ({ failing, found }) => [
    ['all in percent', failing('minAvailable: 2', "minAvailable: '100%'"), [found()]],
    ['a percentage that rounds up to all', failing('minAvailable: 2', "minAvailable: '51%'"), [found()]],
    ['half', failing('minAvailable: 2', "minAvailable: '50%'"), []],
    [
      'more than there are',
      failing('minAvailable: 2', 'minAvailable: 5'),
      [found(undefined, 'requires 5 of 2 pods of Deployment web, so no eviction is allowed')],
    ],
    ['one more replica', failing('replicas: 2', 'replicas: 3'), []],
    [
      'the default of replicas is one',
      failing('  replicas: 2\n', '', 'minAvailable: 2', 'minAvailable: 1'),
      [found(undefined, 'requires 1 of 1 pods of Deployment web, so no eviction is allowed')],
    ],
    [
      'none may be unavailable',
      failing('minAvailable: 2', 'maxUnavailable: 0'),
      [
        found(
          'spec.maxUnavailable',
          'allows no eviction of pods of Deployment web',
          'Set maxUnavailable to at least 1.',
        ),
      ],
    ],
    [
      'none may be unavailable, in percent',
      failing('minAvailable: 2', "maxUnavailable: '0%'"),
      [
        found(
          'spec.maxUnavailable',
          'allows no eviction of pods of Deployment web',
          'Set maxUnavailable to at least 1.',
        ),
      ],
    ],
    ['a percentage may be unavailable', failing('minAvailable: 2', "maxUnavailable: '1%'"), []],
    ['null is not set', failing('minAvailable: 2', 'minAvailable: null'), []],
    ['no replicas', failing('replicas: 2', 'replicas: 0'), []],
    [
      'one Pod',
      failing('kind: Deployment', 'kind: Other', 'minAvailable: 2', 'minAvailable: 1') +
        '---\napiVersion: v1\nkind: Pod\nmetadata: { name: one, labels: { app: web } }\nspec: { containers: [{ name: web, image: a }] }\n',
      [found(undefined, 'requires 1 of 1 pods of Pod one, so no eviction is allowed')],
    ],
    ['a DaemonSet, whose pods depend on the nodes', failing('kind: Deployment', 'kind: DaemonSet'), []],
    [
      'several workloads',
      failing('replicas: 2', 'replicas: 1') +
        '---\napiVersion: v1\nkind: Pod\nmetadata: { name: one, labels: { app: web } }\nspec: { containers: [{ name: web, image: a }] }\n',
      [found(undefined, 'requires 2 of 2 pods of Deployment web and Pod one, so no eviction is allowed')],
    ],
    [
      'the minimum of an autoscaler',
      failing() +
        '---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: web }\nspec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, minReplicas: 3, maxReplicas: 5 }\n',
      [],
    ],
    [
      'the default minimum of an autoscaler',
      failing('minAvailable: 2', 'minAvailable: 1') +
        '---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: web }\nspec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, maxReplicas: 5 }\n',
      [
        unproven(
          found(
            undefined,
            'requires 1 of 1 pods of Deployment web, so no eviction is allowed until there are more',
          ),
        ),
      ],
    ],
    [
      'all of as many as an autoscaler runs',
      failing('minAvailable: 2', "minAvailable: '100%'") +
        '---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: web }\nspec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, maxReplicas: 5 }\n',
      [found(undefined, 'requires 1 of 1 pods of Deployment web, so no eviction is allowed')],
    ],
  ],
);
