import { findingsOf } from '../../../test/check/rule-test';
import { ManifestSet } from '../../manifest/set';
import { check } from '../check';

/** The severity, object and message of each finding of a rule. */
function said(rule: string, ...objects: readonly object[]): string[] {
  const yaml = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  return findingsOf(`wiring/${rule}`, yaml).map(
    ({ severity, found: [, , message] }) => `${severity}: ${message}`,
  );
}

const object = (apiVersion: string, kind: string, name: string, rest: object = {}, namespace = 'shop') => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace !== '' && { namespace }) },
  ...rest,
});

const containers = [{ name: 'web', image: 'a', envFrom: [{ secretRef: { name: 'web-login' } }] }];
const web = (spec: object = { containers }, labels: object = { app: 'web' }) => ({
  ...object('v1', 'Pod', 'web', { spec }),
  metadata: { name: 'web', namespace: 'shop', labels },
});
const plain = { containers: [{ name: 'web', image: 'a' }] };
const helm = (namespace = 'shop', spec = {}) =>
  object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'cache', { spec }, namespace);
const route = (backend: string, namespace = 'shop') =>
  object(
    'gateway.networking.k8s.io/v1',
    'HTTPRoute',
    'web',
    { spec: { rules: [{ backendRefs: [{ name: backend, port: 80 }] }] } },
    namespace,
  );
const service = (name: string, selector: object = { app: 'web' }) =>
  object('v1', 'Service', name, { spec: { selector, ports: [{ port: 80 }] } });

describe('what is missing is an error where the set proves it', () => {
  const missing = 'error: Service "cache" in namespace "shop" not found';

  it('there are others of its kind in the namespace, and nothing that could make it', () => {
    expect(said('route-backend-missing', web(plain), service('front'), route('cache'))).toEqual([missing]);
  });

  it.each(['ConfigMap', 'PersistentVolumeClaim', 'ServiceAccount'])('a %s beside others', (kind) => {
    const volumes = [
      { name: 'a', configMap: { name: 'settings' } },
      { name: 'b', persistentVolumeClaim: { claimName: 'settings' } },
    ];
    const pod = web({ ...plain, serviceAccountName: 'settings', volumes });
    const found = (...others: object[]) =>
      ['config-map-missing', 'claim-missing', 'service-account-missing']
        .flatMap((rule) => said(rule, pod, ...others))
        .filter((each) => each.includes(kind));
    const text = `${kind} "settings" in namespace "shop" not found`;
    expect(found(object('v1', kind, 'other'))).toEqual([`error: ${text}`]);
    const doubt = `warning: ${text}, but these manifests hold no ${kind} there`;
    expect(found()).toEqual([doubt]);
    expect(found(object('v1', kind, 'other', {}, 'blog'))).toEqual([doubt]);
    expect(found(object('v1', kind, 'setings'))).toEqual([`error: ${text}`]);
  });

  it('its name is a letter off, whatever could make it', () => {
    expect(said('route-backend-missing', helm(), service('cahce'), route('cache'))).toEqual([missing]);
  });

  it('there is one of that name in another namespace', () => {
    const other = { ...service('cache'), metadata: { name: 'cache', namespace: 'blog' } };
    expect(said('route-backend-missing', other, route('cache'))).toEqual([missing]);
  });
});

describe('what a deployer may create is a warning', () => {
  const doubt = (by: string) => [
    `warning: Service "cache" in namespace "shop" not found, but ${by} may create it`,
  ];
  const found = (...objects: readonly object[]) =>
    said('route-backend-missing', web(plain), service('front'), route('cache'), ...objects);

  it('a chart, in its own namespace or the one that it names', () => {
    expect(found(helm())).toEqual(doubt('HelmRelease shop/cache'));
    expect(found(helm('flux-system', { targetNamespace: 'shop' }))).toEqual(
      doubt('HelmRelease flux-system/cache'),
    );
    expect(found(helm('blog'))).toHaveLength(1);
    expect(found(helm('blog'))[0]).toMatch(/^error/);
  });

  it('a repository, in any namespace unless it names one', () => {
    const flux = (spec: object) =>
      object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'infra', { spec }, 'flux-system');
    expect(found(flux({ path: './infra' }))).toEqual(doubt('Kustomization flux-system/infra'));
    expect(found(flux({ targetNamespace: 'blog' }))[0]).toMatch(/^error/);
  });

  it.each([
    ['a chart', { chart: 'redis', repoURL: 'https://charts.example' }, 'blog', /^error/],
    ['a chart for the namespace', { chart: 'redis', repoURL: 'https://charts.example' }, 'shop', /^warning/],
    ['a folder, which may name other namespaces', { path: 'deploy' }, 'blog', /^warning/],
  ])('an Application of Argo CD: %s', (_title, source, namespace, severity) => {
    const spec = { source, destination: { namespace } };
    expect(found(object('argoproj.io/v1alpha1', 'Application', 'all', { spec }, 'argocd'))[0]).toMatch(
      severity,
    );
  });
});

