import { having, metadata, pod, podSpec, refusals, service } from '../objects';

const ended = { ...podSpec(), restartPolicy: 'Never' };
const job = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: metadata('one'),
  spec: { completions: 10, parallelism: 2, completionMode: 'Indexed', template: { spec: ended } },
};
const many = having(
  having(having(job, 'spec.completions', 100_001), 'spec.backoffLimitPerIndex', 1),
  'spec.maxFailedIndexes',
  10,
);
const autoscaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: metadata('web'),
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    minReplicas: 2,
    maxReplicas: 4,
    behavior: { scaleUp: { policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } },
  },
};
const priority = {
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name: 'high' },
  value: 1,
};
const level = {
  apiVersion: 'flowcontrol.apiserver.k8s.io/v1',
  kind: 'PriorityLevelConfiguration',
  metadata: { name: 'apps' },
  spec: {
    type: 'Limited',
    limited: {
      nominalConcurrencyShares: 1,
      lendablePercent: 0,
      limitResponse: { type: 'Queue', queuing: { queues: 64, handSize: 8, queueLengthLimit: 50 } },
    },
  },
};
const flow = {
  apiVersion: 'flowcontrol.apiserver.k8s.io/v1',
  kind: 'FlowSchema',
  metadata: { name: 'apps' },
  spec: { matchingPrecedence: 100, priorityLevelConfiguration: { name: 'apps' } },
};
const hooks = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'hooks' },
  webhooks: [
    {
      name: 'check.acme.io',
      clientConfig: { url: 'https://hooks.acme.io/check' },
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
    },
  ],
};
const budget = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: metadata('web'),
  spec: { maxUnavailable: 1 },
};
const policy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata('web'),
  spec: { podSelector: {}, ingress: [{ ports: [{ port: 80, endPort: 90 }] }] },
};
const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: metadata('a'), spec: {} };
const exits = (count: number): unknown => ({
  rules: [
    {
      action: 'FailJob',
      onExitCodes: { operator: 'In', values: Array.from({ length: count }, (_, i) => i + 1) },
    },
  ],
});
const rules = (count: number): unknown => ({
  rules: Array.from({ length: count }, () => ({
    action: 'Count',
    onExitCodes: { operator: 'In', values: [1] },
  })),
});
const successes = (count: number): unknown => ({
  rules: Array.from({ length: count }, () => ({ succeededCount: 1 })),
});
const probe = 'spec.containers.0.readinessProbe';

