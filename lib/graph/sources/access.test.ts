import { linesOf } from '../../../test/graph/reference-lines';

test('a ServiceAccount names the Secrets of its namespace that it mounts and pulls images with', () => {
  const lines = linesOf(`
apiVersion: v1
kind: ServiceAccount
metadata: { name: api, namespace: shop }
secrets: [{ name: token }]
imagePullSecrets: [{ name: registry }, { name: gone }]
---
apiVersion: v1
kind: Secret
metadata: { name: registry, namespace: shop }
`);
  expect(lines).toEqual([
    'secret secrets[0].name → Secret shop/token missing',
    'pull-secret imagePullSecrets[0].name → Secret shop/registry set',
    'pull-secret imagePullSecrets[1].name → Secret shop/gone missing',
  ]);
});

describe('a binding', () => {
  const binding = (kind: string, role: string, namespace: string): string[] =>
    linesOf(`
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: { name: api${namespace} }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ${role}, name: reader }
subjects:
  - { kind: User, name: jane, apiGroup: rbac.authorization.k8s.io }
  - { kind: ServiceAccount, name: api }
  - { kind: ServiceAccount, name: other, namespace: tools }
`);

  it('names a Role and the accounts of its own namespace unless it says another, and no User', () => {
    expect(binding('RoleBinding', 'Role', ', namespace: shop')).toEqual([
      'role roleRef.name → rbac.authorization.k8s.io/Role shop/reader missing',
      'subject subjects[1].name → ServiceAccount shop/api missing',
      'subject subjects[2].name → ServiceAccount tools/other missing',
    ]);
  });

  it('names a ClusterRole in no namespace', () => {
    const [role] = binding('ClusterRoleBinding', 'ClusterRole', '');
    expect(role).toBe('role roleRef.name → rbac.authorization.k8s.io/ClusterRole reader missing');
    const [other] = binding('RoleBinding', 'ClusterRole', ', namespace: shop');
    expect(other).toBe('role roleRef.name → rbac.authorization.k8s.io/ClusterRole reader missing');
  });
});
