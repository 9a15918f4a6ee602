import { decode } from '../../../lib/apiserver/admission/decode/decode';
import { kindSchema, type KubernetesRelease } from '../../../lib/kube/schema';

/** What a server holds of an object's `spec`. */
function specOf(object: Record<string, unknown>, kubernetes: KubernetesRelease = '1.36'): unknown {
  const schema = kindSchema(kubernetes, String(object['apiVersion']), String(object['kind']));
  if (schema === undefined) throw new Error('no such kind');
  return (decode(object, schema, kubernetes).value as { spec: unknown }).spec;
}

function podWith(spec: object): unknown {
  return specOf({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec });
}

it('pulls what is called latest, or nothing, each time', () => {
  const images = ['nginx', 'nginx:latest', 'nginx:1.27', `nginx@sha256:${'0'.repeat(64)}`, 'no image'];
  const containers = images.map((image) => ({ name: 'a', image }));
  const { containers: held } = podWith({ containers }) as { containers: { imagePullPolicy: string }[] };
  expect(held.map(({ imagePullPolicy }) => imagePullPolicy)).toEqual([
    'Always',
    'Always',
    'IfNotPresent',
    'IfNotPresent',
    'IfNotPresent',
  ]);
});

it('asks for as much as a pod’s container may use, and leaves a template alone', () => {
  const resources = { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '100m' } };
  const spec = { containers: [{ name: 'a', image: 'a', resources }] };
  expect(podWith(spec)).toMatchObject({
    enableServiceLinks: true,
    containers: [{ resources: { ...resources, requests: { cpu: '100m', memory: '1Gi' } } }],
  });
  const template = specOf({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec } } });
  expect(template).toMatchObject({ template: { spec: { containers: [{ resources }] } } });
  expect(template).not.toHaveProperty('template.spec.enableServiceLinks');
});

it('opens the ports of a container on the host when it is on the network of the host', () => {
  const containers = [{ name: 'a', image: 'a', ports: [{ containerPort: 80 }] }];
  expect(podWith({ hostNetwork: true, containers })).toMatchObject({
    containers: [{ ports: [{ hostPort: 80 }] }],
  });
});

it('gives a pod a second to end instead of less than none, and leaves a template alone', () => {
  const spec = { terminationGracePeriodSeconds: -1, containers: [{ name: 'a', image: 'a' }] };
  expect(podWith(spec)).toMatchObject({ terminationGracePeriodSeconds: 1 });
  expect(podWith({ ...spec, terminationGracePeriodSeconds: 0 })).toMatchObject({
    terminationGracePeriodSeconds: 0,
  });
  const template = specOf({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec } } });
  expect(template).toMatchObject({ template: { spec: { terminationGracePeriodSeconds: -1 } } });
});

it('makes an empty directory of a volume that names no source', () => {
  expect(podWith({ containers: [], volumes: [{ name: 'a' }, { name: 'b', secret: {} }] })).toMatchObject({
    volumes: [{ name: 'a', emptyDir: {} }, { name: 'b' }],
  });
});

it('fills in a rolling update only where that is the strategy', () => {
  const deployment = (strategy: object): unknown =>
    (specOf({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { strategy } }) as { strategy: unknown })
      .strategy;
  const rollingUpdate = { maxUnavailable: '25%', maxSurge: '25%' };
  expect(deployment({})).toEqual({ type: 'RollingUpdate', rollingUpdate });
  expect(deployment({ rollingUpdate: { maxSurge: 1 } })).toEqual({
    type: 'RollingUpdate',
    rollingUpdate: { ...rollingUpdate, maxSurge: 1 },
  });
  expect(deployment({ type: 'Recreate' })).toEqual({ type: 'Recreate' });
});

it('gives a StatefulSet a partition unless it names its strategy alone', () => {
  const set = (updateStrategy?: object): unknown =>
    (
      specOf({ apiVersion: 'apps/v1', kind: 'StatefulSet', spec: { updateStrategy } }) as {
        updateStrategy: unknown;
      }
    ).updateStrategy;
  expect(set()).toEqual({ type: 'RollingUpdate', rollingUpdate: { partition: 0 } });
  expect(set({ type: 'RollingUpdate' })).toEqual({ type: 'RollingUpdate' });
  expect(set({ type: 'OnDelete' })).toEqual({ type: 'OnDelete' });
});

