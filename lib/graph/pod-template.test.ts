import { podTemplateOf } from './pod-template';

const template = { spec: { containers: [{ name: 'web' }] } };
const of = (apiVersion: string, kind: string, spec: object = { template }) =>
  podTemplateOf({ apiVersion, kind, spec });

it.each([
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['apps/v1', 'DaemonSet'],
  ['apps/v1', 'ReplicaSet'],
  ['v1', 'ReplicationController'],
  ['argoproj.io/v1alpha1', 'Rollout'],
  ['apps.kruise.io/v1alpha1', 'CloneSet'],
  ['serving.knative.dev/v1', 'Service'],
])('a change of the template of a %s %s replaces its pods', (apiVersion, kind) => {
  expect(of(apiVersion, kind)?.field.path).toBe('spec.template');
  expect(of(apiVersion, kind)?.replacesPods).toBe(true);
});

it.each([
  ['batch/v1', 'Job', { template }, 'spec.template'],
  ['batch/v1', 'CronJob', { jobTemplate: { spec: { template } } }, 'spec.jobTemplate.spec.template'],
  ['keda.sh/v1alpha1', 'ScaledJob', { jobTargetRef: { template } }, 'spec.jobTargetRef.template'],
  ['apps.kruise.io/v1alpha1', 'BroadcastJob', { template }, 'spec.template'],
  ['serving.knative.dev/v1', 'Revision', { template }, 'spec.template'],
  ['v1', 'Pod', template.spec, ''],
])('a change of the template of a %s %s replaces no pods', (apiVersion, kind, spec, path) => {
  expect(of(apiVersion, kind, spec)?.field.path).toBe(path);
  expect(of(apiVersion, kind, spec)?.replacesPods).toBe(false);
});

it('reads the template of a PodTemplate', () => {
  const found = podTemplateOf({ apiVersion: 'v1', kind: 'PodTemplate', template });
  expect([found?.field.path, found?.replacesPods]).toEqual(['template', false]);
});

it.each([
  ['v1', 'Service', { template }],
  ['networking.k8s.io/v1', 'Ingress', { template }],
  ['argoproj.io/v1alpha1', 'Rollout', { workloadRef: {} }],
  ['bitnami.com/v1alpha1', 'SealedSecret', { template: { metadata: {} } }],
])('there is none in a %s %s', (apiVersion, kind, spec) => {
  expect(of(apiVersion, kind, spec)).toBeUndefined();
});

it.each([[undefined], [null], ['x'], [{}]])('there is none in %p', (object) => {
  expect(podTemplateOf(object)).toBeUndefined();
});
