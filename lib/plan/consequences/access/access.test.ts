import { having, object } from '../../../../test/plan/changes';
import { ManifestSet } from '../../../manifest/set';
import { plan } from '../../plan';
import { sentences } from '../../../../test/plan/consequences/consequences';

const RBAC = 'rbac.authorization.k8s.io/v1';
const role = (...rules: object[]) => object(RBAC, 'Role', { rules });
const subject = { kind: 'ServiceAccount', name: 'api' };
const binding = (kind = 'Role', subjects: readonly object[] = [subject]) =>
  object(RBAC, 'RoleBinding', {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: 'a' },
    subjects,
  });
const access = (before: readonly object[], after: readonly object[]) => sentences('access', before, after);
const rule = (resources: string[], verbs = ['get'], rest: object = {}) => ({
  apiGroups: [''],
  resources,
  verbs,
  ...rest,
});

it.each([
  [rule(['pods'], ['list', 'get']), 'info', 'get, list pods in shop'],
  [rule(['pods'], ['get'], { resourceNames: ['x', 'y'] }), 'info', 'get pods named x, y in shop'],
  [rule(['pods'], ['get'], { apiGroups: ['metrics.k8s.io'] }), 'info', 'get pods.metrics.k8s.io in shop'],
  [rule(['*'], ['get'], { apiGroups: ['*'] }), 'warning', 'get * in shop'],
  [rule(['pods/exec'], ['create']), 'warning', 'create pods/exec in shop'],
  [rule(['serviceaccounts'], ['impersonate']), 'warning', 'impersonate serviceaccounts in shop'],
  [rule(['serviceaccounts/token'], ['create']), 'warning', 'create serviceaccounts/token in shop'],
  [
    rule(['clusterroles'], ['get'], { apiGroups: ['rbac.authorization.k8s.io'] }),
    'warning',
    'get clusterroles.rbac.authorization.k8s.io in shop',
  ],
])('says what %j permits', (own, severity, words) => {
  expect(access([role(), binding()], [role(own), binding()])).toEqual([
    `${severity}: ServiceAccount shop/api can now ${words}.`,
  ]);
});

it('counts more permissions than three', () => {
  const own = rule(['a', 'b', 'c', 'd', 'e']);
  expect(access([role(), binding()], [role(own), binding()])).toEqual([
    'info: ServiceAccount shop/api can now get a in shop; get b in shop; get c in shop; and 2 more.',
  ]);
  expect(access([role(), binding()], [role(rule(['a', 'b', 'c'])), binding()])).toEqual([
    'info: ServiceAccount shop/api can now get a in shop; get b in shop; get c in shop.',
  ]);
});

it('names each subject, wherever it is', () => {
  const subjects = [
    { ...subject, namespace: 'jobs' },
    { kind: 'User', name: 'ann', apiGroup: 'rbac.authorization.k8s.io' },
  ];
  expect(access([role(rule(['pods']))], [role(rule(['pods'])), binding('Role', subjects)])).toEqual([
    'info: ServiceAccount jobs/api can now get pods in shop.',
    'info: User ann can now get pods in shop.',
  ]);
});

it('reads a ClusterRole that is bound in one namespace, and paths that are no resources', () => {
  const wide = { apiVersion: RBAC, kind: 'ClusterRole', metadata: { name: 'a' } };
  const rules = [rule(['pods']), { nonResourceURLs: ['/metrics'], verbs: ['get'] }];
  expect(access([wide, binding('ClusterRole')], [{ ...wide, rules }, binding('ClusterRole')])).toEqual([
    'info: ServiceAccount shop/api can now get pods in shop; get /metrics.',
  ]);
});

it('says nothing where the server rejects the change', () => {
  const other = having(binding(), 'roleRef.name', 'b');
  expect(access([role(rule(['pods'])), binding()], [role(rule(['pods'])), other])).toEqual([]);
});

it('says it of the Role, and not of another object that is called Role too', () => {
  const other = (value: number) => object('example.com/v1', 'Role', { value });
  const { changes } = plan(
    ManifestSet.of([role(), other(1), binding()]),
    ManifestSet.of([role(rule(['pods'])), other(2), binding()]),
  );
  expect(changes.map(({ id, consequences }) => [id.apiVersion, consequences.length])).toEqual([
    [RBAC, 1],
    ['example.com/v1', 0],
    [RBAC, 0],
  ]);
});

it('takes a namespace without a level for privileged', () => {
  const space = (level?: string) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: 'shop',
      labels: level === undefined ? {} : { 'pod-security.kubernetes.io/enforce': level },
    },
  });
  expect(access([space()], [space('baseline')])).toEqual([
    'warning: Namespace shop raises its Pod Security level from privileged to baseline: running pods continue, and new pods that violate it are rejected.',
  ]);
  expect(access([space('baseline')], [space()])).toEqual([
    'warning: Namespace shop lowers its Pod Security level from baseline to privileged.',
  ]);
  expect(access([space()], [space('privileged')])).toEqual([]);
  expect(access([], [space('baseline')])).toEqual([]);
  expect(access([space('baseline')], [])).toEqual([]);
});
