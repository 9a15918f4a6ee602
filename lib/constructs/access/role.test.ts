import { problems, rendered } from '../../../test/constructs/rendering';
import type { Chart } from '../../index';
import {
  check,
  ClusterRole,
  ClusterRoleBinding,
  ConfigMap,
  existing,
  group,
  Role,
  RoleBinding,
  ServiceAccount,
  serviceAccount,
  user,
} from '../../index';

const SHOP = { chart: { namespace: 'shop' } };

function wrong(build: (chart: Chart) => unknown, around: object = SHOP): readonly string[] {
  return problems(build, around).map(({ path, message, hint }) =>
    [`${path ?? ''}: ${message}`, ...(hint === undefined ? [] : [hint])].join(' | '),
  );
}

describe('roles', () => {
  const set = rendered((chart) => {
    const role = new Role(chart, 'ops', {
      rules: [
        { verbs: 'get', on: ['pods', 'pods/log'] },
        { verbs: 'get', on: new ConfigMap(chart, 'settings', { name: 'settings', data: { A: 'b' } }) },
      ],
    });
    new RoleBinding(chart, 'ops-binding', {
      role,
      subjects: [
        user('jane'),
        group('ops'),
        new ServiceAccount(chart, 'ci'),
        serviceAccount('flux', 'flux-system'),
        existing('ServiceAccount', 'default'),
      ],
    });
    const widgets = new ClusterRole(chart, 'widgets', {
      rules: [{ verbs: 'get', on: ['widgets.example.com', 'nodes', '/metrics'] }],
      aggregateTo: ['view', 'edit'],
      labels: { team: 'shop' },
    });
    new ClusterRole(chart, 'all', { aggregates: [{ team: 'shop' }] });
    new ClusterRoleBinding(chart, 'widgets-binding', { role: widgets, subjects: [group('ops')] });
    new RoleBinding(chart, 'viewers', { role: 'view', subjects: [group('support')] });
  }, SHOP);

  it('have rules as grants have them', () => {
    expect(set.get({ kind: 'Role' }).object).toMatchObject({
      metadata: { name: 'shop-ops', namespace: 'shop' },
      rules: [
        {
          apiGroups: [''],
          resources: ['configmaps'],
          resourceNames: [expect.stringMatching(/^settings-/)],
          verbs: ['get'],
        },
        { apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get'] },
      ],
    });
  });

  it('of the cluster have paths, and are taken in by labels', () => {
    expect(set.get({ kind: 'ClusterRole', name: 'shop-widgets' }).object).toMatchObject({
      metadata: {
        labels: {
          team: 'shop',
          'rbac.authorization.k8s.io/aggregate-to-edit': 'true',
          'rbac.authorization.k8s.io/aggregate-to-view': 'true',
        },
      },
      rules: [
        { apiGroups: [''], resources: ['nodes'], verbs: ['get'] },
        { apiGroups: ['example.com'], resources: ['widgets'], verbs: ['get'] },
        { nonResourceURLs: ['/metrics'], verbs: ['get'] },
      ],
    });
    expect(set.get({ kind: 'ClusterRole', name: 'shop-all' }).object).toMatchObject({
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { team: 'shop' } }] },
      rules: [],
    });
  });

  it('are bound to people, groups and accounts', () => {
    const apiGroup = 'rbac.authorization.k8s.io';
    expect(set.get({ kind: 'RoleBinding', name: 'shop-ops-binding' }).object).toMatchObject({
      roleRef: { apiGroup, kind: 'Role', name: 'shop-ops' },
      subjects: [
        { apiGroup, kind: 'User', name: 'jane' },
        { apiGroup, kind: 'Group', name: 'ops' },
        { kind: 'ServiceAccount', name: 'shop-ci', namespace: 'shop' },
        { kind: 'ServiceAccount', name: 'flux', namespace: 'flux-system' },
        { kind: 'ServiceAccount', name: 'default', namespace: 'shop' },
      ],
    });
    expect(set.get({ kind: 'ClusterRoleBinding' }).object).toMatchObject({
      roleRef: { apiGroup, kind: 'ClusterRole', name: 'shop-widgets' },
      subjects: [{ apiGroup, kind: 'Group', name: 'ops' }],
    });
    expect(set.get({ kind: 'RoleBinding', name: 'shop-viewers' }).object).toMatchObject({
      roleRef: { apiGroup, kind: 'ClusterRole', name: 'view' },
    });
  });

  it('are admitted without findings', () => {
    const rules = check(set)
      .map(({ rule }) => rule)
      .filter((rule) => /rbac|admission|missing/.test(rule));
    expect(rules.filter((rule) => rule !== 'wiring/namespace-missing')).toEqual([]);
  });
});

