import { check, ManifestSet, type ClusterProfile } from 'seaworthy';

/** The wiring findings of a YAML stream, each by rule, object and field. */
function found(yaml: string, { assume = '', profile }: { assume?: string; profile?: ClusterProfile } = {}) {
  const manifests = [...ManifestSet.parse(yaml)].map((manifest) => ({
    ...manifest,
    origin: { environment: 'e' },
  }));
  const set = ManifestSet.from(manifests, new Map(profile === undefined ? [] : [['e', profile]]));
  return check(set, { assume: ManifestSet.parse(assume) })
    .filter(({ rule }) => rule.startsWith('wiring/') && rule !== 'wiring/namespace-missing')
    .map(({ rule, id, path, hint = '' }) =>
      `${rule.slice('wiring/'.length)} ${id.name} ${path} ${hint}`.trim(),
    );
}

const pod = (spec: string, labels = 'app: web') => `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { ${labels} } }
spec: { containers: [{ name: web, image: 'a:1', ports: [{ name: http, containerPort: 8080 }] }], ${spec} }
---
`;
const secretVolume = (name: string) => pod(`volumes: [{ name: a, secret: { secretName: ${name} } }]`);

describe('Secrets that controllers make', () => {
  it.each<[string, string]>([
    ['ExternalSecret', 'external-secrets.io/v1\nkind: ExternalSecret\nspec: { data: [] }'],
    ['SealedSecret', 'bitnami.com/v1alpha1\nkind: SealedSecret\nspec: { encryptedData: {} }'],
    ['Certificate', 'cert-manager.io/v1\nkind: Certificate\nspec: { secretName: made }'],
    [
      'VaultStaticSecret',
      'secrets.hashicorp.com/v1beta1\nkind: VaultStaticSecret\nspec: { destination: { name: made, create: true } }',
    ],
    [
      'any claim of Crossplane',
      'aws.example/v1\nkind: Bucket\nspec: { writeConnectionSecretToRef: { name: made } }',
    ],
  ])('count as there: of a %s', (_, object) => {
    const maker = `apiVersion: ${object}\nmetadata: { name: made, namespace: shop }\n---\n`;
    expect(found(maker + secretVolume('made'))).toEqual([]);
    expect(found(maker + secretVolume('mad'))).toEqual([
      'secret-missing web spec.volumes[0].secret.secretName Did you mean "made"?',
    ]);
  });
});

test('a Secret that a Role names, and lets its holder create, is made by that holder', () => {
  const role = (verb: string) => `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: web, namespace: shop }
rules:
  - { apiGroups: [''], resources: [secrets], resourceNames: [login], verbs: [get] }
  - { apiGroups: [''], resources: [secrets], verbs: [${verb}] }
---
`;
  expect(found(role('create') + secretVolume('login'))).toEqual([]);
  expect(found(role('create') + secretVolume('other'))).toHaveLength(1);
  expect(found(role('list') + secretVolume('login'))).toHaveLength(1);
});

describe('a rule of a role that never matches', () => {
  const role = (kind: string, ...rules: string[]) =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata: { name: a }\nrules: [${rules.join(', ')}]\n---\n`;
  const rule = (group: string, resource: string, verb: string, more = '') =>
    `{ apiGroups: ['${group}'], resources: [${resource}], verbs: [${verb}] ${more} }`;
  const named = rule('', 'secrets', 'create', ', resourceNames: [b]');
  const old = rule('', 'ingresses', 'get');
  const nodes = rule('', 'nodes', 'get');

  it.each<[string, string, string]>([
    ['by name', role('Role', named), role('Role', named, rule('', 'secrets', 'create'))],
    ['by its old group', role('Role', old), role('Role', old, rule('networking.k8s.io', 'ingresses', 'get'))],
    ['in a namespace', role('Role', nodes), role('Role', nodes) + role('ClusterRole', nodes)],
  ])('%s is told of, unless another one grants the same', (_, alone, beside) => {
    expect(found(alone)).toHaveLength(1);
    expect(found(beside)).toEqual([]);
  });
});

describe('a reference out of the set', () => {
  it('is an error unless it is assumed or optional', () => {
    const env = (optional: boolean) =>
      pod(`volumes: [{ name: a, configMap: { name: x, optional: ${optional} } }]`);
    const assume = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x, namespace: shop }';
    expect(found(env(false))).toHaveLength(1);
    expect(found(env(true))).toEqual([]);
    expect(found(env(false), { assume })).toEqual([]);
  });

  it('is told of once for each object, however many fields make it', () => {
    const both = pod(
      'volumes: [{ name: a, secret: { secretName: x } }, { name: b, secret: { secretName: x } }]',
    );
    expect(found(both)).toHaveLength(1);
  });

  it('to a kind that comes with a cluster is an error only where some of that kind are known', () => {
    const claim =
      'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: a }\nspec: { storageClassName: fast, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }';
    expect(found(claim)).toEqual([]);
    expect(found(claim, { profile: { storageClasses: ['fast'] } })).toEqual([]);
    expect(found(claim, { profile: { storageClasses: ['fats'] } })).toEqual([
      'storage-class-missing a spec.storageClassName Did you mean "fats"?',
    ]);
  });

  it('from an object without a namespace may mean where the client puts things', () => {
    const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: a }\n---\n';
    const binding = (namespace: string) =>
      `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: { name: b }\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }\nsubjects: [{ kind: ServiceAccount, name: a, namespace: ${namespace} }]\n---\n`;
    expect(found(account + binding('release'))).toEqual([]);
    const other = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: taken }\n---\n';
    expect(found(account + other + binding('taken'))).toEqual([
      'rbac-subject-missing b subjects[0].name Set metadata.namespace of ServiceAccount a.',
    ]);
  });
});

describe('pods', () => {
  it('have the labels that their controllers add', () => {
    const set = `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  selector: { matchLabels: { app: db } }
  template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: db, image: 'a:1' }] } }
