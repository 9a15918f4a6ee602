import { having, object } from '../changes';
import { consequences, sentences } from './consequences';

const RBAC = 'rbac.authorization.k8s.io/v1';
const role = (...rules: object[]): ReturnType<typeof object> => object(RBAC, 'Role', { rules });
const binding = object(RBAC, 'RoleBinding', {
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'a' },
  subjects: [{ kind: 'ServiceAccount', name: 'api' }],
});
const pods = { apiGroups: [''], resources: ['pods'], verbs: ['list', 'get'] };
const secrets = { apiGroups: [''], resources: ['secrets'], verbs: ['get'] };

it('says what a subject gains, and warns where that leads to more', () => {
  expect(consequences('access', [role(pods), binding], [role(pods, secrets), binding])).toEqual([
    {
      kind: 'access',
      severity: 'warning',
      message: 'ServiceAccount shop/api can now get secrets in shop.',
    },
  ]);
  expect(consequences('access', [role(pods)], [role(pods), binding])).toEqual([
    {
      kind: 'access',
      severity: 'info',
      message: 'ServiceAccount shop/api can now get, list pods in shop.',
    },
  ]);
});

it('says what a subject loses', () => {
  expect(sentences('access', [role(pods), binding], [role(pods)])).toEqual([
    'warning: ServiceAccount shop/api can no longer get, list pods in shop.',
  ]);
});

it('says nothing where the same comes by another way', () => {
  const other = [role(pods), binding].map((each) => having(each, 'metadata.name', 'b'));
  const moved = [role(pods), having(other[1] ?? binding, 'roleRef.name', 'a')];
  expect(sentences('access', [role(pods), binding], moved)).toEqual([]);
});

it('says where a role reaches every namespace', () => {
  const clusterWide = (kind: string, rest: object): object => ({
    ...object(RBAC, kind, rest),
    metadata: { name: 'a' },
  });
  const after = [
    clusterWide('ClusterRole', { rules: [{ apiGroups: ['apps'], resources: ['*'], verbs: ['*'] }] }),
    clusterWide('ClusterRoleBinding', {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'a' },
      subjects: [{ kind: 'Group', name: 'dev', apiGroup: 'rbac.authorization.k8s.io' }],
    }),
  ];
  expect(sentences('access', [], after)).toEqual([
    'warning: Group dev can now use every verb on *.apps in every namespace.',
  ]);
});

it('warns of a Pod Security level that falls or rises', () => {
  const namespace = (enforce: string): object => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': enforce } },
  });
  expect(sentences('access', [namespace('restricted')], [namespace('baseline')])).toEqual([
    'warning: Namespace shop lowers its Pod Security level from restricted to baseline.',
  ]);
  expect(sentences('access', [namespace('baseline')], [namespace('restricted')])).toEqual([
    'warning: Namespace shop raises its Pod Security level from baseline to restricted: running pods continue, and new pods that violate it are rejected.',
  ]);
});