describe('what an operator may create is a warning', () => {
  const account = object('v1', 'ServiceAccount', 'operator', {}, 'ops');
  const pod = (spec: object) => object('v1', 'Pod', 'operator', { spec: { ...plain, ...spec } }, 'ops');
  const role = (rules: object[]) =>
    object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'operator', { rules }, '');
  const binding = (kind: string, name = 'operator', namespace = '') =>
    object(
      'rbac.authorization.k8s.io/v1',
      kind,
      'operator',
      {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
        subjects: [{ kind: 'ServiceAccount', name: 'operator', namespace: 'ops' }],
      },
      namespace,
    );
  const rule = (resources: string[], verbs: string[], rest = {}) => ({
    apiGroups: [''],
    resources,
    verbs,
    ...rest,
  });
  const kept = object('v1', 'Secret', 'other');
  const found = (...objects: readonly object[]) => said('secret-missing', web(), kept, account, ...objects);
  const runs = pod({ serviceAccountName: 'operator' });
  const everywhere = binding('ClusterRoleBinding');

  it('the ServiceAccount of a workload has the permission', () => {
    expect(found(runs, role([rule(['secrets'], ['create', 'get'])]), everywhere)).toEqual([
      'warning: Secret "web-login" in namespace "shop" not found, but Pod ops/operator may create it',
    ]);
  });

  it.each([
    ['all verbs of all resources', runs, [rule(['*'], ['*'])], everywhere, 'warning'],
    [
      'in the namespace alone',
      runs,
      [rule(['secrets'], ['create'])],
      binding('RoleBinding', 'operator', 'shop'),
      'warning',
    ],
    ['a role of every cluster', runs, [], binding('ClusterRoleBinding', 'cluster-admin'), 'warning'],
    [
      'in another namespace',
      runs,
      [rule(['secrets'], ['create'])],
      binding('RoleBinding', 'operator', 'blog'),
      'error',
    ],
    ['of other resources', runs, [rule(['configmaps'], ['create'])], everywhere, 'error'],
    ['without the verb', runs, [rule(['secrets'], ['get'])], everywhere, 'error'],
    ['of other names', runs, [rule(['secrets'], ['create'], { resourceNames: ['a'] })], everywhere, 'error'],
    ['of no workload', pod({}), [rule(['secrets'], ['create'])], everywhere, 'error'],
  ])('or not: %s', (_title, workload, rules, bound, severity) => {
    expect(found(workload, role(rules), bound)[0]).toMatch(new RegExp(`^${severity}`));
  });

  it('not the workload that cannot start without it', () => {
    const own = { ...web({ containers, serviceAccountName: 'operator' }) };
    const bound = binding('ClusterRoleBinding');
    const subjects = [{ kind: 'ServiceAccount', name: 'operator', namespace: 'shop' }];
    expect(
      said('secret-missing', kept, own, role([rule(['secrets'], ['create'])]), { ...bound, subjects })[0],
    ).toMatch(/^error/);
  });

  it('a custom resource that names it, or that it is named after', () => {
    const widget = (name: string, spec: object, namespace = 'shop') =>
      object('acme.example/v1', 'Database', name, { spec }, namespace);
    const doubt = (by: string) => [
      `warning: Secret "web-login" in namespace "shop" not found, but Database shop/${by} may create it`,
    ];
    expect(found(widget('a', { credentials: { secret: 'web-login' } }))).toEqual(doubt('a'));
    expect(found(widget('web', {}))).toEqual(doubt('web'));
    expect(found(widget('login', {}))).toEqual(doubt('login'));
    expect(found(widget('logi', {}))[0]).toMatch(/^error/);
    expect(found(widget('web', {}, 'blog'))[0]).toMatch(/^error/);
  });

  it('a route, a policy or a monitor of that name makes nothing', () => {
    expect(found(route('web'), object('monitoring.coreos.com/v1', 'ServiceMonitor', 'web'))[0]).toMatch(
      /^error/,
    );
  });
});

