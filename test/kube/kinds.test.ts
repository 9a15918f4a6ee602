import { applyOrder, pluralOf, scopeOf } from '../../lib/kube/kinds';

describe('scopeOf', () => {
  test.each([
    ['apps/v1', 'Deployment', 'Namespaced'],
    ['v1', 'Pod', 'Namespaced'],
    ['v1', 'Namespace', 'Cluster'],
    ['v1', 'PersistentVolume', 'Cluster'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'Cluster'],
    ['rbac.authorization.k8s.io/v1', 'RoleBinding', 'Namespaced'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'Cluster'],
    ['apiregistration.k8s.io/v1', 'APIService', 'Cluster'],
    ['storage.k8s.io/v1', 'CSIStorageCapacity', 'Namespaced'],
    ['authorization.k8s.io/v1', 'LocalSubjectAccessReview', 'Namespaced'],
  ])('%s %s is %s', (apiVersion, kind, scope) => {
    expect(scopeOf(apiVersion, kind)).toBe(scope);
  });

  test('kinds of releases that are gone keep their scope', () => {
    expect(scopeOf('extensions/v1beta1', 'Ingress')).toBe('Namespaced');
    expect(scopeOf('policy/v1beta1', 'PodSecurityPolicy')).toBe('Cluster');
  });

  test('a kind that is not built in has none, even when a built-in kind of another group has its name', () => {
    expect(scopeOf('acme.io/v1', 'Widget')).toBeUndefined();
    expect(scopeOf('serving.knative.dev/v1', 'Service')).toBeUndefined();
    expect(scopeOf('apps/v1', 'Pod')).toBeUndefined();
  });

  test.each(['__proto__', 'constructor', 'toString'])('%s is no kind and no API version', (name) => {
    expect(scopeOf('v1', name)).toBeUndefined();
    expect(scopeOf(name, 'Pod')).toBeUndefined();
    expect(pluralOf(name, name)).toBeUndefined();
  });
});

describe('pluralOf', () => {
  test.each([
    ['networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies'],
    ['networking.k8s.io/v1', 'Ingress', 'ingresses'],
    ['v1', 'Endpoints', 'endpoints'],
    ['discovery.k8s.io/v1', 'EndpointSlice', 'endpointslices'],
    ['batch/v1', 'CronJob', 'cronjobs'],
    ['storage.k8s.io/v1', 'StorageClass', 'storageclasses'],
  ])('%s %s is %s', (apiVersion, kind, plural) => {
    expect(pluralOf(apiVersion, kind)).toBe(plural);
  });

  test('a kind that is not built in has none', () => {
    expect(pluralOf('acme.io/v1', 'Widget')).toBeUndefined();
  });
});

describe('applyOrder', () => {
  const precedence: [string, string][] = [
    ['Namespace', 'CustomResourceDefinition'],
    ['CustomResourceDefinition', 'ResourceQuota'],
    ['PriorityClass', 'Deployment'],
    ['NetworkPolicy', 'Pod'],
    ['ServiceAccount', 'RoleBinding'],
    ['ClusterRole', 'ClusterRoleBinding'],
    ['ConfigMap', 'Deployment'],
    ['Secret', 'CronJob'],
    ['StorageClass', 'PersistentVolume'],
    ['PersistentVolume', 'PersistentVolumeClaim'],
    ['PersistentVolumeClaim', 'StatefulSet'],
    ['Service', 'StatefulSet'],
    ['PodDisruptionBudget', 'Deployment'],
    ['Deployment', 'HorizontalPodAutoscaler'],
    ['Deployment', 'Ingress'],
    ['Deployment', 'Widget'],
    ['Widget', 'APIService'],
    ['Widget', 'ValidatingAdmissionPolicy'],
    ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'],
    ['APIService', 'ValidatingWebhookConfiguration'],
  ];

  test.each(precedence)('%s comes before %s', (first, second) => {
    expect(applyOrder(first)).toBeLessThan(applyOrder(second));
  });

  test('kinds that stand for each other have one rank', () => {
    expect(applyOrder('Deployment')).toBe(applyOrder('StatefulSet'));
    expect(applyOrder('MutatingWebhookConfiguration')).toBe(applyOrder('ValidatingWebhookConfiguration'));
  });

  test('all unknown kinds have one rank, whatever they are called', () => {
    expect(applyOrder('constructor')).toBe(applyOrder('Widget'));
    expect(applyOrder('')).toBe(applyOrder('Widget'));
  });
});
