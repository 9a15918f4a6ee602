import type { KubeObject } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { planLive } from '../plan-live';

const deployment = (spec: object, metadata: object = {}): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', ...metadata },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'main', image: 'web:1' }] },
    },
    ...spec,
  },
});
const spec = (fields: object) => ({ 'f:spec': fields });
const entry = (manager: string, fieldsV1: object, rest: object = {}) => ({
  manager,
  operation: 'Update',
  apiVersion: 'apps/v1',
  time: '2026-01-02T00:00:00Z',
  fieldsV1,
  ...rest,
});
const OURS = { operation: 'Apply', time: '2026-01-01T00:00:00Z' };
const SCALE = { subresource: 'scale' };

/** What is told of an object that is there with `live`, managed by `entries`, when `after` is applied. */
function told(live: object, entries: readonly object[], after: object, annotations: object = {}) {
  const metadata = { uid: 'u', annotations, managedFields: entries };
  const set = ManifestSet.of([deployment(after)]);
  const [change] = planLive([deployment(live, metadata)], set, { manager: 'seaworthy' });
  const { drift, conflicts } = change ?? {};
  return { drift, conflicts };
}

test('a field that somebody scaled conflicts, with who did it and when', () => {
  const entries = [entry('kubectl', spec({ 'f:replicas': {} }), SCALE)];
  expect(told({ replicas: 5 }, entries, { replicas: 3 })).toEqual({
    drift: [
      {
        path: 'spec.replicas',
        expected: 3,
        live: 5,
        manager: 'kubectl (scale)',
        since: '2026-01-02T00:00:00Z',
        then: 'conflict',
      },
    ],
    conflicts: [{ path: 'spec.replicas', manager: 'kubectl (scale)', since: '2026-01-02T00:00:00Z' }],
  });
});

test('a field that the manifest leaves out stays; one that both have alike is no drift', () => {
  const entries = [entry('kubectl-edit', spec({ 'f:paused': {}, 'f:minReadySeconds': {} }))];
  const { drift, conflicts } = told({ paused: true, minReadySeconds: 5 }, entries, { minReadySeconds: 5 });
  expect(drift).toMatchObject([{ path: 'spec.paused', live: true, then: 'stays' }]);
  expect(drift?.[0]).not.toHaveProperty('expected');
  expect(conflicts).toBeUndefined();
});

test('what we change ourselves is no drift', () => {
  const entries = [entry('seaworthy', spec({ 'f:replicas': {} }), OURS)];
  expect(told({ replicas: 5 }, entries, { replicas: 3 })).toEqual({});
});

test('a value in another notation is the same', () => {
  const containers = (cpu: string) => ({
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'main', image: 'web:1', resources: { requests: { cpu } } }] },
    },
  });
  const requests = { 'f:resources': { 'f:requests': { 'f:cpu': {} } } };
  const owned = spec({
    'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"main"}': requests } } },
  });
  expect(told(containers('1'), [entry('kubectl-edit', owned)], containers('1000m'))).toEqual({});
  const { drift } = told(containers('2'), [entry('kubectl-edit', owned)], containers('1000m'));
  expect(drift).toMatchObject([
    { path: 'spec.template.spec.containers[0].resources.requests.cpu', expected: '1', live: '2' },
  ]);
});

test('a container that somebody added is told as one', () => {
  const template = (...names: readonly string[]) => ({
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: names.map((name) => ({ name, image: 'web:1' })) },
    },
  });
  const added = { 'k:{"name":"debug"}': { '.': {}, 'f:name': {}, 'f:image': {} } };
  const entries = [entry('kubectl-edit', spec({ 'f:template': { 'f:spec': { 'f:containers': added } } }))];
  const { drift } = told(template('main', 'debug'), entries, template('main'));
  expect(drift).toMatchObject([
    { path: 'spec.template.spec.containers[1]', live: { name: 'debug', image: 'web:1' }, then: 'stays' },
  ]);
});