describe('what the cluster may have is a warning', () => {
  const binding = (name: string, namespace: string) =>
    object(
      'rbac.authorization.k8s.io/v1',
      'ClusterRoleBinding',
      'a',
      {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
        subjects: [{ kind: 'ServiceAccount', name, namespace }],
      },
      '',
    );

  it('an account in a namespace of which the set has nothing', () => {
    expect(said('rbac-subject-missing', web(plain), binding('prometheus', 'monitoring'))).toEqual([
      'warning: ServiceAccount "prometheus" in namespace "monitoring" not found, but these manifests have nothing else in namespace "monitoring"',
    ]);
    const policy = object('networking.k8s.io/v1', 'NetworkPolicy', 'a', { spec: {} }, 'monitoring');
    expect(said('rbac-subject-missing', policy, binding('prometheus', 'monitoring'))[0]).toMatch(/^warning/);
    const config = object('v1', 'ConfigMap', 'a', {}, 'monitoring');
    expect(said('rbac-subject-missing', config, binding('prometheus', 'monitoring'))[0]).toMatch(
      /but these manifests hold no ServiceAccount there$/,
    );
    const account = object('v1', 'ServiceAccount', 'grafana', {}, 'monitoring');
    expect(said('rbac-subject-missing', account, binding('prometheus', 'monitoring'))[0]).toMatch(/^error/);
  });

  it('the accounts of controllers are there, and others of kube-system may be', () => {
    expect(said('rbac-subject-missing', binding('statefulset-controller', 'kube-system'))).toEqual([]);
    expect(said('rbac-subject-missing', binding('statefulset-controler', 'kube-system'))[0]).toMatch(
      /^error/,
    );
    const config = object('v1', 'ConfigMap', 'a', {}, 'kube-system');
    expect(said('rbac-subject-missing', config, binding('cloud-agent', 'kube-system'))).toEqual([
      'warning: ServiceAccount "cloud-agent" in namespace "kube-system" not found, but the cluster may have it',
    ]);
  });

  it('classes that clouds and administrators add', () => {
    const pod = web({ ...plain, priorityClassName: 'platform-critical', runtimeClassName: 'kata' });
    expect(said('priority-class-missing', pod)).toEqual([
      'warning: PriorityClass "platform-critical" not found, but the cluster may have it',
    ]);
    expect(said('runtime-class-missing', pod)[0]).toMatch(/^warning/);
  });

  it('what a variable names is not looked for', () => {
    expect(said('route-backend-missing', web(plain), route('${APP}-http'))).toEqual([]);
  });

  it('images may need no credentials', () => {
    const pod = web({ ...plain, imagePullSecrets: [{ name: 'registry' }] });
    expect(said('pull-secret-missing', pod)).toEqual([
      'warning: Secret "registry" in namespace "shop" not found, but images of public registries need none',
    ]);
  });
});

describe('a selector that matches nothing', () => {
  const budget = (matchLabels: object, namespace = 'shop') =>
    object(
      'policy/v1',
      'PodDisruptionBudget',
      'b',
      { spec: { maxUnavailable: 1, selector: { matchLabels } } },
      namespace,
    );
  const rule = 'disruption-budget-selects-nothing';

  it('is an error where the set has the pods of the namespace', () => {
    expect(said(rule, web(plain), budget({ app: 'cache' }))[0]).toMatch(/^error/);
  });

  it('is a warning where a chart or an operator may create such pods', () => {
    expect(said(rule, web(plain), helm(), budget({ app: 'cache' }))).toEqual([
      'warning: selector app=cache matches no pods in namespace "shop", but HelmRelease shop/cache may create some',
    ]);
    const cluster = object('acme.example/v1', 'Cluster', 'main');
    expect(said(rule, web(plain), cluster, budget({ 'acme.example/role': 'primary' }))[0]).toMatch(
      /^warning/,
    );
    expect(said(rule, web(plain), cluster, budget({ cluster: 'main' }))[0]).toMatch(/^warning/);
    expect(said(rule, web(plain), cluster, budget({ 'other.example/role': 'primary' }))[0]).toMatch(/^error/);
  });

  it('is an error again where a pod has nearly these labels', () => {
    expect(said(rule, web(plain), helm(), budget({ app: 'wbe' }))[0]).toMatch(/^error/);
  });

  it('is a warning where the set has no pods of the namespace', () => {
    expect(said(rule, web(plain), budget({ app: 'web' }, 'blog'))).toEqual([
      'warning: selector app=web matches no pods in namespace "blog", but these manifests have no pods there',
    ]);
  });

  it('is a warning where it is for the pods of others', () => {
    const policy = object('networking.k8s.io/v1', 'NetworkPolicy', 'a', {
      spec: {
        podSelector: { matchLabels: { app: 'web' } },
        ingress: [{ from: [{ podSelector: { matchLabels: { app: 'gateway' } } }] }],
      },
    });
    expect(said('network-policy-peer-missing', web(plain), policy)).toEqual([
      'warning: selector app=gateway matches no pods in namespace "shop", but other manifests may have some',
    ]);
  });
});

