import { findingsOf, type CaseOptions } from '../../../test/check/rule-test';

/** The field, message and hint of each finding. */
function found(rule: string, yaml: string, options?: CaseOptions) {
  return findingsOf(rule, yaml, options).map(({ found: [, ...rest] }) => rest);
}

const configMap = (name: string, namespace = 'shop', kind = 'ConfigMap') =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${namespace} }\ndata: { LEVEL: aW5mbw== }\n---\n`;

const pod = (container: string, rest = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: shop }\nspec: { containers: [{ name: web, image: a, ${container} }]${rest} }\n---\n`;

/** What proves that the set keeps ConfigMaps there. */
const OTHER = configMap('logging');
const envFrom = (name: string) => pod(`envFrom: [{ configMapRef: { name: ${name} } }]`);
const NAME = 'spec.containers[0].envFrom[0].configMapRef.name';
const NOT_FOUND = 'ConfigMap "settings" in namespace "shop" not found';
const ADD = 'Add it, or pass it with --assume if the cluster has it.';

describe('a missing target', () => {
  const rule = 'wiring/config-map-missing';

  it('is reported once for each object', () => {
    const twice = pod(
      'envFrom: [{ configMapRef: { name: settings } }, { configMapRef: { name: settings } }, { configMapRef: { name: other } }]',
    );
    expect(found(rule, OTHER + twice)).toEqual([
      [NAME, NOT_FOUND, ADD],
      [NAME.replace('[0].config', '[2].config'), NOT_FOUND.replace('settings', 'other'), ADD],
    ]);
    expect(
      found(rule, OTHER + envFrom('settings') + envFrom('settings').replace('name: web', 'name: api')),
    ).toHaveLength(2);
  });

  it('is none where the reference is optional, or the cluster has it', () => {
    expect(found(rule, pod('envFrom: [{ configMapRef: { name: settings, optional: true } }]'))).toEqual([]);
    expect(found(rule, pod('envFrom: [{ configMapRef: { name: settings, optional: false } }]'))).toHaveLength(
      1,
    );
    expect(found(rule, envFrom('settings'), { assume: configMap('settings') })).toEqual([]);
  });

  it('is likely to be a similar name, whatever else has its name elsewhere', () => {
    expect(found(rule, configMap('setings') + envFrom('settings'))).toEqual([
      [NAME, NOT_FOUND, 'Did you mean "setings"?'],
    ]);
    expect(found(rule, configMap('setings') + configMap('settings', 'blog') + envFrom('settings'))).toEqual([
      [NAME, NOT_FOUND, 'Did you mean "setings"?'],
    ]);
  });

  it('may be in another namespace', () => {
    expect(found(rule, configMap('settings', 'blog') + envFrom('settings'))).toEqual([
      [NAME, NOT_FOUND, 'There is one in namespace "blog".'],
    ]);
  });

  it('may be of a similar kind', () => {
    expect(found(rule, configMap('settings', 'shop', 'Secret') + envFrom('settings'))).toEqual([
      [NAME, NOT_FOUND, 'There is a Secret with this name.'],
    ]);
    expect(found(rule, OTHER + configMap('settings', 'blog', 'Secret') + envFrom('settings'))).toEqual([
      [NAME, NOT_FOUND, ADD],
    ]);
    expect(found(rule, OTHER + configMap('settings', 'shop', 'Service') + envFrom('settings'))).toEqual([
      [NAME, NOT_FOUND, ADD],
    ]);
  });
});

