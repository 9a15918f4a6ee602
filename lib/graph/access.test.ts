import { ManifestSet } from '../manifest/set';
import { accountName, accountOf, isGranted } from './accounts';
import { isClosed } from '../kube/rbac/resources';
import { resourcesOf } from './api-resources';
import { bindingsIn, knownBindings } from './bindings';
import { Cluster } from './cluster';
import { rolesBySubject } from './permissions';
import { podsOf } from './pods';
import { grants, grantsEvery, hasWildcard, resourceRules, roleRules, rulesBeside } from './role-rules';

const RBAC = 'rbac.authorization.k8s.io';
const meta = (name: string, namespace?: string) => ({ name, ...(namespace !== undefined && { namespace }) });

const role = (kind: string, rules: object[], name = 'web', namespace = 'shop'): object => ({
  apiVersion: `${RBAC}/v1`,
  kind,
  metadata: meta(name, kind === 'Role' ? namespace : undefined),
  rules,
});
const binding = (kind: string, roleKind: string, subjects: object[]): object => ({
  apiVersion: `${RBAC}/v1`,
  kind,
  metadata: meta('web', kind === 'RoleBinding' ? 'shop' : undefined),
  roleRef: { apiGroup: RBAC, kind: roleKind, name: 'web' },
  subjects,
});
const cluster = (...objects: object[]): Cluster => new Cluster(ManifestSet.of(objects));

