import { ruleTest, unproven } from '../../../../test/check/rule-test';

const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: shops.acme.example }
spec:
  group: acme.example
  scope: Namespaced
  names: { kind: Shop, plural: shops, singular: shop }
  versions: [{ name: v1, served: true, storage: true, subresources: { status: {} } }]
---
`;

ruleTest(
  'wiring/rbac-resource-unknown',
  'error',
  [
    'ClusterRole reader',
    'rules[0].resources[0]',
    'unknown resource "deployments" in the core group',
    'It is in group "apps"; set apiGroups: [\'apps\'].',
  ],
  ({ failing, found }) => [
    [
      'the singular',
      failing('[deployments]', '[pod]'),
      [found(undefined, 'unknown resource "pod" in the core group', 'Did you mean "pods"?')],
    ],
    [
      'a misspelled name',
      failing('[deployments]', '[pdos]'),
      [found(undefined, 'unknown resource "pdos" in the core group', 'Did you mean "pods"?')],
    ],
    [
      'nothing similar',
      failing('[deployments]', '[xyzzyxyzzy]'),
      [['ClusterRole reader', 'rules[0].resources[0]', 'unknown resource "xyzzyxyzzy" in the core group']],
    ],
    [
      'several groups',
      failing("['']", "['', batch]"),
      [found(undefined, 'unknown resource "deployments" in the core group or group "batch"')],
    ],
    [
      'an unknown subresource',
      failing('[deployments]', '[pods/logs]'),
      [found(undefined, '"pods" has no subresource "logs"', 'Did you mean "pods/log"?')],
    ],
    [
      'a subresource unlike any, which an application may ask for',
      failing('[deployments]', '[services/xyzzyxyzzy]'),
      [
        unproven(
          found(
            undefined,
            '"services" has no subresource "xyzzyxyzzy", but an application may ask for it in a SubjectAccessReview',
            'Use "proxy" or "status".',
          ),
        ),
      ],
    ],
    ['a permission of OpenShift', failing('[deployments]', '[endpoints/restricted]'), []],
    [
      'a subresource of a kind without any, which old scaffolds of operators have',
      failing('[deployments]', '[configmaps/status]'),
      [
        unproven(
          found(
            undefined,
            '"configmaps" has no subresource "status", but an application may ask for it in a SubjectAccessReview',
            'Remove it: it grants nothing of Kubernetes.',
          ),
        ),
      ],
    ],
    [
      'a subresource of a custom resource',
      definition + failing("['']", '[acme.example]', '[deployments]', '[shops/stock]'),
      [],
    ],
    [
      'a misspelled subresource of a custom resource',
      definition + failing("['']", '[acme.example]', '[deployments]', '[shops/statsu]'),
      [found(undefined, '"shops" has no subresource "statsu"', 'Did you mean "shops/status"?')],
    ],
    [
      'a resource of an aggregated API in a group of custom resources',
      definition + failing("['']", '[acme.example]', '[deployments]', '[tier.shops]'),
      [],
    ],
    [
      'the singular of a custom resource',
      definition + failing("['']", '[acme.example]', '[deployments]', '[shop]'),
      [found(undefined, 'unknown resource "shop" in group "acme.example"', 'Did you mean "shops"?')],
    ],
    ['every subresource', failing('[deployments]', "['pods/*']"), []],
    ['all resources', failing('[deployments]', "['*']"), []],
    ['an unknown group', failing("['']", '[acme.example]'), []],
    ['no group', failing("['']", '[]'), []],
    [
      'a rule beside it in the right group',
      failing('rules: [', 'rules: [{ apiGroups: [apps], resources: [deployments], verbs: [get, list] }, '),
      [],
    ],
    [
      'a rule beside it for another resource',
      failing('rules: [', 'rules: [{ apiGroups: [apps], resources: [statefulsets], verbs: [get, list] }, '),
      [found('rules[1].resources[0]')],
    ],
  ],
);