it.each([
  ['a parallelism', job, 'spec.parallelism', 100_000, 100_001],
  ['a parallelism with many completions', many, 'spec.parallelism', 10_000, 10_001],
  ['failed indexes with many completions', many, 'spec.maxFailedIndexes', 10_000, 10_001],
  ['a backoff limit', job, 'spec.backoffLimit', 0, -1],
  ['completions', job, 'spec.completions', 0, -1],
  ['a deadline of a Job', job, 'spec.activeDeadlineSeconds', 0, -1],
  ['seconds after which a Job goes', job, 'spec.ttlSecondsAfterFinished', 0, -1],
  [
    'the name of the manager of a Job',
    job,
    'spec.managedBy',
    `a.io/${'b'.repeat(58)}`,
    `a.io/${'b'.repeat(59)}`,
  ],
  ['a highest scale', autoscaler, 'spec.maxReplicas', 2, 1],
  ['a lowest scale', autoscaler, 'spec.minReplicas', 1, -1],
  ['a value of priority', priority, 'value', 1_000_000_000, 1_000_000_001],
  ['a precedence', flow, 'spec.matchingPrecedence', 10_000, 10_001],
  ['a least precedence', flow, 'spec.matchingPrecedence', 2, -1],
  ['lendable shares', level, 'spec.limited.lendablePercent', 100, 101],
  ['no lendable shares', level, 'spec.limited.lendablePercent', 0, -1],
  ['concurrency shares', level, 'spec.limited.nominalConcurrencyShares', 0, -1],
  ['a percentage of borrowing', level, 'spec.limited.borrowingLimitPercent', 0, -1],
  ['a length of queues', level, 'spec.limited.limitResponse.queuing.queueLengthLimit', 1, -1],
  ['a timeout of a webhook', hooks, 'webhooks.0.timeoutSeconds', 30, 31],
  ['a shortest timeout of a webhook', hooks, 'webhooks.0.timeoutSeconds', 1, 0],
  ['pods that may be missing', budget, 'spec.maxUnavailable', 0, -1],
  ['a percentage of pods that may be missing', budget, 'spec.maxUnavailable', '100%', '101%'],
  ['the end of a range of ports', policy, 'spec.ingress.0.ports.0.endPort', 80, 79],
  ['the last port', policy, 'spec.ingress.0.ports.0.endPort', 65_535, 65_536],
  ['seconds of a lease', lease, 'spec.leaseDurationSeconds', 1, 0],
  ['transitions of a lease', lease, 'spec.leaseTransitions', 0, -1],
  ['a port of a Service', service, 'spec.ports.0.port', 65_535, 65_536],
  ['a container port', pod, 'spec.containers.0.ports.0.containerPort', 1, 65_536],
  ['a deadline of a pod', pod, 'spec.activeDeadlineSeconds', 1, 0],
  ['a longest deadline of a pod', pod, 'spec.activeDeadlineSeconds', 2_147_483_647, 2_147_483_648],
  ['a user', pod, 'spec.securityContext.runAsUser', 2_147_483_647, 2_147_483_648],
  ['a group', pod, 'spec.securityContext.fsGroup', 0, -1],
  ['a delay of a probe', pod, `${probe}.initialDelaySeconds`, 0, -1],
  ['a threshold of failures', pod, `${probe}.failureThreshold`, 1, -1],
])('%s has a bound', (_, object, path, fine, refused) => {
  expect(refusals(having(object, path, fine))).toEqual([]);
  expect(refusals(having(object, path, refused))).toEqual([path.replace(/\.(\d+)(?=\.|$)/g, '[$1]')]);
});

it.each([
  [
    'exit codes',
    'spec.podFailurePolicy',
    exits(255),
    exits(256),
    'spec.podFailurePolicy.rules[0].onExitCodes.values',
  ],
  ['rules of failure', 'spec.podFailurePolicy', rules(20), rules(21), 'spec.podFailurePolicy.rules'],
  ['rules of success', 'spec.successPolicy', successes(20), successes(21), 'spec.successPolicy.rules'],
])('a Job has not too many %s', (_, path, fine, refused, at) => {
  expect(refusals(having(job, path, fine))).toEqual([]);
  expect(refusals(having(job, path, refused))).toEqual([at]);
});

it.each([
  ['scaleUp', 'stabilizationWindowSeconds', 3600, 3601],
  ['scaleDown', 'stabilizationWindowSeconds', 0, -1],
])('a window of %s has a bound: %s', (way, name, fine, refused) => {
  const policies = [{ type: 'Percent', value: 1, periodSeconds: 1800 }];
  const scaling = (value: number): unknown =>
    having(autoscaler, `spec.behavior.${way}`, { policies, [name]: value });
  expect(refusals(scaling(fine))).toEqual([]);
  expect(refusals(scaling(refused))).toEqual([`spec.behavior.${way}.${name}`]);
});

it.each([
  [1, 1800, []],
  [0, 60, ['spec.behavior.scaleUp.policies[0].value']],
  [1, 0, ['spec.behavior.scaleUp.policies[0].periodSeconds']],
  [1, 1801, ['spec.behavior.scaleUp.policies[0].periodSeconds']],
])('a policy of scaling by %i pods in %i seconds', (value, periodSeconds, refused) => {
  const policies = [{ type: 'Pods', value, periodSeconds }];
  expect(refusals(having(autoscaler, 'spec.behavior.scaleUp.policies', policies))).toEqual(refused);
});

it.each([
  [64, 8, []],
  [8, 8, []],
  [7, 8, ['spec.limited.limitResponse.queuing.handSize']],
])('a flow has a hand of at most all %i queues: %i', (queues, handSize, refused) => {
  const queuing = { queues, handSize, queueLengthLimit: 50 };
  expect(refusals(having(level, 'spec.limited.limitResponse.queuing', queuing))).toEqual(refused);
});