---
`;
    const service = (name: string) =>
      `apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { selector: { statefulset.kubernetes.io/pod-name: ${name} }, ports: [{ port: 1 }] }`;
    expect(found(set + service('db-0'))).toEqual([]);
    expect(found(set + service('dbs-0'))).toEqual([
      expect.stringMatching(/^service-selects-nothing a spec.selector/),
    ]);
  });

  it('may be made by an operator, whose ports nobody here knows', () => {
    const prometheus =
      'apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: { name: k8s }\nspec: {}\n---\n';
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { selector: { app.kubernetes.io/name: prometheus, prometheus: k8s }, ports: [{ port: 9090, targetPort: web }] }';
    expect(found(prometheus + service)).toEqual([]);
  });

  it.each<[string, boolean]>([
    ['--port=9090', true],
    ['9090', true],
    ['--listen=0.0.0.0:9090', true],
    ['--listen=[::]:9090', true],
    ['--database=db:9090', false],
    ['--port=90900', false],
  ])('may listen where they are told to without having said so: %s', (word, listens) => {
    const told = pod('restartPolicy: Always').replace("image: 'a:1'", `image: 'a:1', args: ['${word}']`);
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: { name: a, namespace: shop }\nspec: { selector: { app: web }, ports: [{ port: 9090 }] }';
    expect(found(told + service)).toHaveLength(listens ? 0 : 1);
  });

  it('of a custom resource are found in its template', () => {
    const rollout =
      "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: a }\nspec: { template: { metadata: { labels: { app: a } }, spec: { serviceAccountName: b, containers: [{ name: a, image: 'a:1' }] } } }";
    expect(found(rollout)).toEqual([
      expect.stringMatching(/^service-account-missing a spec.template.spec.serviceAccountName/),
    ]);
  });
});

describe('Prometheus', () => {
  const monitor = `
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, podMetricsEndpoints: [{ port: http }] }
---
`;
  const podMonitorSelector = { matchLabels: { release: 'main' } };

  it('ignores what the selectors of the profile do not select', () => {
    expect(found(monitor + pod(''))).toEqual([]);
    expect(found(monitor + pod(''), { profile: { prometheus: { podMonitorSelector } } })).toEqual([
      'monitor-ignored web metadata.labels Add the labels release=main.',
    ]);
  });

  it('looks in the namespaces of the system for what comes with the cluster', () => {
    const dns = `
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: dns, namespace: shop }
spec:
  selector: { matchLabels: { k8s-app: kube-dns } }
  namespaceSelector: { matchNames: [kube-system] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: prometheus, namespace: kube-system }
---
`;
    const service = `apiVersion: v1\nkind: Service\nmetadata: { name: a, namespace: kube-system }\nspec: { type: ExternalName, externalName: a.example }`;
    expect(found(dns)).toEqual([]);
    expect(found(dns + service)).toEqual([expect.stringMatching(/^monitor-selects-nothing dns/)]);
  });

  it('may be one of several, any of which will do', () => {
    const own =
      'apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: { name: k8s, namespace: shop }\nspec: { podMonitorSelector: {} }\n---\n';
    expect(found(own + monitor + pod(''), { profile: { prometheus: { podMonitorSelector } } })).toEqual([]);
  });
});

test('a namespace that objects are in and nobody creates is told of once', () => {
  const set = ManifestSet.parse(pod('') + pod('').replace('name: web', 'name: other'));
  expect(check(set).filter(({ rule }) => rule === 'wiring/namespace-missing')).toHaveLength(1);
});
