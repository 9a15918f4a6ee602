import { having, object } from '../../../../test/plan/changes';
import { ManifestSet } from '../../../manifest/set';
import { plan } from '../../plan';
import { consequences, sentences } from '../../../../test/plan/consequences/consequences';

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
    rule(['roles'], ['get'], { apiGroups: ['rbac.authorization.k8s.io'] }),
    'warning',
    'get roles.rbac.authorization.k8s.io in shop',
  ],
])('says what %j permits', (own, severity, words) => {
  expect(access([role(), binding()], [role(own), binding()])).toEqual([
    `${severity}: ServiceAccount shop/api can now ${words}.`,
  ]);
});

it('names the resources of the same verbs together, and counts more than five in brief', () => {
  const own = rule(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  const [told] = consequences('access', [role(), binding()], [role(own), binding()]);
  expect(told?.message).toBe('ServiceAccount shop/api can now get a, b, c, d, e, f, g in shop.');
  expect(told?.brief).toBe('ServiceAccount shop/api can now get a, b, c, d, e, and 2 more in shop.');
  expect(access([role(), binding()], [role(rule(['a', 'b', 'c'])), binding()])).toEqual([
    'info: ServiceAccount shop/api can now get a, b, c in shop.',
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

it('reads a ClusterRole that is bound in one namespace, where it allows no paths', () => {
  const wide = { apiVersion: RBAC, kind: 'ClusterRole', metadata: { name: 'a' } };
  const rules = [rule(['pods']), { nonResourceURLs: ['/metrics'], verbs: ['get'] }];
  expect(access([wide, binding('ClusterRole')], [{ ...wide, rules }, binding('ClusterRole')])).toEqual([
    'info: ServiceAccount shop/api can now get pods in shop.',
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

describe('permissions are sets', () => {
  const wide = (kind: string, name: string, rest: object, labels: object = {}) => ({
    apiVersion: RBAC,
    kind,
    metadata: { name, labels },
    ...rest,
  });
  const clusterRole = (rules: readonly object[], name = 'a', labels: object = {}) =>
    wide('ClusterRole', name, { rules }, labels);
  const roleRef = (name: string) => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name });
  const everywhere = (subjects: readonly object[] = [{ ...subject, namespace: 'shop' }], role = 'a') =>
    wide('ClusterRoleBinding', 'a', { roleRef: roleRef(role), subjects });
  const inRole = (before: readonly object[], after: readonly object[]) =>
    access([role(...before), binding()], [role(...after), binding()]);

  it('that name each verb, whether added or removed', () => {
    expect(inRole([rule(['pods'], ['get', 'list'])], [rule(['pods'], ['list', 'get', 'watch'])])).toEqual([
      'info: ServiceAccount shop/api can now watch pods in shop.',
    ]);
    expect(inRole([rule(['pods'], ['get', 'list'])], [rule(['pods'], ['get', 'create'])])).toEqual([
      'info: ServiceAccount shop/api can now create pods in shop.',
      'warning: ServiceAccount shop/api can no longer list pods in shop.',
    ]);
  });

  it('however rules are split, merged and ordered', () => {
    const merged = [rule(['pods', 'services'], ['get', 'list'])];
    const split = [
      rule(['services'], ['list']),
      rule(['pods'], ['list', 'get']),
      rule(['services'], ['get']),
    ];
    expect(inRole(merged, split)).toEqual([]);
    expect(inRole(split, merged)).toEqual([]);
  });

  it('where `*` is every verb that the API has for the resource', () => {
    const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];
    expect(inRole([rule(['pods'], ['*'])], [rule(['pods'], [...verbs, 'deletecollection'])])).toEqual([]);
    expect(inRole([rule(['pods'], ['*'])], [rule(['pods'], verbs)])).toEqual([
      'warning: ServiceAccount shop/api can no longer deletecollection pods in shop.',
    ]);
    expect(inRole([rule(['pods'], verbs)], [rule(['pods'], ['*'])])).toEqual([
      'info: ServiceAccount shop/api can now deletecollection pods in shop.',
    ]);
    expect(inRole([rule(['pods'], ['*'])], [rule(['secrets'], ['get'])])).toEqual([
      'warning: ServiceAccount shop/api can now get secrets in shop.',
      'warning: ServiceAccount shop/api can no longer use any verb on pods in shop.',
    ]);
  });

  it('where `*` is every resource of the group', () => {
    const leases = { apiGroups: ['coordination.k8s.io'], verbs: ['get'] };
    const all = { ...leases, resources: ['*'] };
    const each = { ...leases, resources: ['leases', 'leasecandidates'] };
    expect(inRole([each], [all])).toEqual([]);
    expect(inRole([{ ...leases, resources: ['leases'] }], [all])).toEqual([
      'warning: ServiceAccount shop/api can now get *.coordination.k8s.io in shop.',
    ]);
    expect(inRole([all], [{ ...leases, resources: ['leases'] }])).toEqual([
      'warning: ServiceAccount shop/api can no longer get leasecandidates.coordination.k8s.io in shop.',
    ]);
    expect(inRole([all], [each])).toEqual([]);
    const anywhere = { apiGroups: ['*'], resources: ['deployments'], verbs: ['get'] };
    expect(inRole([anywhere], [{ ...anywhere, apiGroups: ['apps'] }])).toEqual([
      'warning: ServiceAccount shop/api can no longer get deployments.extensions in shop.',
    ]);
  });

  it('where a subresource of all resources is one of each', () => {
    expect(inRole([rule(['pods/log'])], [rule(['*/log'])])).toEqual([
      'info: ServiceAccount shop/api can now get */log in shop.',
    ]);
  });

  it('of objects with names, and of all objects', () => {
    const named = (...resourceNames: string[]) => rule(['secrets'], ['get'], { resourceNames });
    expect(inRole([named('a', 'b')], [named('b', 'c')])).toEqual([
      'warning: ServiceAccount shop/api can now get secrets named c in shop.',
      'warning: ServiceAccount shop/api can no longer get secrets named a in shop.',
    ]);
    expect(inRole([named('a')], [rule(['secrets'])])).toEqual([
      'warning: ServiceAccount shop/api can now get secrets in shop, not only those named a.',
    ]);
    expect(inRole([named('a', 'b')], [named('b'), named('a')])).toEqual([]);
  });

  it('in a namespace and in every one', () => {
    const inShop = [clusterRole([rule(['pods'])]), binding('ClusterRole')];
    const all = [clusterRole([rule(['pods'])]), everywhere()];
    expect(access(inShop, all)).toEqual([
      'info: ServiceAccount shop/api can now get pods in every namespace, not only in shop.',
    ]);
    expect(access(all, inShop)).toEqual([
      'warning: ServiceAccount shop/api can no longer get pods in every namespace, only in shop.',
    ]);
    const nodes = clusterRole([rule(['nodes'])]);
    expect(access([nodes, everywhere()], [nodes, binding('ClusterRole')])).toEqual([
      'warning: ServiceAccount shop/api can no longer get nodes in every namespace.',
    ]);
  });

  it('whatever roles and bindings are called', () => {
    const other = having(having(binding(), 'metadata.name', 'b'), 'roleRef.name', 'b');
    const renamed = [having(role(rule(['pods'])), 'metadata.name', 'b'), other];
    expect(access([role(rule(['pods'])), binding()], renamed)).toEqual([]);
    expect(
      access(
        [role(rule(['pods'])), binding()],
        [clusterRole([rule(['pods'])]), having(binding('ClusterRole'), 'metadata.name', 'b')],
      ),
    ).toEqual([]);
  });

  it('through the groups that a subject is in', () => {
    const group = {
      kind: 'Group',
      name: 'system:serviceaccounts:shop',
      apiGroup: 'rbac.authorization.k8s.io',
    };
    const own = [role(rule(['pods'])), binding()];
    expect(access(own, [role(rule(['pods'])), binding('Role', [group])])).toEqual([
      'info: Group system:serviceaccounts:shop can now get pods in shop.',
    ]);
    const ann = { kind: 'User', name: 'ann', apiGroup: 'rbac.authorization.k8s.io' };
    const admins = { ...ann, kind: 'Group', name: 'admins' };
    expect(
      access(
        [role(rule(['pods'])), binding('Role', [ann])],
        [role(rule(['pods'])), binding('Role', [admins])],
      ),
    ).toEqual([
      'info: Group admins can now get pods in shop.',
      'warning: User ann can no longer get pods in shop, unless in Group admins.',
    ]);
  });

  it('of a ClusterRole that takes in others', () => {
    const aggregated = wide('ClusterRole', 'a', {
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: 'a' } }] },
      rules: [],
    });
    const parts = (...rules: readonly object[]) =>
      rules.map((each, index) => clusterRole([each], `part${index}`, { part: 'a' }));
    const [pods, services] = [rule(['pods']), rule(['services'])];
    expect(access([clusterRole([pods]), everywhere()], [aggregated, ...parts(pods), everywhere()])).toEqual(
      [],
    );
    expect(
      access(
        [aggregated, ...parts(pods), everywhere()],
        [aggregated, ...parts(pods, services), everywhere()],
      ),
    ).toEqual(['info: ServiceAccount shop/api can now get services in every namespace.']);
    const toView = (...resources: string[]) =>
      clusterRole([rule(resources)], 'part', { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' });
    const viewer = everywhere(undefined, 'view');
    // It has pods from the API server.
    expect(access([viewer], [toView('pods', 'nodes'), viewer])).toEqual([
      'info: ServiceAccount shop/api can now get nodes in every namespace.',
    ]);
  });

  it('of roles that every cluster has', () => {
    expect(access([], [everywhere(undefined, 'cluster-admin')])).toEqual([
      'warning: ServiceAccount shop/api can now do everything in every namespace; use every verb on every path.',
    ]);
    expect(access([], [everywhere(undefined, 'view')])).toEqual([
      'info: ServiceAccount shop/api can now do what ClusterRole view allows in every namespace.',
    ]);
    expect(access([everywhere(undefined, 'admin')], [])).toEqual([
      'warning: ServiceAccount shop/api can no longer do what ClusterRole admin allows in every namespace.',
    ]);
    const own = [clusterRole([rule(['pods'])]), { ...everywhere(), metadata: { name: 'b' } }];
    expect(access(own, [clusterRole([rule(['pods'])]), everywhere(undefined, 'view')])).toEqual([
      'info: ServiceAccount shop/api can now do what ClusterRole view allows in every namespace.',
    ]);
  });

  it('that a deleted ServiceAccount takes along without a warning', () => {
    const account = object('v1', 'ServiceAccount');
    const own = { ...subject, name: 'a' };
    expect(access([role(rule(['pods'])), binding('Role', [own]), account], [role(rule(['pods']))])).toEqual([
      'info: ServiceAccount shop/a, which is deleted, can no longer get pods in shop.',
    ]);
  });

  describe('what admin, edit and view allow is known', () => {
    const [view, edit] = [everywhere(undefined, 'view'), everywhere(undefined, 'edit')];
    const renamed = (each: object) => ({ ...each, metadata: { name: 'b' } });
    const own = everywhere();
    const reader = (resources: string[], verbs: string[], group = 'apps') =>
      clusterRole([{ apiGroups: [group], resources, verbs }]);

    it('so that one of them takes the place of another', () => {
      expect(access([renamed(view)], [edit])).toEqual([
        'warning: ServiceAccount shop/api can now do what ClusterRole edit allows in every namespace, not only what ClusterRole view allows.',
      ]);
      expect(access([edit], [renamed(view)])).toEqual([
        'warning: ServiceAccount shop/api can no longer do what ClusterRole edit allows in every namespace, only what ClusterRole view allows.',
      ]);
      expect(access([edit, renamed(view)], [edit])).toEqual([]);
      expect(access([view], [renamed(everywhere(undefined, 'cluster-admin'))])).toEqual([
        'warning: ServiceAccount shop/api can now do everything in every namespace; use every verb on every path.',
      ]);
    });

    it('so that only what they do not allow is lost with another role', () => {
      const before = [reader(['deployments'], ['get', 'update']), own];
      expect(access(before, [renamed(view)])).toEqual([
        'info: ServiceAccount shop/api can now do what ClusterRole view allows in every namespace.',
        'warning: ServiceAccount shop/api can no longer update deployments.apps in every namespace.',
      ]);
      // Add-ons give them more of their own kinds.
      const custom = [reader(['widgets'], ['get'], 'example.com'), own];
      expect(access(custom, [renamed(view)])).toContain(
        'warning: ServiceAccount shop/api can no longer get widgets.example.com in every namespace, unless ClusterRole view allows it.',
      );
    });
  });
});
