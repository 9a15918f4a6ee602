import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/definition-missing',
  'error',
  [
    'Shop corner',
    'apiVersion',
    'no matches for kind "Shop" in group "acme.exmaple"',
    'Did you mean "acme.example"?',
  ],
  ({ failing, passing, found }) => [
    [
      'a similar kind in the same group',
      passing('kind: Shop\n', 'kind: Shops\n'),
      [
        found(
          'kind',
          'no matches for kind "Shops" in group "acme.example"',
          'Did you mean "Shop"?',
          'Shops corner',
        ),
      ],
    ],
    ['another version of a known kind', passing('acme.example/v1\nkind', 'acme.example/v2\nkind'), []],
    ['a kind that nothing resembles', failing('acme.exmaple/v1', 'other.test/v1'), []],
    ['another kind of another group', failing('kind: Shop\n', 'kind: Store\n'), []],
    [
      'no CustomResourceDefinition',
      'apiVersion: acme.exmaple/v1\nkind: Shop\nmetadata: { name: corner }\n',
      [],
    ],
    [
      'a similar kind of well-known software',
      'apiVersion: keda.sh/v1alpha1\nkind: ScaledObjects\nmetadata: { name: queue }\n',
      [
        found(
          'kind',
          'no matches for kind "ScaledObjects" in group "keda.sh"',
          'Did you mean "ScaledObject"?',
          'ScaledObjects queue',
        ),
      ],
    ],
    [
      'another kind of well-known software',
      'apiVersion: keda.sh/v1alpha1\nkind: ScaledThing\nmetadata: { name: queue }\n',
      [],
    ],
    [
      'a definition in the cluster',
      'apiVersion: acme.exmaple/v1\nkind: Shop\nmetadata: { name: corner }\n',
      [found()],
      { assume: passing() },
    ],
  ],
);
