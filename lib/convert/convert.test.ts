import { admit, ManifestSet } from '../index';
import { convertApi } from './convert';

/** What becomes of a text for 1.36, which has to be valid there. */
function converted(text: string): string {
  const { text: result, outdated } = convertApi(text, '1.36');
  expect(outdated.filter(({ todo }) => todo !== undefined)).toEqual([]);
  expect(
    [...ManifestSet.parse(result)].flatMap(({ object }) => admit(object, { kubernetes: '1.36' })),
  ).toEqual([]);
  expect(convertApi(result, '1.36')).toEqual({ text: result, outdated: [] });
  return result;
}

const todo = (text: string): unknown => {
  const result = convertApi(text, '1.36');
  expect(result.text).toBe(text);
  return result.outdated.map((each) => each.todo);
};

const INGRESS = `# The shop.
apiVersion: networking.k8s.io/v1beta1 # old
kind: Ingress
metadata:
    name: shop
    annotations: {kubernetes.io/ingress.class: "nginx"}
spec:
    backend:
        serviceName: 'fallback'   # not found
        # of the Service
        servicePort: http
    rules:
    - host: shop.example
      http:
        paths:
        - path: /api
          backend: {serviceName: api, servicePort: 8080}
        - backend:
            servicePort: 80
            serviceName: web
          pathType: Prefix
          path: "/"
        - {path: /x, backend: {serviceName: x, servicePort: "http"}}
---
kind: ConfigMap   # stays
apiVersion: v1
metadata: {  name: a }
`;

it('moves the fields of an Ingress, and leaves comments, order and style of all the rest', () => {
  expect(converted(INGRESS)).toBe(`# The shop.
apiVersion: networking.k8s.io/v1 # old
kind: Ingress
metadata:
    name: shop
    annotations: {kubernetes.io/ingress.class: "nginx"}
spec:
    defaultBackend:
        service:
          name: 'fallback'   # not found
        # of the Service
          port:
            name: http
    rules:
    - host: shop.example
      http:
        paths:
        - pathType: ImplementationSpecific
          path: /api
          backend: { service: { name: api, port: { number: 8080 } } }
        - backend:
            service:
              port:
                number: 80
              name: web
          pathType: Prefix
          path: "/"
        - {pathType: ImplementationSpecific, path: /x, backend: { service: { name: x, port: { name: "http" } } }}
---
kind: ConfigMap   # stays
apiVersion: v1
metadata: {  name: a }
`);
});

it('moves metrics of autoscaling/v2beta1', () => {
  const text = `apiVersion: autoscaling/v2beta1
kind: HorizontalPodAutoscaler
metadata: { name: api }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api }
  maxReplicas: 5
  metrics:
  - type: Resource
    resource:
      name: cpu
      targetAverageUtilization: 70 # of requests
  - type: Pods
    pods:
      metricName: requests
      targetAverageValue: 100m
  - type: External
    external:
      metricName: queue
      metricSelector:
        matchLabels:
          queue: orders
      targetValue: "30"
  - type: Object
    object:
      target:
        kind: Service
        name: api
      metricName: hits
      targetValue: 5
`;
  expect(converted(text)).toBe(`apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api }
  maxReplicas: 5
  metrics:
  - type: Resource
    resource:
      name: cpu
      target:
        type: Utilization
        averageUtilization: 70 # of requests
  - type: Pods
    pods:
      metric:
        name: requests
      target:
        type: AverageValue
        averageValue: 100m
  - type: External
    external:
      metric:
        name: queue
        selector:
          matchLabels:
            queue: orders
      target:
        type: Value
        value: "30"
  - type: Object
    object:
      describedObject:
        kind: Service
        name: api
      metric:
        name: hits
      target:
        type: Value
        value: 5
`);
});

const POD = '{ metadata: { labels: { a: b } }, spec: { containers: [{ name: a, image: "a:1" }] } }';
const JOB = POD.replace('containers', 'restartPolicy: Never, containers');

