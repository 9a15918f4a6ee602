import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/deprecated-api',
  'warning',
  [
    'Endpoints shop/web',
    'apiVersion',
    'v1 Endpoints is deprecated in v1.33+',
    'Use discovery.k8s.io/v1 EndpointSlice instead.',
  ],
  ({ failing, passing, found }) => [
    ['a release before the deprecation', failing(), [], { kubernetes: '1.32' }],
    ['the release of the deprecation', failing(), [found()], { kubernetes: '1.33' }],
    [
      'with the release that removes it',
      'apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: { name: a }\n',
      [
        [
          'FlowSchema a',
          'apiVersion',
          'flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema is deprecated in v1.29+, unavailable in v1.32+',
          'Use flowcontrol.apiserver.k8s.io/v1 FlowSchema instead.',
        ],
      ],
      { kubernetes: '1.31' },
    ],
    [
      'each object, of two versions',
      `${failing()}---\n${failing('name: web', 'name: api')}---\n${passing()}`,
      [found(), found(undefined, undefined, undefined, 'Endpoints shop/api')],
    ],
    ['a kind that is not built in', 'apiVersion: acme.example/v1\nkind: Shop\nmetadata: { name: a }\n', []],
  ],
);