test('a source of Flux that a generator or the operator makes is found', () => {
  const kustomization = (kind: string, name: string) =>
    object(
      'kustomize.toolkit.fluxcd.io/v1',
      'Kustomization',
      'apps',
      { spec: { sourceRef: { kind, name }, targetNamespace: 'apps' } },
      'flux-system',
    );
  const generator = object(
    'source.extensions.fluxcd.io/v1beta1',
    'ArtifactGenerator',
    'split',
    { spec: { artifacts: [{ name: 'web' }] } },
    'flux-system',
  );
  const source = object('source.toolkit.fluxcd.io/v1', 'ExternalArtifact', 'other', {}, 'flux-system');
  expect(said('object-missing', generator, kustomization('ExternalArtifact', 'web'))).toEqual([]);
  expect(said('object-missing', source, generator, kustomization('ExternalArtifact', 'wbe'))[0]).toMatch(
    /^error/,
  );
  const flux = object(
    'fluxcd.controlplane.io/v1',
    'FluxInstance',
    'flux',
    { spec: { sync: { kind: 'GitRepository' } } },
    'flux-system',
  );
  expect(said('object-missing', flux, kustomization('GitRepository', 'flux-system'))).toEqual([]);
});

describe('a Service without pods', () => {
  const rule = 'service-selects-nothing';
  const missing = /^error: selector app=cache matches no pods in namespace "shop"$/;

  const worker = {
    ...web(plain, { app: 'worker' }),
    metadata: { name: 'worker', namespace: 'shop', labels: { app: 'worker' } },
  };

  it('is an error where a pod seems to be meant', () => {
    expect(said(rule, web(plain), service('cache', { app: 'cache' }))[0]).toMatch(missing);
    expect(said(rule, web(plain), worker, service('web', { app: 'cache' }))[0]).toMatch(/^error/);
    const both = service('cache', { app: 'cache', tier: 'front' });
    const shares = web(plain, { app: 'web', tier: 'front' });
    expect(said(rule, shares, worker, both)[0]).toMatch(/^error/);
    expect(said(rule, shares, worker, service('web'), both)[0]).toMatch(/other manifests may have some$/);
  });

  it('is an error where a pod of its file has no other Service', () => {
    const parsed = (...files: readonly (readonly object[])[]) =>
      check(
        ManifestSet.from(
          files.flatMap((objects, index) => [
            ...ManifestSet.parse(objects.map((each) => JSON.stringify(each)).join('\n---\n'), {
              source: `${index}.yaml`,
            }),
          ]),
        ),
      ).flatMap((finding) => (finding.rule === `wiring/${rule}` ? [finding.severity] : []));
    const lost = service('cache', { app: 'cache' });
    expect(parsed([web(plain), lost], [worker])).toEqual(['error']);
    expect(parsed([web(plain)], [lost], [worker])).toEqual(['warning']);
    expect(parsed([web(plain), lost, service('web')], [worker])).toEqual(['warning']);
  });

  it('is a warning where other Services select all of them, or a pod without a namespace has the labels', () => {
    expect(said(rule, web(plain), worker, service('web'), service('cache', { app: 'cache' }))).toEqual([
      'warning: selector app=cache matches no pods in namespace "shop", but other manifests may have some',
    ]);
    const loose = { ...web(plain, { app: 'cache' }), metadata: { name: 'cache', labels: { app: 'cache' } } };
    expect(said(rule, web(plain), loose, service('cache', { app: 'cache' }))[0]).toMatch(
      /Pod cache may be applied/,
    );
  });

  it('is a warning where the experiment of a Rollout may run some', () => {
    const template = { metadata: { labels: { app: 'cache' } } };
    const rollout = object('argoproj.io/v1alpha1', 'Rollout', 'api', {
      spec: {
        template: { metadata: { labels: { app: 'api' } }, spec: plain },
        strategy: { canary: { steps: [{ experiment: { templates: [{ template }] } }] } },
      },
    });
    expect(said(rule, rollout, service('cache', { app: 'cache' }))[0]).toMatch(
      /Rollout shop\/api may create some$/,
    );
  });
});