const READ = { apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get', 'list'] };
const URL = { nonResourceURLs: ['/metrics'], verbs: ['get'] };
const ACCOUNT = { kind: 'ServiceAccount', name: 'web' };

describe('rules of roles', () => {
  it('are read with the fields that hold them', () => {
    const [rule, url] = roleRules(cluster(role('Role', [{ ...READ, resourceNames: ['a'] }, URL])));
    expect(rule?.manifest.id.name).toBe('web');
    expect(rule?.groups).toEqual(['']);
    expect(rule?.resources.map(({ path }) => path)).toEqual([
      'rules[0].resources[0]',
      'rules[0].resources[1]',
    ]);
    expect(rule?.verbs.map(({ text }) => text)).toEqual(['get', 'list']);
    expect(rule?.names.map(({ path }) => path)).toEqual(['rules[0].resourceNames[0]']);
    expect(url?.urls.map(({ path }) => path)).toEqual(['rules[1].nonResourceURLs[0]']);
  });

  it('about URLs are not about resources', () => {
    expect(resourceRules(cluster(role('Role', [READ, URL]))).map(({ field }) => field.path)).toEqual([
      'rules[0]',
    ]);
  });

  it('grant a resource by its group and name', () => {
    const [rule] = roleRules(cluster(role('Role', [READ])));
    if (rule === undefined) throw new Error('no rule');
    expect(grants(rule, '', 'pods')).toBe(true);
    expect(grants(rule, 'apps', 'pods')).toBe(false);
    expect(grants(rule, '', 'services')).toBe(false);
    expect(grants({ ...rule, groups: ['*'] }, 'apps', 'pods')).toBe(true);
    expect(grantsEvery(rule, '', 'pods')).toBe(true);
    expect(grantsEvery({ ...rule, names: rule.verbs }, '', 'pods')).toBe(false);
    expect(hasWildcard(rule.verbs)).toBe(false);
  });

  it('know a wildcard', () => {
    const [rule] = roleRules(cluster(role('Role', [{ apiGroups: [''], resources: ['pods', '*'] }])));
    expect([hasWildcard(rule?.resources ?? []), hasWildcard(rule?.verbs ?? [])]).toEqual([true, false]);
  });

  it('stand beside those of the same role, and of the ClusterRole of its name', () => {
    const all = cluster(
      role('Role', [READ, READ]),
      role('Role', [READ], 'web', 'mail'),
      role('ClusterRole', [READ]),
      role('ClusterRole', [READ], 'other'),
    );
    const [first] = roleRules(all);
    const beside = first === undefined ? [] : rulesBeside(all, first);
    expect(beside.map(({ manifest: { id }, field }) => `${id.kind} ${id.name} ${field.path}`)).toEqual([
      'Role web rules[0]',
      'Role web rules[1]',
      'ClusterRole web rules[0]',
    ]);
  });
});

describe('bindings', () => {
  it('grant a Role of their namespace, or a ClusterRole', () => {
    const [near] = bindingsIn(cluster(binding('RoleBinding', 'Role', [ACCOUNT])));
    expect(near?.role).toEqual({ group: RBAC, kind: 'Role', namespace: 'shop', name: 'web' });
    expect([near?.roleName.path, near?.isClusterWide]).toEqual(['roleRef.name', false]);
    const [wide] = bindingsIn(cluster(binding('ClusterRoleBinding', 'ClusterRole', [])));
    expect(wide?.role).toEqual({ group: RBAC, kind: 'ClusterRole', name: 'web' });
    expect(wide?.isClusterWide).toBe(true);
  });

  it('give a ServiceAccount without a namespace their own', () => {
    const subjects = [
      ACCOUNT,
      { ...ACCOUNT, namespace: 'mail' },
      { kind: 'User', name: 'eve', namespace: 'x' },
    ];
    const [found] = bindingsIn(cluster(binding('RoleBinding', 'Role', subjects)));
    expect(found?.subjects.map(({ kind, namespace, name }) => [kind, namespace, name.path])).toEqual([
      ['ServiceAccount', 'shop', 'subjects[0].name'],
      ['ServiceAccount', 'mail', 'subjects[1].name'],
      ['User', undefined, 'subjects[2].name'],
    ]);
  });

  it('are known where they are assumed', () => {
    const assume = ManifestSet.of([binding('RoleBinding', 'Role', [ACCOUNT])]);
    const empty = new Cluster(ManifestSet.of([]), {}, { assume });
    expect([bindingsIn(empty).length, knownBindings(empty).length]).toEqual([0, 1]);
  });
});

describe('accounts', () => {
  const pod = (spec: object): object => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta('web', 'shop'),
    spec: { containers: [{ name: 'web' }], ...spec },
  });
  const account = (name: string, namespace: string): object => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: meta(name, namespace),
  });

  it.each([
    [{}, 'default'],
    [{ serviceAccountName: 'a' }, 'a'],
    [{ serviceAccount: 'b' }, 'b'],
    [{ serviceAccountName: 'a', serviceAccount: 'b' }, 'a'],
  ])('of pods with %j', (spec, name) => {
    const all = cluster(pod(spec), account('a', 'mail'), account('a', 'shop'));
    const [pods] = podsOf(all);
    if (pods === undefined) throw new Error('no pods');
    expect(accountName(pods)).toBe(name);
    expect(accountOf(all, pods)?.namespace).toBe(name === 'a' ? 'shop' : undefined);
  });

  it.each([
    [ACCOUNT, true, false],
    [{ ...ACCOUNT, namespace: 'mail' }, false, false],
    [{ kind: 'Group', name: 'system:serviceaccounts:shop' }, true, true],
    [{ kind: 'Group', name: 'system:serviceaccounts:mail' }, false, false],
    [{ kind: 'Group', name: 'system:serviceaccounts' }, true, true],
    [{ kind: 'Group', name: 'system:authenticated' }, true, true],
    [{ kind: 'User', name: 'web' }, false, false],
  ])('are granted something by a binding to %j', (subject, toIt, toAnother) => {
    const all = cluster(binding('RoleBinding', 'Role', [subject]));
    expect(isGranted(all, 'shop', 'web')).toBe(toIt);
    expect(isGranted(all, 'shop', 'other')).toBe(toAnother);
  });
});

