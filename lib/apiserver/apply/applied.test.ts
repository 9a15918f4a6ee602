import { newestGates } from '../../kube/feature-gates';
import { latestRelease } from '../../kube/schema';
import type { KubeObject } from '../../manifest/manifest';
import { definitionsIn } from '../admission/custom/definitions';
import { serverKind } from '../update/kind';
import { isApplied } from './applied';

const server = {
  kubernetes: latestRelease,
  gates: newestGates,
  definitions: definitionsIn(undefined, latestRelease),
};
const { schema } = serverKind('v1', 'Service', server);

const service = (ports: readonly object[], metadata: object = { labels: { app: 'web' } }): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop', ...metadata },
  spec: { selector: { app: 'web' }, ports },
});

const http = { name: 'http', port: 80, targetPort: 8080 };
const grpc = { name: 'grpc', port: 90 };

const port = (number: number, ...fields: readonly string[]) => ({
  [`k:${JSON.stringify({ port: number, protocol: 'TCP' })}`]: {
    '.': {},
    ...Object.fromEntries(fields.map((field) => [`f:${field}`, {}])),
  },
});

const OWN = {
  'f:metadata': { 'f:labels': { 'f:app': {} } },
  'f:spec': {
    'f:selector': {},
    'f:ports': { ...port(80, 'name', 'port', 'targetPort'), ...port(90, 'name', 'port') },
  },
};

const entry = (manager: string, operation: string, fieldsV1: object) => ({ manager, operation, fieldsV1 });

/** As a server has it, with defaults. */
function stored(ports: readonly object[], ...managedFields: readonly object[]): KubeObject {
  const { spec, ...rest } = service(ports, { labels: { app: 'web' }, uid: 'u', managedFields });
  return { ...rest, spec: { ...(spec as object), type: 'ClusterIP', clusterIP: '10.0.0.7' } };
}

const LIVE_PORTS = [
  { ...http, protocol: 'TCP' },
  { ...grpc, protocol: 'TCP', targetPort: 90 },
];
const own = entry('seaworthy', 'Apply', OWN);
const isSame = (live: KubeObject, applied: KubeObject): boolean =>
  isApplied(applied, live, 'seaworthy', schema);

test('what is there as it is applied stays as it is, whatever else there is', () => {
  const others = entry('kube-controller-manager', 'Update', { 'f:status': {} });
  expect(isSame(stored(LIVE_PORTS, own, others), service([http, grpc]))).toBe(true);
});

test.each([
  ['a value is another', service([http, { ...grpc, name: 'rpc' }])],
  ['a field is added', service([http, { ...grpc, targetPort: 90 }])],
  ['a field is gone', service([{ name: 'http', port: 80 }, grpc])],
  ['an item is gone', service([http])],
  ['the order is another', service([grpc, http])],
  ['a label is gone', service([http, grpc], {})],
  ['a list is emptied', service([])],
])('it does not where %s', (_, applied) => {
  expect(isSame(stored(LIVE_PORTS, own), applied)).toBe(false);
});

test('it does not where somebody else has taken a field, though its value is the same', () => {
  const { 'f:metadata': _, ...less } = OWN;
  const live = stored(LIVE_PORTS, entry('seaworthy', 'Apply', less), entry('kubectl-edit', 'Update', OWN));
  expect(isSame(live, service([http, grpc]))).toBe(false);
});

test.each([
  ['nobody has applied it', []],
  ['somebody else has', [entry('kubectl', 'Apply', OWN)]],
  ['it was created by an update', [entry('seaworthy', 'Update', OWN)]],
  ['kubectl apply has left fields', [own, entry('kubectl-client-side-apply', 'Update', OWN)]],
  ['it was applied in two versions of its kind', [own, own]],
])('it does not where %s', (_, entries) => {
  expect(isSame(stored(LIVE_PORTS, ...entries), service([http, grpc]))).toBe(false);
});
