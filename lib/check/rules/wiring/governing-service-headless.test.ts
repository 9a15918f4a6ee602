import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/governing-service-headless',
  'warning',
  [
    'Service db',
    'spec.clusterIP',
    'governs StatefulSet db but is not headless',
    'Set clusterIP: None, and use a second Service for a cluster IP.',
  ],
  ({ failing, passing, found }) => [
    [
      'pods of another workload',
      passing('selector: { app: db }, ports', 'selector: { app: web }, ports') +
        '---\napiVersion: v1\nkind: Pod\nmetadata: { name: web, labels: { app: web } }\nspec: { containers: [{ name: web, image: a }] }\n',
      [
        [
          'StatefulSet db',
          'spec.serviceName',
          'Service "db" does not select the pods of this StatefulSet',
          'It selects the pods of Pod web.',
        ],
      ],
    ],
    [
      'a Service that selects nothing is for wiring/service-selects-nothing',
      passing('selector: { app: db }, ports', 'selector: { app: web }, ports'),
      [],
    ],
    [
      'pods of several workloads',
      passing() +
        '---\napiVersion: v1\nkind: Pod\nmetadata: { name: web, labels: { app: db } }\nspec: { containers: [{ name: web, image: a }] }\n',
      [],
    ],
    ['an address', passing('clusterIP: None', 'clusterIP: 10.0.0.1'), [found()]],
    [
      'a Service in the cluster',
      failing().split('---')[0] ?? '',
      [],
      { assume: failing().split('---')[1] ?? '' },
    ],
  ],
);