describe('permissions', () => {
  const allowed = (...objects: object[]): string[] =>
    [...rolesBySubject(cluster(...objects))].flatMap(([subject, roles]) =>
      roles.flatMap(({ permissions }) =>
        permissions.map(({ group = '-', target, verbs, names, namespace = '*' }) =>
          [subject, verbs.join(), `${group}/${target}`, names.join(), namespace].join(' | '),
        ),
      ),
    );

  it('are those of the role, where the binding reaches', () => {
    const rules = [
      READ,
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'], resourceNames: ['a'] },
    ];
    expect(allowed(role('Role', rules), binding('RoleBinding', 'Role', [ACCOUNT]))).toEqual([
      'ServiceAccount shop/web | get,list | /pods |  | shop',
      'ServiceAccount shop/web | get,list | /pods/log |  | shop',
      'ServiceAccount shop/web | get | apps/deployments | a | shop',
    ]);
    const user = [{ kind: 'User', name: 'eve' }];
    expect(
      allowed(role('ClusterRole', [URL, READ]), binding('ClusterRoleBinding', 'ClusterRole', user)),
    ).toEqual([
      'User eve | get | -//metrics |  | *',
      'User eve | get,list | /pods |  | *',
      'User eve | get,list | /pods/log |  | *',
    ]);
  });

  it('are none for paths where the binding is of a namespace', () => {
    expect(allowed(role('ClusterRole', [URL]), binding('RoleBinding', 'ClusterRole', [ACCOUNT]))).toEqual([]);
  });

  it('are of a ServiceAccount where a binding names its user', () => {
    const user = { kind: 'User', name: 'system:serviceaccount:mail:box' };
    const [subject] = rolesBySubject(
      cluster(role('Role', [READ]), binding('RoleBinding', 'Role', [user])),
    ).keys();
    expect(subject).toBe('ServiceAccount mail/box');
  });

  it('are none where the role is another, which is not known', () => {
    const known = (...objects: object[]): unknown =>
      rolesBySubject(cluster(...objects))
        .get('ServiceAccount shop/web')
        ?.map(({ name, isKnown, permissions }) => [name, isKnown, permissions.length]);
    expect(known(role('Role', [READ], 'web', 'mail'), binding('RoleBinding', 'Role', [ACCOUNT]))).toEqual([
      ['Role web', false, 0],
    ]);
    expect(known(role('ClusterRole', [READ]), binding('RoleBinding', 'Role', [ACCOUNT]))).toEqual([
      ['Role web', false, 0],
    ]);
  });

  it('have the keys of their binding and role', () => {
    const all = cluster(role('Role', [READ]), binding('RoleBinding', 'Role', [ACCOUNT]));
    const [found] = rolesBySubject(all).get('ServiceAccount shop/web') ?? [];
    expect([found?.binding, found?.role]).toEqual(['RoleBinding|shop|web', 'Role|shop|web']);
  });

  it('of an aggregated ClusterRole are those of the roles that it selects, and of what these take in', () => {
    const wide = (name: string, rest: object) => ({
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata: { name, labels: { part: name } },
      ...rest,
    });
    const selecting = (part: string) => ({
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part } }] },
      rules: [{ apiGroups: [''], resources: ['overwritten'], verbs: ['get'] }],
    });
    const found = allowed(
      wide('web', selecting('middle')),
      wide('middle', selecting('leaf')),
      wide('leaf', { rules: [READ] }),
      binding('RoleBinding', 'ClusterRole', [ACCOUNT]),
    );
    expect(found).toEqual([
      'ServiceAccount shop/web | get,list | /pods |  | shop',
      'ServiceAccount shop/web | get,list | /pods/log |  | shop',
    ]);
  });
});

describe('resources of the API', () => {
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: meta('shops.acme.io'),
    spec: {
      group: 'acme.io',
      scope: 'Namespaced',
      names: { plural: 'shops', singular: 'shop', kind: 'Shop', shortNames: ['sh'] },
      versions: [{ name: 'v1', subresources: { status: {} } }],
    },
  };

  it('are those of Kubernetes and of the definitions', () => {
    const known = resourcesOf(cluster(definition));
    expect(known.get('acme.io/shops')).toEqual({
      group: 'acme.io',
      plural: 'shops',
      kind: 'Shop',
      isNamespaced: true,
      subresources: new Set(['status', 'finalizers']),
      aliases: ['shop', 'sh', 'Shop'],
    });
    expect(known.get('/pods')?.subresources.has('exec')).toBe(true);
    expect(known.get('/nodes')?.isNamespaced).toBe(false);
    expect(known.get('apps/deployments')?.aliases).toContain('deploy');
    expect(known.has('/shops')).toBe(false);
  });

  it('are all known of the groups of Kubernetes only', () => {
    expect([isClosed(''), isClosed('apps'), isClosed('acme.io')]).toEqual([true, true, false]);
  });
});
