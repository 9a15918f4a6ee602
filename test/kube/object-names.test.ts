import { defaultGates } from '../../lib/kube/feature-gates';
import { generateNameRule, maxNameLength, nameRule } from '../../lib/kube/object-names';
import { dnsSubdomain } from '../../lib/kube/names';

const accepts = (apiVersion: string, kind: string, name: string): boolean =>
  nameRule(apiVersion, kind)(name) === undefined;

test('most objects are named by a DNS subdomain', () => {
  for (const [apiVersion, kind] of [
    ['v1', 'ConfigMap'],
    ['apps/v1', 'Deployment'],
    ['batch/v1', 'Job'],
    ['networking.k8s.io/v1', 'Ingress'],
    ['example.com/v1', 'Widget'],
  ] as const) {
    expect([kind, accepts(apiVersion, kind, 'app.config.v1')]).toEqual([kind, true]);
    expect([kind, accepts(apiVersion, kind, 'a'.repeat(253))]).toEqual([kind, true]);
    expect([kind, accepts(apiVersion, kind, 'App')]).toEqual([kind, false]);
    expect([kind, accepts(apiVersion, kind, '')]).toEqual([kind, false]);
  }
});

test('namespaces and stateful sets are named by a DNS label', () => {
  expect(accepts('v1', 'Namespace', 'shop.example')).toBe(false);
  expect(accepts('apps/v1', 'StatefulSet', 'db.v1')).toBe(false);
  expect(accepts('apps/v1', 'StatefulSet', '1db')).toBe(true);
});

test('the name of a Service may begin with a digit since 1.36', () => {
  expect(nameRule('v1', 'Service', defaultGates('1.35'))('1api')).toMatch(
    /start with an alphabetic character/,
  );
  expect(nameRule('v1', 'Service', defaultGates('1.36'))('1api')).toBeUndefined();
  expect(nameRule('v1', 'Service', defaultGates('1.36'))('api.v1')).toBe('must not contain dots');
});

test('a Service of another group is a custom resource', () => {
  expect(accepts('serving.knative.dev/v1', 'Service', 'api.v1')).toBe(true);
});

test('roles and their bindings may have colons in their names', () => {
  for (const kind of ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding']) {
    expect([kind, accepts('rbac.authorization.k8s.io/v1', kind, 'system:Auth Delegator')]).toEqual([
      kind,
      true,
    ]);
    expect([kind, accepts('rbac.authorization.k8s.io/v1', kind, 'a/b')]).toEqual([kind, false]);
  }
});

test('a CronJob has a name of at most 52 characters, because its Jobs add eleven', () => {
  expect(accepts('batch/v1', 'CronJob', 'a'.repeat(52))).toBe(true);
  expect(nameRule('batch/v1', 'CronJob')('a'.repeat(53))).toBe('must be no more than 52 characters');
});

test('generateName may end in a dash, and in nothing else that the name may not', () => {
  const rule = generateNameRule(dnsSubdomain);
  expect(rule('shop-')).toBeUndefined();
  expect(rule('shop')).toBeUndefined();
  expect(rule('shop.')).toMatch(/must/);
  expect(rule('-')).toMatch(/must/);
  expect(rule('Shop-')).toMatch(/must/);
});

test('names that controllers put into labels are shorter', () => {
  expect(maxNameLength('batch/v1', 'CronJob')).toBe(52);
  expect(maxNameLength('apps/v1', 'StatefulSet')).toBe(52);
  expect(maxNameLength('batch/v1', 'Job')).toBe(63);
  expect(maxNameLength('v1', 'Service')).toBe(63);
  expect(maxNameLength('v1', 'Namespace')).toBe(63);
  expect(maxNameLength('v1', 'ConfigMap')).toBe(253);
  expect(maxNameLength('example.com/v1', 'Job')).toBe(253);
});