describe('a wrong field beside the name is reported at that field', () => {
  const binding = (
    roleRef: string,
    subject = 'name: web, namespace: shop',
  ) => `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: web, namespace: shop }
subjects: [{ kind: ServiceAccount, ${subject} }]
roleRef: { apiGroup: rbac.authorization.k8s.io, ${roleRef} }
---
`;
  const role = (kind: string, name = 'reader') =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata: { name: ${name}${kind === 'Role' ? ', namespace: shop' : ''} }\nrules: []\n---\n`;

  it('the kind', () => {
    expect(
      found('wiring/rbac-role-missing', role('ClusterRole') + binding('kind: Role, name: reader')),
    ).toEqual([
      [
        'roleRef.kind',
        'Role "reader" in namespace "shop" not found',
        'There is a ClusterRole with this name.',
      ],
    ]);
    expect(
      found('wiring/rbac-role-missing', role('Role') + binding('kind: ClusterRole, name: reader')),
    ).toEqual([['roleRef.kind', 'ClusterRole "reader" not found', 'There is a Role with this name.']]);
  });

  it('the namespace', () => {
    const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: web, namespace: shop }\n---\n';
    const yaml = role('Role') + account + binding('kind: Role, name: reader', 'name: web, namespace: blog');
    expect(found('wiring/rbac-subject-missing', yaml)).toEqual([
      [
        'subjects[0].namespace',
        'ServiceAccount "web" in namespace "blog" not found',
        'There is one in namespace "shop".',
      ],
    ]);
  });

  it.each(['StatefulSet', 'DaemonSet', 'ReplicaSet'])('a %s for a Deployment', (kind) => {
    const workload = `apiVersion: apps/v1\nkind: ${kind}\nmetadata: { name: web, namespace: shop }\nspec: { selector: { matchLabels: { a: b } }, template: { metadata: { labels: { a: b } }, spec: { containers: [{ name: a, image: a }] } } }\n---\n`;
    const scaler = `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: web, namespace: shop }\nspec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, maxReplicas: 2 }\n`;
    expect(found('wiring/scale-target-missing', workload + scaler)).toEqual([
      [
        'spec.scaleTargetRef.kind',
        'Deployment "web" in namespace "shop" not found',
        `There is a ${kind} with this name.`,
      ],
    ]);
  });

  it('a ClusterIssuer for an Issuer', () => {
    const issuer =
      'apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: { name: ca }\nspec: { selfSigned: {} }\n---\n';
    const certificate =
      'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: web, namespace: shop }\nspec: { secretName: tls, issuerRef: { kind: Issuer, name: ca } }\n';
    expect(found('wiring/issuer-missing', issuer + certificate)).toEqual([
      [
        'spec.issuerRef.kind',
        'Issuer "ca" in namespace "shop" not found',
        'There is a ClusterIssuer with this name.',
      ],
    ]);
  });

  it('the API group', () => {
    const rollout = `apiVersion: acme.example/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec: {}\n---\n`;
    const scaler = `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: web, namespace: shop }\nspec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, maxReplicas: 2 }\n`;
    const [[path, , hint] = []] = found('wiring/scale-target-missing', rollout + scaler);
    expect([path, hint]).toEqual([
      'spec.scaleTargetRef.apiVersion',
      'There is one in API group "acme.example".',
    ]);
  });
});

describe('a missing part', () => {
  const rule = 'wiring/key-missing';
  const read = (key: string, optional = '') =>
    pod(`env: [{ name: A, valueFrom: { configMapKeyRef: { name: settings, key: ${key}${optional} } } }]`);
  const path = 'spec.containers[0].env[0].valueFrom.configMapKeyRef.key';
  const message = (key: string) => `ConfigMap "settings" in namespace "shop" has no key "${key}"`;

  it('is likely to be a similar one, or else one of those there are', () => {
    expect(found(rule, configMap('settings') + read('LEVLE'))).toEqual([
      [path, message('LEVLE'), 'Did you mean "LEVEL"?'],
    ]);
    expect(found(rule, configMap('settings') + read('PORT'))).toEqual([
      [path, message('PORT'), 'Use "LEVEL".'],
    ]);
    // Whoever keeps values out of the manifests fills it in the cluster.
    expect(found(rule, configMap('settings').replace(/\ndata: .*\n/, '\ndata: {}\n') + read('PORT'))).toEqual(
      [],
    );
  });

  it.each([
    'labels: { config.openshift.io/inject-trusted-cabundle: "true" }',
    'annotations: { service.beta.openshift.io/inject-cabundle: "true" }',
  ])('may be one that OpenShift adds: %s', (asked) => {
    const own = configMap('settings').replace('namespace: shop', `namespace: shop, ${asked}`);
    expect(found(rule, own + read('PORT'))).toEqual([]);
    expect(found(rule, own.replace('beta', 'gamma').replace('trusted', 'own') + read('PORT'))).toHaveLength(
      1,
    );
  });

  it('is none where it is optional, or its target is missing', () => {
    expect(found(rule, configMap('settings') + read('PORT', ', optional: true'))).toEqual([]);
    expect(found(rule, read('PORT'))).toEqual([]);
    expect(found(rule, configMap('settings') + read('LEVEL'))).toEqual([]);
  });

  it('is reported once for each object and part', () => {
    const ref = (key: string) =>
      `{ name: ${key}, valueFrom: { configMapKeyRef: { name: settings, key: ${key} } } }`;
    const yaml = configMap('settings') + pod(`env: [${ref('A')}, ${ref('A')}, ${ref('B')}]`);
    expect(found(rule, yaml).map(([at]) => at)).toEqual([path, path.replace('env[0]', 'env[2]')]);
  });
});