it.each([
  [
    'policy/v1beta1',
    'policy/v1',
    'PodDisruptionBudget',
    'spec: { minAvailable: 1, selector: { matchLabels: { a: b } } }',
  ],
  [
    'batch/v1beta1',
    'batch/v1',
    'CronJob',
    `spec: { schedule: "0 0 * * *", jobTemplate: { spec: { template: ${JOB} } } }`,
  ],
  [
    'apps/v1beta2',
    'apps/v1',
    'Deployment',
    `spec: { selector: { matchLabels: { a: b } }, template: ${POD} }`,
  ],
  [
    'autoscaling/v2beta2',
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    'spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: a } }',
  ],
  ['storage.k8s.io/v1beta1', 'storage.k8s.io/v1', 'StorageClass', 'provisioner: a.example'],
  ['scheduling.k8s.io/v1beta1', 'scheduling.k8s.io/v1', 'PriorityClass', 'value: 5'],
  ['extensions/v1beta1', 'networking.k8s.io/v1', 'NetworkPolicy', 'spec: { podSelector: {} }'],
  ['networking.k8s.io/v1beta1', 'networking.k8s.io/v1', 'IngressClass', 'spec: { controller: a.example/b }'],
  ['rbac.authorization.k8s.io/v1beta1', 'rbac.authorization.k8s.io/v1', 'ClusterRole', 'rules: []'],
  ['node.k8s.io/v1beta1', 'node.k8s.io/v1', 'RuntimeClass', 'handler: runc'],
])('changes %s to %s in a %s', (before, after, kind, rest) => {
  const text = (apiVersion: string): string =>
    `kind: ${kind}\napiVersion: ${apiVersion}\nmetadata: { name: a }\n${rest}\n`;
  expect(converted(text(before))).toBe(text(after));
});

it('renames the shares of a priority level', () => {
  const text = (version: string, field: string): string =>
    `apiVersion: flowcontrol.apiserver.k8s.io/${version}
kind: PriorityLevelConfiguration
metadata: { name: a }
spec: { type: Limited, limited: { ${field}: 10, limitResponse: { type: Reject } } }
`;
  expect(converted(text('v1beta2', 'assuredConcurrencyShares'))).toBe(text('v1', 'nominalConcurrencyShares'));
});

it('converts each object of a List, and tells lines', () => {
  const text = `apiVersion: v1
kind: List
items:
- apiVersion: batch/v1beta1
  kind: CronJob
  metadata: { name: night }
- apiVersion: extensions/v1beta1
  kind: Deployment
  metadata: { name: api }
`;
  const { text: result, outdated } = convertApi(text, '1.36');
  expect(result).toBe(text.replace('batch/v1beta1', 'batch/v1'));
  expect(outdated).toMatchObject([
    { line: 4, kind: 'CronJob', name: 'night', from: 'batch/v1beta1', to: 'batch/v1', removed: '1.25' },
    { line: 7, kind: 'Deployment', to: 'apps/v1', todo: expect.stringContaining('spec.selector') as string },
  ]);
});

it('converts only what the release has removed', () => {
  const text = 'apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: { name: a }\n';
  expect(convertApi(text, '1.31').text).toBe(text);
  expect(convertApi(text, '1.32').text).toBe(text.replace('v1beta3', 'v1'));
});

it.each([
  [
    'an empty selector',
    'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nspec: { selector: {} }\n',
    'empty selector',
  ],
  [
    'webhooks',
    'apiVersion: admissionregistration.k8s.io/v1beta1\nkind: MutatingWebhookConfiguration\n',
    'failurePolicy',
  ],
  ['a kind that is gone', 'apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\n', 'Pod Security admission'],
  [
    'aliases',
    'apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\nspec: { backend: &b { serviceName: a, servicePort: 1 }, rules: [{ http: { paths: [{ backend: *b }] } }] }\n',
    'aliases',
  ],
  [
    'no shares at all',
    'apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: PriorityLevelConfiguration\nspec: { limited: { nominalConcurrencyShares: 0 } }\n',
    'was 30',
  ],
])('names %s, and leaves it as it is', (_, text, expected) => {
  expect(todo(text)).toEqual([expect.stringContaining(expected)]);
});

it.each([
  ['a template', 'apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: { name: {{ .Release.Name }} }\n'],
  ['no YAML', 'apiVersion: batch/v1beta1\nkind: [\n'],
])('leaves %s alone, and says so', (expected, text) => {
  const result = convertApi(text, '1.36');
  expect(result.text).toBe(text);
  expect(result.unread).toContain(expected);
});

it('keeps the line ends of Windows', () => {
  const text = INGRESS.replaceAll('\n', '\r\n');
  const result = ManifestSet.parse(convertApi(text, '1.36').text);
  expect(result.manifests.map(({ object }) => object)).toEqual(
    ManifestSet.parse(converted(INGRESS)).manifests.map(({ object }) => object),
  );
});
