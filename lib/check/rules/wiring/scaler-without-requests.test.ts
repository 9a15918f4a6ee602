import { ruleTest, unproven } from '../../../../test/check/rule-test';

const WEBHOOK = `---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: sizes }
webhooks:
  - name: sizes.example.com
    rules: [{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods] }]
`;

function vertical(mode: string, resources = '[cpu]'): string {
  return `---
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: { name: web, namespace: shop }
spec:
  targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  updatePolicy: { updateMode: '${mode}' }
  resourcePolicy: { containerPolicies: [{ containerName: '*', controlledResources: ${resources} }] }
`;
}

ruleTest(
  'wiring/scaler-without-requests',
  'error',
  [
    'HorizontalPodAutoscaler shop/web',
    'spec.metrics[0].resource',
    'scales on cpu utilization, but Deployment shop/web has no cpu request in container "web", nor a LimitRange that sets one',
    'Set resources.requests.cpu, or scale on an absolute value.',
  ],
  ({ failing, passing, found }) => [
    [
      'a limit is a request',
      failing("image: 'nginx:1.27'", "image: 'nginx:1.27', resources: { limits: { cpu: 1 } }"),
      [],
    ],
    [
      'a request for another resource',
      failing("image: 'nginx:1.27'", "image: 'nginx:1.27', resources: { requests: { memory: 1Gi } }"),
      [found()],
    ],
    [
      'a request of the pod',
      failing('containers: [', 'resources: { requests: { cpu: 1 } }, containers: ['),
      [],
    ],
    [
      'the second container',
      passing('}] }', '}, { name: side, image: a }] }'),
      [
        found(
          undefined,
          'scales on cpu utilization, but Deployment shop/web has no cpu request in container "side", nor a LimitRange that sets one',
        ),
      ],
    ],
    [
      'init containers',
      passing('containers: [', 'initContainers: [{ name: init, image: a }], containers: ['),
      [],
    ],
    [
      'memory',
      failing('name: cpu', 'name: memory'),
      [
        found(
          undefined,
          'scales on memory utilization, but Deployment shop/web has no memory request in container "web", nor a LimitRange that sets one',
          'Set resources.requests.memory, or scale on an absolute value.',
        ),
      ],
    ],
    [
      'an absolute value',
      failing('type: Utilization, averageUtilization: 70', 'type: AverageValue, averageValue: 1'),
      [],
    ],
    [
      'one container',
      failing(
        'type: Resource, resource: { name: cpu,',
        'type: ContainerResource, containerResource: { container: web, name: cpu,',
      ),
      [found('spec.metrics[0].containerResource.container')],
    ],
    [
      'a missing container',
      passing(
        'type: Resource, resource: { name: cpu,',
        'type: ContainerResource, containerResource: { container: api, name: cpu,',
      ),
      [
        found(
          'spec.metrics[0].containerResource.container',
          'scales on cpu utilization, but Deployment shop/web has no container "api"',
          'Name one of its containers: web.',
        ),
      ],
    ],
    [
      'a container with a request',
      passing(
        '}] }',
        '}, { name: side, image: a }] }',
        'type: Resource, resource: { name: cpu,',
        'type: ContainerResource, containerResource: { container: web, name: cpu,',
      ),
      [],
    ],
    [
      'a container that Istio injects',
      passing(
        'type: Resource, resource: { name: cpu,',
        'type: ContainerResource, containerResource: { container: istio-proxy, name: cpu,',
      ),
      [
        unproven(
          found(
            'spec.metrics[0].containerResource.container',
            'scales on cpu utilization, but Deployment shop/web has no container "istio-proxy"; a webhook of the cluster may add it',
            'Name one of its containers: web.',
          ),
        ),
      ],
    ],
    [
      'a chart that may have a LimitRange',
      failing() +
        '---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: limits, namespace: shop }\nspec: {}\n',
      [
        unproven(
          found(
            undefined,
            'scales on cpu utilization, but Deployment shop/web has no cpu request in container "web"; a LimitRange may set one: HelmRelease shop/limits may create one',
          ),
        ),
      ],
    ],
    [
      'a webhook that may set it',
      failing() + WEBHOOK,
      [
        unproven(
          found(
            undefined,
            'scales on cpu utilization, but Deployment shop/web has no cpu request in container "web"; MutatingWebhookConfiguration sizes may set one',
          ),
        ),
      ],
    ],
    [
      'a webhook about other objects',
      failing() + WEBHOOK.replace('resources: [pods]', 'resources: [deployments]'),
      [found()],
    ],
    [
      'a webhook for pods with a label',
      failing() + WEBHOOK + '    objectSelector: { matchLabels: { sized: "true" } }\n',
      [found()],
    ],
    [
      'a webhook for other namespaces',
      failing() +
        WEBHOOK +
        '    namespaceSelector: { matchLabels: { sized: "true" } }\n---\napiVersion: v1\nkind: Namespace\nmetadata: { name: default }\n',
      [found()],
    ],
    [
      'a policy of Kyverno that changes objects',
      failing() +
        '---\napiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: { name: sizes }\nspec: { rules: [{ name: a, mutate: {} }] }\n',
      [
        unproven(
          found(
            undefined,
            'scales on cpu utilization, but Deployment shop/web has no cpu request in container "web"; ClusterPolicy sizes may set one',
          ),
        ),
      ],
    ],
    ['a VerticalPodAutoscaler that sets the request', failing() + vertical('Auto'), []],
    ['one that only recommends', failing() + vertical('Off'), [found()]],
    ['one for another resource', failing() + vertical('Auto', '[memory]'), [found()]],
    [
      'a namespace that these manifests do not create',
      failing('kind: Namespace\nmetadata: { name: shop }', 'kind: Namespace\nmetadata: { name: blog }'),
      [
        unproven(
          found(
            undefined,
            'scales on cpu utilization, but Deployment shop/web has no cpu request in container "web"; a LimitRange may set one: these manifests do not create namespace "shop"',
          ),
        ),
      ],
    ],
    [
      'a LimitRange',
      failing() +
        '---\napiVersion: v1\nkind: LimitRange\nmetadata: { name: a, namespace: shop }\nspec: { limits: [{ type: Container, defaultRequest: { cpu: 100m } }] }\n',
      [],
    ],
    [
      'a LimitRange in the cluster',
      failing(),
      [],
      {
        assume:
          'apiVersion: v1\nkind: LimitRange\nmetadata: { name: a, namespace: shop }\nspec: { limits: [{ type: Container, defaultRequest: { cpu: 100m } }] }\n',
      },
    ],
  ],
);