test.each([
  ['replicas that an autoscaler sets', 'kube-controller-manager', { 'f:replicas': {} }, SCALE],
  ['an operator', 'acme-operator', { 'f:paused': {} }, {}],
  ['status', 'anybody', { 'f:paused': {} }, { subresource: 'status' }],
  ['a part that another manager applies', 'platform', { 'f:paused': {} }, OURS],
])('%s is no drift', (_, manager, fields, rest) => {
  const live = { replicas: 7, paused: true };
  expect(told(live, [entry(manager, spec(fields), rest)], {})).toEqual({});
});

test('a field that a controller holds with another value conflicts, and is no drift', () => {
  const entries = [entry('kube-controller-manager', spec({ 'f:replicas': {} }), SCALE)];
  const { drift, conflicts } = told({ replicas: 7 }, entries, { replicas: 3 });
  expect(drift).toBeUndefined();
  expect(conflicts).toMatchObject([{ path: 'spec.replicas', manager: 'kube-controller-manager (scale)' }]);
});

test('the note of kubectl rollout restart is no drift', () => {
  const annotation = { 'kubectl.kubernetes.io/restartedAt': '2026-01-02' };
  const live = {
    template: {
      metadata: { labels: { app: 'web' }, annotations: annotation },
      spec: { containers: [{ name: 'main', image: 'web:1' }] },
    },
  };
  const owned = { 'f:annotations': { '.': {}, 'f:kubectl.kubernetes.io/restartedAt': {} } };
  const entries = [entry('kubectl-rollout', spec({ 'f:template': { 'f:metadata': owned } }))];
  expect(told(live, entries, {})).toEqual({});
});

test('a field that somebody removed is set again, where kubectl noted that it had applied it', () => {
  const applied = JSON.stringify(deployment({ minReadySeconds: 5 }));
  const note = { 'kubectl.kubernetes.io/last-applied-configuration': applied };
  const { drift } = told({}, [], { minReadySeconds: 5, paused: true }, note);
  expect(drift).toEqual([{ path: 'spec.minReadySeconds', expected: 5, then: 'reset' }]);
});

test('a field that somebody removed is set again, where a revision has it; one that the manifest adds is ours', () => {
  const live = deployment({ replicas: 2 }, { uid: 'u' });
  const set = ManifestSet.of([deployment({ replicas: 2, minReadySeconds: 5, paused: true })]);
  const recorded = new Map([['apps|Deployment|shop|web', deployment({ replicas: 3, minReadySeconds: 4 })]]);
  const [change] = planLive([live], set, { manager: 'seaworthy', recorded });
  expect(change?.drift).toEqual([{ path: 'spec.minReadySeconds', expected: 5, then: 'reset' }]);
  const [unknown] = planLive([live], set, { manager: 'seaworthy' });
  expect(unknown?.drift).toBeUndefined();
});

test.each([
  ['a program that is listed', 'istiod', [], 0],
  ['one that writes the status of an object', 'acme', [entry('acme', {}, { subresource: 'status' })], 0],
  ['one that is called a controller', 'acme-controller', [], 0],
  ['one that nobody knows', 'acme', [], 1],
  [
    'kubectl, which has written a status, too',
    'kubectl-edit',
    [entry('kubectl-edit', {}, { subresource: 'status' })],
    1,
  ],
  ['a tool of people', 'k9s', [], 1],
])('what was written by %s is drift or not', (_, manager, others, drifted) => {
  const entries = [entry(manager, spec({ 'f:paused': {} })), ...others];
  expect(told({ paused: true }, entries, {}).drift ?? []).toHaveLength(drifted);
});

test('values of a Secret are hidden', () => {
  const secret = (data: object, metadata: object = {}): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'login', namespace: 'shop', ...metadata },
    ...data,
  });
  const managedFields = [entry('kubectl-edit', { 'f:data': { 'f:password': {} } })];
  const live = secret({ data: { password: 'U0VTQU1F' } }, { uid: 'u', managedFields });
  const set = ManifestSet.of([secret({ stringData: { password: 'OPEN' } })]);
  const [change] = planLive([live], set, { manager: 'seaworthy' });
  expect(change?.drift).toMatchObject([{ path: 'data.password', then: 'conflict' }]);
  expect(JSON.stringify(change?.drift)).not.toMatch(/U0VTQU1F|SESAME|OPEN|T1BFTg/);
});
