import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/service-account-token',
  'warning',
  [
    'Pod shop/web',
    'spec.automountServiceAccountToken',
    'mounts a token for ServiceAccount "default", which has no permissions',
    'Set automountServiceAccountToken: false.',
  ],
  ({ failing, passing, found }) => [
    ['true in so many words', passing('false', 'true'), [found()]],
    ['an account that is not in the set', failing('spec:', 'spec:\n  serviceAccountName: web'), []],
    [
      'an account of the set',
      `${failing('spec:', 'spec:\n  serviceAccountName: web')}---
apiVersion: v1
kind: ServiceAccount
metadata: { name: web, namespace: shop }
`,
      [found(undefined, 'mounts a token for ServiceAccount "web", which has no permissions')],
    ],
    [
      'by the deprecated field',
      `${failing('spec:', 'spec:\n  serviceAccount: web')}---
apiVersion: v1
kind: ServiceAccount
metadata: { name: web, namespace: shop }
`,
      [found(undefined, 'mounts a token for ServiceAccount "web", which has no permissions')],
    ],
    [
      'an account that mounts no token',
      `${failing('spec:', 'spec:\n  serviceAccountName: web')}---
apiVersion: v1
kind: ServiceAccount
metadata: { name: web, namespace: shop }
automountServiceAccountToken: false
`,
      [],
    ],
    [
      'a pod that overrides its account',
      `${failing('spec:', 'spec:\n  automountServiceAccountToken: true\n  serviceAccountName: web')}---
apiVersion: v1
kind: ServiceAccount
metadata: { name: web, namespace: shop }
automountServiceAccountToken: false
`,
      [found(undefined, 'mounts a token for ServiceAccount "web", which has no permissions')],
    ],
    [
      'permissions',
      `${failing()}---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: a, namespace: shop }
subjects: [{ kind: ServiceAccount, name: default, namespace: shop }]
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
`,
      [],
    ],
  ],
);
