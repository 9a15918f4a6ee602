import { linesOf } from '../../../test/graph/reference-lines';

const SERVICE = `
---
apiVersion: v1
kind: Service
metadata: { name: hook, namespace: tools }
spec: { ports: [{ port: 443 }] }
`;

test.each(['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'])(
  'a %s names the Service of each webhook, and port 443 unless it says another',
  (kind) => {
    const lines = linesOf(
      `
apiVersion: admissionregistration.k8s.io/v1
kind: ${kind}
metadata: { name: hooks }
webhooks:
  - { name: a, clientConfig: { service: { name: hook, namespace: tools } } }
  - { name: b, clientConfig: { service: { name: hook, namespace: tools, port: 8443 } } }
  - { name: c, clientConfig: { url: https://hook.example } }
` + SERVICE,
    );
    expect(lines).toEqual([
      'hook-service webhooks[0].clientConfig.service.name → Service tools/hook set with port 443 (webhooks[0].clientConfig.service.name): found',
      'hook-service webhooks[1].clientConfig.service.name → Service tools/hook set with port 8443 (webhooks[1].clientConfig.service.port): none of 443',
    ]);
  },
);

test('an APIService names the Service that serves it', () => {
  const lines = linesOf(`
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1.shop.example }
spec: { group: shop.example, version: v1, service: { name: hook, namespace: shop } }
${SERVICE}`);
  expect(lines).toEqual([
    'hook-service spec.service.name → Service shop/hook missing with port 443 (spec.service.name): unknown',
  ]);
});

test('a CustomResourceDefinition names the Service that converts its versions', () => {
  const lines = linesOf(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: orders.shop.example }
spec: { conversion: { webhook: { clientConfig: { service: { name: hook, namespace: tools, port: 443 } } } } }
${SERVICE}`);
  const ref = 'spec.conversion.webhook.clientConfig.service';
  expect(lines).toEqual([
    `hook-service ${ref}.name → Service tools/hook set with port 443 (${ref}.port): found`,
  ]);
});

test.each(['MutatingAdmissionPolicy', 'ValidatingAdmissionPolicy'])('a binding names its %s', (kind) => {
  const lines = linesOf(`
apiVersion: admissionregistration.k8s.io/v1
kind: ${kind}Binding
metadata: { name: binding }
spec: { policyName: limits }
`);
  expect(lines).toEqual([`other spec.policyName → admissionregistration.k8s.io/${kind} limits missing`]);
});

test('a FlowSchema names its level, which the API server may have made', () => {
  const level = (name: string): string[] =>
    linesOf(`
apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: FlowSchema
metadata: { name: flow }
spec: { priorityLevelConfiguration: { name: ${name} } }
`);
  const found = (name: string, resolution: string): string =>
    `other spec.priorityLevelConfiguration.name → flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration ${name} ${resolution}`;
  expect(level('own')).toEqual([found('own', 'missing')]);
  const builtin = [
    'catch-all',
    'exempt',
    'global-default',
    'leader-election',
    'node-high',
    'system',
    'workload-high',
    'workload-low',
  ];
  expect(builtin.flatMap(level)).toEqual(builtin.map((name) => found(name, 'builtin')));
});