describe('refused are', () => {
  const role = (rule: object): ((chart: Chart) => unknown) => {
    return (chart) => new Role(chart, 'ops', { rules: [rule as never] });
  };

  it.each([
    [{ verbs: ['gets'], on: 'pods' }, /^rules\[0\]: Unsupported value: "gets".* Did you mean "get"/],
    [{ verbs: 'get', on: 'pdos' }, /^rules\[0\]\.on: unknown resource "pdos"/],
    [
      { verbs: 'get', on: 'nodes' },
      /^rules\[0\]\.on: Forbidden: "nodes" is cluster-scoped.*Use a ClusterRole/,
    ],
    [{ verbs: 'get', on: '/metrics' }, /^rules\[0\]\.on: Forbidden: "\/metrics" is a path/],
    [{ verbs: '*', on: 'pods' }, /^rules\[0\]\.unsafe: Required value: "\*" grants all verbs/],
    [{ verbs: 'create', on: 'pods', names: ['a'] }, /^rules\[0\]: verb "create" cannot be limited/],
    [{ verbs: 'get', resources: ['pods'] }, /rules\[0\]\.resources: unknown prop "resources" \| Use `on`/],
    [{ on: 'pods' }, /^rules\[0\]\.verbs: Required value/],
  ])('rule %j', (rule, message) => {
    expect(wrong(role(rule)).join()).toMatch(message);
  });

  it('an object of another namespace than the Role', () => {
    expect(
      wrong((chart) =>
        role({ verbs: 'get', on: new ConfigMap(chart, 'theirs', { namespace: 'theirs' }) })(chart),
      ),
    ).toEqual([expect.stringMatching(/^rules\[0\]\.on: .*"theirs", and the Role in "shop"/)]);
  });

  it('rules beside what is taken in, which the controller would replace', () => {
    expect(
      wrong((chart) => {
        new ClusterRole(chart, 'a', { rules: [{ verbs: 'get', on: 'pods' }], aggregates: [{ a: 'b' }] });
      }),
    ).toEqual([expect.stringMatching(/^rules: Forbidden: a controller replaces the rules/)]);
  });

  it('subjects and roles of another kind, and accounts without a namespace', () => {
    expect(
      wrong((chart) => {
        const secret = existing('Secret', 'a') as never;
        new RoleBinding(chart, 'a', { role: secret, subjects: [secret] });
      }),
    ).toEqual([
      'role: expected a Role or ClusterRole, got Secret "a"',
      expect.stringContaining('subjects[0]: expected a User, Group or ServiceAccount, got Secret "a"'),
    ]);
    expect(
      wrong((chart) => {
        new ClusterRoleBinding(chart, 'a', { role: 'view', subjects: [serviceAccount('ci')] });
      }),
    ).toEqual([expect.stringMatching(/^subjects\[0\]: Required value: the namespace of a ServiceAccount/)]);
    expect(
      wrong((chart) => {
        const elsewhere = new Role(chart, 'r', { namespace: 'other', rules: [{ verbs: 'get', on: 'pods' }] });
        new RoleBinding(chart, 'a', { role: elsewhere, subjects: [user('jane')] });
      }),
    ).toEqual([expect.stringMatching(/^role: Invalid value: Role "shop-r" is in another namespace/)]);
  });
});
