import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/scaler-without-requests',
  'error',
  [
    'HorizontalPodAutoscaler web',
    'spec.metrics[0].resource',
    'scales on cpu utilization, but Deployment web has no cpu request in container "web"',
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
          'scales on cpu utilization, but Deployment web has no cpu request in container "side"',
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
          'scales on memory utilization, but Deployment web has no memory request in container "web"',
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
          'scales on cpu utilization, but Deployment web has no container "api"',
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
      'a LimitRange',
      failing() +
        '---\napiVersion: v1\nkind: LimitRange\nmetadata: { name: a }\nspec: { limits: [{ type: Container, defaultRequest: { cpu: 100m } }] }\n',
      [],
    ],
    [
      'a LimitRange in the cluster',
      failing(),
      [],
      {
        assume:
          'apiVersion: v1\nkind: LimitRange\nmetadata: { name: a }\nspec: { limits: [{ type: Container, defaultRequest: { cpu: 100m } }] }\n',
      },
    ],
  ],
);
