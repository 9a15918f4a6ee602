import { findingsOf } from '../../../test/check/rule-test';

const service = (selector: string, namespace = '') =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: web${namespace} }\nspec: { selector: { ${selector} }, ports: [{ port: 80 }] }\n---\n`;

const pod = (name: string, labels: string, namespace = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}${namespace}, labels: { ${labels} } }\nspec: { containers: [{ name: a, image: a }] }\n---\n`;

/** The message and hint of each finding. */
function found(yaml: string, rule = 'wiring/service-selects-nothing') {
  return findingsOf(rule, yaml).map(({ found: [, , ...said] }) => said);
}

test('a selector that matches a pod is fine', () => {
  expect(found(pod('a', 'app: web, tier: front') + service('app: web'))).toEqual([]);
});

test('one that matches none names the namespace that it looks in', () => {
  const namespace = ', namespace: shop';
  expect(found(pod('a', 'app: web') + service('app: web', namespace))).toEqual([
    ['selector app=web matches no pods in namespace "shop", but Pod a may be applied to that namespace'],
  ]);
  const other = pod('b', 'app: api', namespace);
  expect(found(other + service('app: web', namespace))).toEqual([
    ['selector app=web matches no pods in namespace "shop"', 'The closest match is Pod shop/b with app=api.'],
  ]);
});

test('the closest match has the most labels in common, a value before a key', () => {
  const pods =
    pod('other', 'app: api, tier: back') + pod('near', 'app: web, tier: back') + pod('third', 'zone: a');
  expect(found(pods + service('app: web, tier: front'))).toEqual([
    ['selector app=web,tier=front matches no pods', 'The closest match is Pod near with app=web,tier=back.'],
  ]);
});

test('a key alone counts too', () => {
  expect(found(pod('web', 'zone: a') + pod('b', 'app: api') + service('app: web'))).toEqual([
    ['selector app=web matches no pods', 'The closest match is Pod b with app=api.'],
  ]);
});

test('without any common label, only a single pod is a match', () => {
  expect(found(pod('a', 'zone: a') + service('app: web'))).toEqual([
    ['selector app=web matches no pods', 'The closest match is Pod a with zone=a.'],
  ]);
  expect(found(pod('web', 'zone: a') + pod('b', 'zone: b') + service('app: web'))).toEqual([
    ['selector app=web matches no pods'],
  ]);
  expect(found(pod('a', 'zone: a') + pod('b', 'zone: b') + service('app: web'))).toEqual([
    ['selector app=web matches no pods, but other manifests may have some'],
  ]);
  expect(found(service('app: web'))).toEqual([
    ['selector app=web matches no pods, but these manifests have no pods there'],
  ]);
});

test('an expression is shown as kubectl writes it, and its key counts', () => {
  const budget = (expression: string) =>
    `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: web }\nspec: { maxUnavailable: 1, selector: { matchExpressions: [{ ${expression} }] } }\n`;
  const said = (expression: string) =>
    found(
      pod('web', 'zone: a') + pod('b', 'app: api') + budget(expression),
      'wiring/disruption-budget-selects-nothing',
    );
  expect(said('key: app, operator: In, values: [web, www]')).toEqual([
    ['selector app in (web,www) matches no pods', 'The closest match is Pod b with app=api.'],
  ]);
  expect(said('key: tier, operator: Exists')).toEqual([['selector tier matches no pods']]);
});

test('a monitor that looks in several namespaces names them all', () => {
  const monitor = `apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: web, namespace: ops }
spec: { selector: { matchLabels: { app: web } }, namespaceSelector: { matchNames: [shop, blog] }, podMetricsEndpoints: [] }
`;
  expect(found(monitor, 'wiring/monitor-selects-nothing')).toEqual([
    ['selector app=web matches no pods in namespaces "shop", "blog", but these manifests have no pods there'],
  ]);
});