test('the claims of a StatefulSet are there', () => {
  const set = object('apps/v1', 'StatefulSet', 'db', {
    spec: {
      replicas: 4,
      template: { metadata: { labels: { app: 'db' } }, spec: plain },
      volumeClaimTemplates: [{ metadata: { name: 'data' } }],
    },
  });
  const backup = (claimName: string) =>
    web({ ...plain, volumes: [{ name: 'a', persistentVolumeClaim: { claimName } }] });
  expect(said('claim-missing', set, backup('data-db-3'))).toEqual([]);
  expect(said('claim-missing', set, backup('logs-db-0'))[0]).toMatch(/^error/);
});

describe('what another object may allow is a warning where the set may bring one', () => {
  const policy = object('networking.k8s.io/v1', 'NetworkPolicy', 'closed', {
    spec: { podSelector: { matchLabels: { app: 'web' } }, ingress: [] },
  });
  const open = {
    ...service('web'),
    spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80 }] },
  };

  it('a NetworkPolicy', () => {
    const rule = 'network-policy-blocks-route';
    expect(said(rule, web(plain), open, policy)[0]).toMatch(/^error/);
    expect(said(rule, web(plain), open, policy, helm())[0]).toMatch(
      /^warning: .*, but HelmRelease shop\/cache may create a policy that allows it$/,
    );
  });

  it('a Prometheus', () => {
    const prometheus = object('monitoring.coreos.com/v1', 'Prometheus', 'main', {
      spec: { serviceMonitorSelector: { matchLabels: { team: 'a' } } },
    });
    const monitor = object('monitoring.coreos.com/v1', 'ServiceMonitor', 'web');
    expect(said('monitor-ignored', prometheus, monitor)[0]).toMatch(/^error/);
    expect(said('monitor-ignored', prometheus, monitor, helm())[0]).toMatch(
      /but HelmRelease shop\/cache may create another Prometheus$/,
    );
  });

  it('a ReferenceGrant', () => {
    const elsewhere = {
      ...route('web', 'front'),
      spec: { rules: [{ backendRefs: [{ name: 'web', namespace: 'shop', port: 80 }] }] },
    };
    expect(said('reference-grant-missing', web(plain), service('web'), elsewhere)[0]).toMatch(/^error/);
    expect(said('reference-grant-missing', web(plain), service('web'), elsewhere, helm())[0]).toMatch(
      /but HelmRelease shop\/cache may create one$/,
    );
  });
});

test('a kind or group that is only like a defined one says nothing', () => {
  const definition = (kind: string, group: string) => {
    const plural = `${kind.toLowerCase()}s`;
    const spec = { group, scope: 'Namespaced', names: { kind, plural }, versions: [] };
    return object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `${plural}.${group}`, { spec }, '');
  };
  const rule = 'definition-missing';
  expect(
    said(rule, definition('TCPRoute', 'acme.example'), object('acme.example/v1', 'TLSRoute', 'a')),
  ).toEqual([]);
  expect(
    said(rule, definition('TCPRoute', 'acme.example'), object('acme.example/v1', 'TCPRoutes', 'a')),
  ).toHaveLength(1);
  expect(
    said(rule, definition('Shop', 'x.acme.example'), object('x-acme.example/v1', 'Shop', 'a')),
  ).toHaveLength(1);
  expect(
    said(
      rule,
      definition('Shop', 'networking.k8s.example'),
      object('networking.x-k8s.example/v1', 'Shop', 'a'),
    ),
  ).toEqual([]);
});

describe('a Secret that nothing here makes', () => {
  const found = (...objects: readonly object[]) => said('secret-missing', web(), ...objects);
  const error = ['error: Secret "web-login" in namespace "shop" not found'];

  it('is an error where the set keeps Secrets of the namespace', () => {
    expect(found(object('v1', 'Secret', 'other'))).toEqual(error);
    expect(found(object('bitnami.com/v1alpha1', 'SealedSecret', 'other'))).toEqual(error);
  });

  it('is a warning where others may create it by hand', () => {
    const doubt =
      'warning: Secret "web-login" in namespace "shop" not found, but these manifests hold no Secret there';
    expect(found()).toEqual([doubt]);
    expect(found(object('v1', 'Secret', 'other', {}, 'blog'))).toEqual([doubt]);
    expect(found(object('v1', 'Namespace', 'shop', {}, ''))).toEqual([doubt]);
  });
});