it('completes a Job by what it says about how much and how often', () => {
  const job = (spec: object, kubernetes?: KubernetesRelease): unknown =>
    specOf({ apiVersion: 'batch/v1', kind: 'Job', spec }, kubernetes);
  expect(job({})).toMatchObject({ completions: 1, parallelism: 1, backoffLimit: 6 });
  expect(job({ parallelism: 3 })).not.toHaveProperty('completions');
  expect(job({ backoffLimitPerIndex: 1 })).toMatchObject({ backoffLimit: 2147483647 });
  expect(job({})).toMatchObject({ podReplacementPolicy: 'TerminatingOrFailed' });
  expect(job({ podFailurePolicy: { rules: [] } })).toMatchObject({ podReplacementPolicy: 'Failed' });
  expect(job({}, '1.28')).not.toHaveProperty('podReplacementPolicy');
});

it('completes a Service by its type and its affinity', () => {
  const service = (spec: object): unknown => specOf({ apiVersion: 'v1', kind: 'Service', spec });
  expect(service({ ports: [{ port: 80 }] })).toEqual({
    type: 'ClusterIP',
    sessionAffinity: 'None',
    internalTrafficPolicy: 'Cluster',
    ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }],
  });
  expect(service({ type: 'LoadBalancer' })).toMatchObject({
    externalTrafficPolicy: 'Cluster',
    allocateLoadBalancerNodePorts: true,
  });
  expect(service({ type: 'ExternalName' })).not.toHaveProperty('internalTrafficPolicy');
  expect(service({ sessionAffinity: 'ClientIP' })).toMatchObject({
    sessionAffinityConfig: { clientIP: { timeoutSeconds: 10800 } },
  });
  const config = { clientIP: { timeoutSeconds: 60 } };
  expect(service({ sessionAffinity: 'ClientIP', sessionAffinityConfig: config })).toMatchObject({
    sessionAffinityConfig: config,
  });
  expect(service({ sessionAffinityConfig: config })).not.toHaveProperty('sessionAffinityConfig');
});

it('has an autoscaler look at CPU, and fills in how fast it scales once it says anything about that', () => {
  const scaler = (spec: object): unknown =>
    specOf({ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', spec });
  const target = { type: 'Utilization', averageUtilization: 80 };
  expect(scaler({ maxReplicas: 5 })).toMatchObject({
    minReplicas: 1,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
  });
  expect(scaler({ behavior: { scaleDown: { stabilizationWindowSeconds: 60 } } })).toMatchObject({
    behavior: {
      scaleUp: { stabilizationWindowSeconds: 0, selectPolicy: 'Max', policies: [{}, {}] },
      scaleDown: { stabilizationWindowSeconds: 60, policies: [{ type: 'Percent', value: 100 }] },
    },
  });
});

it('reads the directions of a network policy off its rules', () => {
  const policy = (spec: object): unknown =>
    specOf({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec });
  expect(policy({})).toMatchObject({ policyTypes: ['Ingress'] });
  expect(policy({ egress: [{}] })).toMatchObject({ policyTypes: ['Ingress', 'Egress'] });
  expect(policy({ policyTypes: ['Egress'] })).toMatchObject({ policyTypes: ['Egress'] });
});

it('derives the limits of containers from the most and the least there may be', () => {
  const limits = [
    { type: 'Container', max: { cpu: '2', memory: '1Gi' }, min: { cpu: '1' }, default: { cpu: '1500m' } },
  ];
  expect(specOf({ apiVersion: 'v1', kind: 'LimitRange', spec: { limits } })).toMatchObject({
    limits: [{ default: { cpu: '1500m', memory: '1Gi' }, defaultRequest: { cpu: '1500m', memory: '1Gi' } }],
  });
});

it('names what a CustomResourceDefinition leaves to be derived from its kind', () => {
  const names = { kind: 'Widget', plural: 'widgets' };
  expect(
    specOf({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec: { names } }),
  ).toMatchObject({
    conversion: { strategy: 'None' },
    names: { ...names, singular: 'widget', listKind: 'WidgetList' },
  });
});
