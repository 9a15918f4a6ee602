import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { at, problems, rendered } from '../../../test/constructs/rendering';
import type { Chart, ChartProps, ManifestSet } from '../../index';
import {
  check,
  ConfigMap,
  CronJob,
  existing,
  ExternalSecret,
  Job,
  KubeObject,
  Namespace,
  ServiceAccount,
  Worker,
} from '../../index';

const IMAGE = { image: 'acme/app:1' };
const SHOP: ChartProps = { namespace: 'shop' };

function granted(build: (app: Worker, chart: Chart) => unknown, chart: ChartProps = SHOP): ManifestSet {
  return rendered((scope) => build(new Worker(scope, 'app', IMAGE), scope), { chart });
}

function rulesOf(build: (app: Worker, chart: Chart) => unknown, kind = 'Role'): unknown {
  return at(granted(build).get({ kind }).object, 'rules');
}

function wrong(build: (app: Worker, chart: Chart) => unknown, chart: ChartProps = SHOP): readonly string[] {
  return problems((scope) => build(new Worker(scope, 'app', IMAGE), scope), { chart }).map(
    ({ path, message, hint }) => [`${path}: ${message}`, hint].join(' | '),
  );
}

/** Findings about permissions and tokens. */
function findings(set: ManifestSet): readonly string[] {
  return check(set)
    .map(({ rule }) => rule)
    .filter((rule) => /rbac|token|admission|suppress|account/.test(rule));
}

