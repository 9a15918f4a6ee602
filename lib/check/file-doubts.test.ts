import { ManifestSet } from '../manifest/set';
import { check } from './check';
import { withFileDoubts } from './file-doubts';

const service = (spec: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: a, namespace: shop }\nspec: { ports: [{ port: 80 }], ${spec} }\n`;
const base = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec:\n';
const template = '  template: { spec: { containers: [{ name: a, image: a:1 }] } }\n';
const alpha = 'apiVersion: scheduling.k8s.io/v1alpha2\nkind: Workload\nmetadata: { name: a }\nspec: {}\n';

function found(yaml: string, builder?: string): string[] {
  const elsewhere = { has: () => undefined, labels: () => undefined, builtBy: () => builder };
  return withFileDoubts(check(ManifestSet.parse(yaml), { kubernetes: '1.36' }), elsewhere)
    .filter(({ rule, severity }) => rule.startsWith('admission/') && severity !== 'info')
    .map(({ severity, path, message }) => `${severity} ${path}: ${message.replace(/^[^]*?(?=, but|$)/, '')}`);
}

it.each(['ipFamilies: [IPv6]', 'ipFamilyPolicy: RequireDualStack', 'clusterIP: "fd00::5"'])(
  'a cluster with both families of IPs may take %s',
  (spec) => {
    expect(found(service(spec))).toEqual([
      expect.stringMatching(/^warning spec.*, but the cluster may be dual-stack$/),
    ]);
  },
);

it('no cluster takes an unknown family', () => {
  expect(found(service('ipFamilies: [IPv5]'))).toEqual([expect.stringMatching(/^error /)]);
});

it('a cluster may serve what is not served by default', () => {
  expect(found(alpha)).toEqual(['warning apiVersion: , but the cluster may serve it']);
});

it('a kustomization may add to its base what is missing there, and not what is wrong', () => {
  const doubt = ', but ../default/kustomization.yaml builds on this folder, and may add it';
  expect(found(base + template, '../default/kustomization.yaml')).toEqual([
    `warning spec.selector: ${doubt}`,
    `warning spec.template.metadata.labels: ${doubt}`,
  ]);
  expect(found(base + template)).toEqual(['error spec.selector: ', 'error spec.template.metadata.labels: ']);
  const wrong = `${base}  selector: { matchLabels: { app: a } }\n  template: { metadata: { labels: { app: b } }, spec: { containers: [{ name: a, image: a:1 }] } }\n`;
  expect(found(wrong, '../default/kustomization.yaml')).toEqual([expect.stringMatching(/^error /)]);
});

describe('a webhook', () => {
  const definition = `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: tasks.acme.example }
spec:
  group: acme.example
  scope: Namespaced
  names: { kind: Task, plural: tasks, singular: task, listKind: TaskList }
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, required: [spec], properties: { spec: { type: object, required: [size], properties: { size: { type: integer } } } } } }
---
apiVersion: acme.example/v1
kind: Task
metadata: { name: a, namespace: default }
`;
  const hook = (name: string, rules: string) => `---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: defaults }
webhooks:
  - name: ${name}
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig: { url: 'https://hook.example/' }
    ${rules}
`;
  const own = (group: string, operation = 'CREATE') =>
    `rules: [{ apiGroups: [${group}], apiVersions: ['*'], resources: ['*'], operations: [${operation}] }]`;
  const ofTask = (yaml: string, webhooks = '') => {
    const elsewhere = ManifestSet.parse(webhooks).manifests;
    return withFileDoubts(check(ManifestSet.parse(yaml)), undefined, elsewhere)
      .filter(({ id, rule }) => id.kind === 'Task' && rule.startsWith('admission/'))
      .map(({ severity, message }) => `${severity} ${message}`);
  };
  const doubt = 'warning Required value, but MutatingWebhookConfiguration defaults may set it';

  it.each([
    ['of its group', hook('a.acme.example', own('acme.example'))],
    ['of all groups', hook('a.other.example', own("'*'"))],
    ['whose program sets its rules', hook('webhook.acme.example', '')],
  ])('%s may set what a custom resource lacks', (_, webhook) => {
    expect(ofTask(`${definition}spec: {}\n`, webhook)).toEqual([doubt]);
  });

  it.each([
    ['of another group', hook('a.acme.example', own('other.example'))],
    ['that is asked about deletions', hook('a.acme.example', own('acme.example', 'DELETE'))],
    ['without rules for another group', hook('webhook.other.example', '')],
  ])('%s does not', (_, webhook) => {
    expect(ofTask(`${definition}spec: {}\n`, webhook)).toEqual(['error Required value']);
  });

  it('makes no wrong value good', () => {
    const webhook = hook('a.acme.example', own('acme.example'));
    expect(ofTask(`${definition}spec: { size: big }\n`, webhook)).toEqual([expect.stringMatching(/^error /)]);
  });
});