test('in a namespace that the set does not create, while it creates others, the rest of a project may be', () => {
  const pod = web({ ...plain, serviceAccountName: 'controller' });
  const namespace = (name: string) => object('v1', 'Namespace', name, {}, '');
  const account = object('v1', 'ServiceAccount', 'web');
  expect(said('service-account-missing', pod, account, namespace('gateway'))).toEqual([
    'warning: ServiceAccount "controller" in namespace "shop" not found, but namespace "shop" is created elsewhere, and may have it',
  ]);
  expect(said('service-account-missing', pod, account, namespace('gateway'), namespace('shop'))[0]).toMatch(
    /^error/,
  );
  expect(said('service-account-missing', pod, account)[0]).toMatch(/^error/);
});

test('that a database brings its own Secrets says nothing of others', () => {
  const cluster = object('postgresql.cnpg.io/v1', 'Cluster', 'db');
  expect(said('secret-missing', web(), cluster)[0]).toMatch(/but these manifests hold no Secret there$/);
});

test('pods start without a governing Service, and one with nearly its name is meant', () => {
  const set = object('apps/v1', 'StatefulSet', 'db', {
    spec: {
      serviceName: 'db-peers',
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: plain },
    },
  });
  const missing = 'Service "db-peers" in namespace "shop" not found';
  expect(said('governing-service-missing', set, service('web'))).toEqual([
    `warning: ${missing}, but its pods start without it, and only lack DNS names of their own`,
  ]);
  expect(said('governing-service-missing', set, service('db-peer'))).toEqual([`error: ${missing}`]);
});

test.each([
  ['istio-ca-root-cert', 'Istio'],
  ['openshift-service-ca.crt', 'OpenShift'],
])('the ConfigMap %s is in every namespace where %s is', (name, by) => {
  const pod = web({ ...plain, volumes: [{ name: 'ca', configMap: { name } }] });
  expect(said('config-map-missing', pod, object('v1', 'ConfigMap', 'other'))).toEqual([
    `warning: ConfigMap "${name}" in namespace "shop" not found, but ${by} creates it in every namespace`,
  ]);
});

test('what an operator manages, it may create', () => {
  const selects = (operator: string) =>
    said(
      'service-selects-nothing',
      web(plain),
      service('web', { app: 'web', 'app.kubernetes.io/managed-by': operator }),
    );
  expect(selects('mail-operator')[0]).toMatch(/^warning: .* but "mail-operator" may create some$/);
  expect(selects('Helm')[0]).toMatch(/^error/);
});

describe('a comment beside a missing name', () => {
  const found = (claim: string, comment: string) => {
    const yaml = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: uploads, namespace: shop }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
apiVersion: v1
kind: Pod
metadata: { name: copy, namespace: shop }
spec:
  containers: [{ name: copy, image: 'a/b:1' }]
  volumes:
    - name: from
      persistentVolumeClaim:
${comment.replaceAll('CLAIM', claim)}
`;
    return check(ManifestSet.parse(yaml, { source: 'copy.yaml' }))
      .filter(({ rule }) => rule === 'wiring/claim-missing')
      .map(({ severity, message }) => `${severity}: ${message}`);
  };
  const missing = (claim: string) => `PersistentVolumeClaim "${claim}" in namespace "shop" not found`;

  it.each([
    '        claimName: CLAIM # replace with the claim to copy',
    '        claimName: CLAIM   # your claim',
    '        # TODO: name of the claim\n        claimName: CLAIM',
    '        # The claim must already exist\n        # in this namespace.\n        claimName: CLAIM',
    '        # Created by the database team before the import\n        claimName: CLAIM',
  ])('says that the reader puts another there, or creates it: %j', (line) => {
    expect(found('old-data', line)).toEqual([
      `warning: ${missing('old-data')}, but a comment says what to put there`,
    ]);
    expect(found('upload', line)).toEqual([`error: ${missing('upload')}`]);
  });

  it.each([
    '        claimName: CLAIM # read only',
    '        # where images are\n        claimName: CLAIM',
    "        claimName: 'CLAIM'",
  ])('says nothing of that: %j', (line) => {
    expect(found('old-data', line)).toEqual([`error: ${missing('old-data')}`]);
  });
});