describe('grant', () => {
  it('makes a Role, a binding and a token, which there are not without it', () => {
    const set = granted((app) => app.grant(['get', 'list'], 'pods'));
    expect(set.get({ kind: 'Role' }).object).toMatchObject({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      metadata: { name: 'shop-app', namespace: 'shop' },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }],
    });
    expect(set.get({ kind: 'RoleBinding' }).object).toMatchObject({
      metadata: { name: 'shop-app', namespace: 'shop' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'shop-app' },
      subjects: [{ kind: 'ServiceAccount', name: 'shop-app', namespace: 'shop' }],
    });
    const token = (objects: ManifestSet): unknown =>
      at(objects.get({ kind: 'Deployment' }).object, 'spec.template.spec.automountServiceAccountToken');
    expect(token(set)).toBe(true);
    expect(findings(set)).toEqual([]);
    const without = granted(() => undefined);
    expect(token(without)).toBe(false);
    expect(without.find({ kind: 'Role' })).toEqual([]);
  });

  it.each([
    ['pods', '', 'pods'],
    ['Pod', '', 'pods'],
    ['pod', '', 'pods'],
    ['CronJob', 'batch', 'cronjobs'],
    ['deployments', 'apps', 'deployments'],
    ['NetworkPolicy', 'networking.k8s.io', 'networkpolicies'],
    ['ingresses', 'networking.k8s.io', 'ingresses'],
    ['endpointslices', 'discovery.k8s.io', 'endpointslices'],
    ['events', '', 'events'],
    ['events.events.k8s.io', 'events.k8s.io', 'events'],
    ['pods/log', '', 'pods/log'],
    ['Deployment/scale', 'apps', 'deployments/scale'],
    ['widgets.example.com', 'example.com', 'widgets'],
    ['widgets.example.com/status', 'example.com', 'widgets/status'],
  ])('takes %s as a resource of group "%s"', (what, group, resource) => {
    expect(rulesOf((app) => app.grant('get', what))).toEqual([
      { apiGroups: [group], resources: [resource], verbs: ['get'] },
    ]);
  });

  it('takes a group and a resource', () => {
    expect(rulesOf((app) => app.grant('sync', { group: 'argoproj.io', resource: 'applications' }))).toEqual([
      { apiGroups: ['argoproj.io'], resources: ['applications'], verbs: ['sync'] },
    ]);
    const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];
    expect(rulesOf((app) => app.grant(verbs, 'widgets.example.com'))).toMatchObject([{ verbs }]);
    expect(rulesOf((app) => app.grant('get', { group: 'apps', resource: 'deployments' }))).toEqual([
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] },
    ]);
  });

  it('names the one object of a construct, in the plural of its kind', () => {
    const rules = rulesOf((app, chart) => {
      app.grant('get', new ConfigMap(chart, 'settings', { data: { A: 'b' } }));
      app.grant(['get', 'delete'], new CronJob(chart, 'night', { ...IMAGE, schedule: '0 0 * * *' }));
      app.grant('get', new Job(chart, 'once', { ...IMAGE, name: 'once' }));
      app.grant('get', new ExternalSecret(chart, 'login', { store: 'vault', keys: { a: 'b#c' } }));
      app.grant('get', new kplus.Secret(chart, 'theirs', { metadata: { name: 'theirs' } }));
      app.grant('get', kplus.Secret.fromSecretName(chart, 'imported', 'imported'));
      app.grant(
        'get',
        new ApiObject(chart, 'lease', { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' }),
      );
      app.grant('get', existing('Service', 'other'));
    }) as readonly Record<string, readonly string[]>[];
    expect(
      rules.map(({ apiGroups, resources, resourceNames, verbs }) => [
        apiGroups,
        resources,
        resourceNames,
        verbs,
      ]),
    ).toEqual([
      [[''], ['configmaps'], [expect.stringMatching(/^shop-settings/)], ['get']],
      [[''], ['secrets'], ['imported', 'theirs'], ['get']],
      [[''], ['services'], ['other'], ['get']],
      [['batch'], ['cronjobs'], ['shop-night'], ['get', 'delete']],
      [['batch'], ['jobs'], [expect.stringMatching(/^once-\w+$/)], ['get']],
      [['coordination.k8s.io'], ['leases'], ['shop-lease'], ['get']],
      [['external-secrets.io'], ['externalsecrets'], ['shop-login'], ['get']],
    ]);
  });

  it('names the object as the cluster has it, although its name follows from its content', () => {
    const set = granted((app, chart) =>
      app.grant('get', new ConfigMap(chart, 'settings', { data: { A: 'b' }, immutable: true })),
    );
    const { name } = set.get({ kind: 'ConfigMap' }).object.metadata;
    expect(at(set.get({ kind: 'Role' }).object, 'rules.0.resourceNames')).toEqual([name]);
  });

  it('merges grants into one Role with as few rules as allow the same', () => {
    expect(
      rulesOf((app) =>
        app
          .grant(['get', 'list'], 'pods')
          .grant(['watch', 'get'], 'pods')
          .grant(['list', 'watch', 'get'], ['services', 'deployments'])
          .grant('patch', 'statefulsets')
          .grant('get', 'configmaps', { names: ['b', 'a'] })
          .grant('update', 'configmaps', { names: ['a'] })
          .grant('get', 'configmaps', { names: ['c'] })
          .grant('delete', 'configmaps'),
      ),
    ).toEqual([
      { apiGroups: [''], resources: ['configmaps'], verbs: ['delete'] },
      { apiGroups: [''], resources: ['configmaps'], resourceNames: ['a'], verbs: ['get', 'update'] },
      { apiGroups: [''], resources: ['configmaps'], resourceNames: ['b', 'c'], verbs: ['get'] },
      { apiGroups: [''], resources: ['pods', 'services'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: ['apps'], resources: ['statefulsets'], verbs: ['patch'] },
    ]);
  });

  it('is the same whatever the order of the calls', () => {
    const one = (app: Worker): unknown =>
      app.grant('get', 'pods').grant('list', 'nodes').grant('get', 'services');
    const other = (app: Worker): unknown =>
      app.grant('get', 'services').grant('list', 'nodes').grant('get', 'pods');
    expect(rulesOf(one)).toEqual(rulesOf(other));
  });

  it('leaves out what another grant allows for all objects', () => {
    const build = (app: Worker): unknown =>
      app.grant(['get', 'watch'], 'pods', { names: ['a'] }).grant(['get', 'watch'], 'pods');
    expect(rulesOf(build)).toEqual([{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'watch'] }]);
  });

  it('accepts list and watch of one object, which clients select by its name', () => {
    const set = granted((app, chart) => {
      app.grant(['get', 'watch'], new ConfigMap(chart, 'settings', { data: { A: 'b' } }));
    });
    expect(at(set.get({ kind: 'Role' }).object, 'rules.0.verbs')).toEqual(['get', 'watch']);
    expect(findings(set)).toEqual([]);
    const forAll = granted((app) => app.grant('list', 'pods', { names: ['a'] }).grant('list', 'pods'));
    expect(findings(forAll)).toEqual([]);
  });

  it.each(['create', 'deletecollection'])('refuses %s of one object, which no request names', (verb) => {
    expect(wrong((app) => app.grant(['get', verb], 'configmaps', { names: ['a'] }))).toEqual([
      expect.stringContaining(
        `grant: verb "${verb}" cannot be limited to an object: its request names none | Grant it on all: \`grant('${verb}', 'configmaps')\``,
      ),
    ]);
    expect(wrong((app, chart) => app.grant(verb, new ConfigMap(chart, 'settings')))).toHaveLength(1);
    expect(wrong((app) => app.grant(verb, 'configmaps'))).toEqual([]);
  });

  it('allows create with patch of one object, since server-side apply names it', () => {
    const set = granted((app) => app.grant(['create', 'patch'], 'configmaps', { names: ['a'] }));
    expect(findings(set)).toEqual([]);
  });

  it('makes the Role in the other namespace, whose binding names that of the account', () => {
    const set = granted((app) => app.grant('list', 'pods', { in: 'jobs' }).grant('get', 'pods'));
    expect(set.get({ kind: 'Role', namespace: 'jobs' }).object).toMatchObject({
      metadata: { name: 'shop-shop-app' },
      rules: [{ verbs: ['list'] }],
    });
    expect(set.get({ kind: 'RoleBinding', namespace: 'jobs' }).object).toMatchObject({
      roleRef: { kind: 'Role', name: 'shop-shop-app' },
      subjects: [{ kind: 'ServiceAccount', name: 'shop-app', namespace: 'shop' }],
    });
    expect(at(set.get({ kind: 'Role', namespace: 'shop' }).object, 'rules')).toMatchObject([
      { verbs: ['get'] },
    ]);
    expect(findings(set)).toEqual([]);
  });

  it('takes a Namespace, and a construct of another namespace, as the place', () => {
    const roles = granted((app, chart) => {
      app.grant('list', 'pods', { in: new Namespace(chart, 'jobs', { name: 'jobs' }) });
      app.grant('get', new ConfigMap(chart, 'theirs', { namespace: 'theirs' }));
    }).find({ kind: 'Role' });
    expect(roles.map(({ id }) => id.namespace)).toEqual(['jobs', 'theirs']);
  });

  it('makes a ClusterRole for cluster-scoped kinds, paths, and all namespaces', () => {
    const set = granted((app) =>
      app
        .grant(['get', 'list'], ['nodes', 'pods'])
        .grant('list', 'services', { in: 'cluster' })
        .grant('get', '/metrics'),
    );
    expect(set.get({ kind: 'ClusterRole' }).object).toMatchObject({
      metadata: { name: 'shop-shop-app' },
      rules: [
        { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list'] },
        { apiGroups: [''], resources: ['services'], verbs: ['list'] },
        { nonResourceURLs: ['/metrics'], verbs: ['get'] },
      ],
    });
    expect(set.get({ kind: 'ClusterRoleBinding' }).object).toMatchObject({
      roleRef: { kind: 'ClusterRole', name: 'shop-shop-app' },
      subjects: [{ kind: 'ServiceAccount', name: 'shop-app', namespace: 'shop' }],
    });
    expect(at(set.get({ kind: 'Role' }).object, 'rules')).toMatchObject([{ resources: ['pods'] }]);
    expect(set.get({ kind: 'ClusterRole' }).object.metadata).not.toHaveProperty('namespace');
    expect(findings(set)).toEqual([]);
  });

  it('needs the namespace of the account for a binding elsewhere', () => {
    const message =
      'grant: Required value: a binding elsewhere needs the namespace of the ServiceAccount | Set `namespace` of the chart.';
    expect(wrong((app) => app.grant('get', 'nodes'), {})).toEqual([message]);
    expect(wrong((app) => app.grant('get', 'pods', { in: 'jobs' }), {})).toEqual([message]);
    expect(wrong((app) => app.grant('get', 'pods'), {})).toEqual([]);
  });

  it('binds an existing account, and mounts its token', () => {
    const set = rendered(
      (chart) => {
        new Worker(chart, 'a', { ...IMAGE, serviceAccount: 'theirs' }).grant('get', 'pods');
        new Worker(chart, 'b', { ...IMAGE, serviceAccount: new ServiceAccount(chart, 'ours') }).grant(
          'get',
          'pods',
        );
        new Worker(chart, 'c', { ...IMAGE, serviceAccountToken: false }).grant('get', 'pods');
      },
      { chart: SHOP },
    );
    expect(findings(set)).toEqual(['wiring/rbac-subject-missing', 'wiring/service-account-missing']);
    const subjects = set.find({ kind: 'RoleBinding' }).map(({ object }) => at(object, 'subjects.0.name'));
    expect(subjects).toEqual(['theirs', 'shop-ours', 'shop-c']);
    const tokens = set
      .find({ kind: 'Deployment' })
      .map(({ object }) => at(object, 'spec.template.spec.automountServiceAccountToken'));
    expect(tokens).toEqual([true, true, false]);
  });

  it('has no finding about an account that is said to exist', () => {
    const account = existing('ServiceAccount', 'theirs');
    const set = rendered(
      (chart) =>
        new Worker(chart, 'a', { ...IMAGE, serviceAccount: account }).grant('get', ['pods', 'nodes']),
      { chart: SHOP },
    );
    expect(findings(set)).toEqual([]);
  });

  it('has its objects as members', () => {
    granted((app) => {
      expect([app.role, app.roleBinding, app.clusterRole, app.clusterRoleBinding]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
      ]);
      app.grant('get', ['pods', 'nodes']).grant('get', 'pods', { in: 'jobs' });
      expect(
        [app.role, app.roleBinding, app.clusterRole, app.clusterRoleBinding].map((each) => each?.kind),
      ).toEqual(['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding']);
      expect(app.roles.map(({ metadata }) => metadata.namespace)).toEqual(['shop', 'jobs']);
      expect(app.roleBindings).toHaveLength(2);
    });
  });

  it('precedes the pods, which need it', () => {
    const kinds = [...granted((app) => app.grant('get', 'pods'))].map(({ id }) => id.kind);
    expect(kinds.indexOf('RoleBinding')).toBeLessThan(kinds.indexOf('Deployment'));
  });
});

