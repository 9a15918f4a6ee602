import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/service-selector-empty',
  'warning',
  [
    'Service web',
    'spec.selector',
    'selector is empty, so the Service selects no pods',
    'Select the labels of the pods, or remove the selector if EndpointSlices list the addresses.',
  ],
  ({ failing, passing, found }) => [
    ['no selector', failing('selector: {}', 'clusterIP: None'), []],
    ['labels', failing('selector: {}', 'selector: { app: web }'), []],
    ['a name outside', failing('selector: {}', 'selector: {}\n  type: ExternalName'), []],
    ['an EndpointSlice of another Service', passing('service-name: web', 'service-name: db'), [found()]],
    ['an EndpointSlice in the cluster', failing(), [], { assume: passing().split('---')[1] ?? '' }],
    [
      'Endpoints',
      `${failing()}---\napiVersion: v1\nkind: Endpoints\nmetadata: { name: web }\nsubsets: [{ addresses: [{ ip: 192.0.2.7 }] }]\n`,
      [],
    ],
  ],
);