describe('grant refuses', () => {
  it.each([
    ['gets', 'pods', 'Did you mean "get"'],
    ['Get', 'pods', 'Did you mean "get"'],
    ['lists', 'widgets.example.com', 'Did you mean "list"'],
    ['lits', 'widgets.example.com', 'Did you mean "list"'],
    ['bind', 'pods', ''],
    ['get', 'pods/eviction', 'Requests for pods/eviction have no other verb'],
    ['delete', 'pods/log', ''],
  ])('verb %s on %s', (verb, what, hint) => {
    expect(wrong((app) => app.grant(verb, what))).toEqual([
      expect.stringMatching(RegExp(`^grant: Unsupported value: "${verb}": supported values: .* \\| ${hint}`)),
    ]);
  });

  it.each([
    [
      'pdos',
      'grant: unknown resource "pdos" | Did you mean "pods"? Write a custom resource with its group: \'widgets.example.com\'.',
    ],
    [
      'widgets',
      'grant: unknown resource "widgets" | Write a custom resource with its group: \'widgets.example.com\'.',
    ],
    ['podsecuritypolicies', expect.stringContaining('unknown resource "podsecuritypolicies"')],
    [
      'deploymnets.apps',
      'grant: unknown resource "deploymnets" in group "apps" | Did you mean "deployments"?',
    ],
    ['pods.apps', 'grant: unknown resource "pods" in group "apps"'],
    ['pods/logs', 'grant: "pods" has no subresource "logs" | Did you mean "pods/log"?'],
    ['pods/*', expect.stringContaining('"pods" has no subresource "*"')],
    ['Widget.example.com', expect.stringContaining('expected the plural name of a resource')],
  ])('resource %s', (what, message) => {
    expect(wrong((app) => app.grant('get', what)).map((each) => each.replace(/ \| $/, ''))).toEqual([
      message,
    ]);
  });

  it('a kind of which the resource is not known', () => {
    const hint = "Name the resource: `grant(verbs, 'widgets.example.com', { names: ['name'] })`.";
    expect(wrong((app) => app.grant('get', existing('Widget', 'x')))).toEqual([
      `grant: the resource of Widget is not known | ${hint}`,
    ]);
    expect(
      wrong((app, chart) =>
        app.grant(
          'get',
          new KubeObject(chart, 'w', { apiVersion: 'example.com/v1', kind: 'Widget', content: () => ({}) }),
        ),
      ),
    ).toEqual([`grant: the resource of Widget is not known | ${hint}`]);
    expect(wrong((app, chart) => app.grant('get', chart))).toEqual([
      `grant: expected a construct of one object | ${hint}`,
    ]);
  });

  it('an empty list of names, which would allow all, and patterns', () => {
    expect(wrong((app) => app.grant('get', 'secrets', { names: [] }))).toEqual([
      'grant.names: Required value: no object is named | Leave out `names` for all objects.',
    ]);
    expect(wrong((app) => app.grant('get', 'secrets', { names: ['db-*'] }))).toEqual([
      'grant.names: Invalid value: "db-*": expected a name | RBAC knows no patterns: list the names.',
    ]);
    expect(wrong((app, chart) => app.grant('get', new ConfigMap(chart, 'a'), { names: ['b'] }))).toEqual([
      'grant.names: Forbidden: a construct has its own name | Leave out `names`.',
    ]);
    expect(wrong((app) => app.grant([], 'pods'))).toEqual(['grant: Required value: no verb is granted | ']);
  });

  it('a namespace for what has none, or has another', () => {
    expect(wrong((app) => app.grant('get', 'nodes', { in: 'jobs' }))).toEqual([
      'grant.in: Forbidden: "nodes" is cluster-scoped | Leave out `in`.',
    ]);
    expect(wrong((app, chart) => app.grant('get', new ConfigMap(chart, 'a'), { in: 'jobs' }))).toEqual([
      'grant.in: Invalid value: "jobs": the object is in namespace "shop" | Leave out `in`.',
    ]);
  });

  it.each([
    ['*', 'pods', {}],
    ['get', '*', {}],
    ['get', '*/scale', {}],
    ['get', '/api/*', {}],
    ['escalate', 'roles', { names: ['a'] }],
    ['bind', 'clusterroles', {}],
    ['impersonate', 'users', {}],
    ['create', 'serviceaccounts/token', {}],
    ['create', 'pods/exec', {}],
    ['get', 'nodes/proxy', {}],
    ['list', 'secrets', {}],
    ['list', 'secrets', { in: 'cluster' }],
    ['create', 'deployments', { in: 'cluster' }],
    ['create', 'persistentvolumes', {}],
    ['update', 'certificatesigningrequests/approval', {}],
    ['patch', 'mutatingwebhookconfigurations', {}],
    ['patch', 'namespaces', {}],
  ])('%s on %s with %j, unless it is said to be unsafe', (verb, what, options) => {
    const found = wrong((app) => app.grant(verb, what, options));
    expect(found.length).toBeGreaterThan(0);
    expect(
      found.filter((each) => !/^grant\.unsafe: Required value: .*set `unsafe: true`\.$/.test(each)),
    ).toEqual([]);
    expect(wrong((app) => app.grant(verb, what, { ...options, unsafe: true }))).toEqual([]);
  });

  it.each([
    ['get', 'secrets', { names: ['a'] }],
    ['create', 'serviceaccounts/token', { names: ['a'] }],
    ['create', 'deployments', {}],
    ['patch', 'mutatingwebhookconfigurations', { names: ['a'] }],
    ['delete', 'secrets', {}],
  ])('not %s on %s with %j', (verb, what, options) => {
    expect(wrong((app) => app.grant(verb, what, options))).toEqual([]);
  });

  it('arguments of another shape', () => {
    expect(wrong((app) => app.grant(5 as never, 'pods'))).toEqual([
      'grant: Invalid value: expected a string or a list, got a number | Put it in quotes.',
    ]);
    expect(wrong((app) => app.grant('get', undefined as never))).toHaveLength(1);
    expect(wrong((app) => app.grant('get', 'pods', { namespace: 'jobs' } as never))).toEqual([
      expect.stringContaining('grant.namespace: unknown prop "namespace"'),
    ]);
  });
});
