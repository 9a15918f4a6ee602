import { exampleOf } from '../../scripts/docs/examples';
import { Cluster } from '../graph/cluster';
import { identify, type KubeObject } from '../manifest/manifest';
import { ManifestSet } from '../manifest/set';
import { AlikeObjects } from './alike';
import { admissionOf, admissionSlices } from './admit-set';
import { RULES } from './registry';

const EXAMPLES = RULES.map(({ name }) => exampleOf(name)?.failing ?? '');

/** Objects whose rules ask for something in their metadata. */
const OTHERS = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: plain, annotations: { a: b } }
spec:
  selector: { matchLabels: { app: a } }
  template: { metadata: { labels: { app: a } }, spec: { containers: [{ name: a, image: a }] } }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: plain }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
apiVersion: v1
kind: Service
metadata: { name: plain }
spec: { ports: [{ port: 80 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: plain }
spec: { defaultBackend: { service: { name: a, port: { number: 80 } } } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: plain }
`;

const OWNER = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: 'u' };

/** Metadata that the server refuses, warns of, or judges other fields by. */
const MORE: readonly object[] = [
  {},
  { annotations: { 'deprecated.deployment.rollback.to': 'x' } },
  { annotations: { 'volume.beta.kubernetes.io/storage-class': 'fast' } },
  { annotations: { 'service.kubernetes.io/topology-aware-hints': 'auto' } },
  { annotations: { 'kubernetes.io/ingress.class': 'nginx' } },
  { annotations: { a: 'b' } },
  { annotations: { 'not a key': 'b' } },
  { annotations: { a: 1 } },
  { labels: { app: 'not a value' } },
  { labels: null },
  { ownerReferences: [OWNER, OWNER] },
  { finalizers: ['nodomain'] },
  { name: 'with.a.dot' },
  { name: 'n'.repeat(64) },
  { name: 'Not-A-Name' },
  { name: undefined, generateName: 'prefix-' },
  { namespace: 'Not-A-Namespace' },
  { unknown: 1 },
  {},
];

/** The same objects with other metadata, of which all other fields are the very same values. */
function variants(objects: readonly KubeObject[]): ManifestSet {
  const all = objects.flatMap((object) =>
    MORE.map((more): KubeObject => ({ ...object, metadata: { ...object.metadata, ...more } })),
  );
  return ManifestSet.from(all.map((object) => ({ object, id: identify(object) })));
}

const OBJECTS = [...EXAMPLES, OTHERS].flatMap((yaml) =>
  ManifestSet.parse(yaml).manifests.map(({ object }) => object),
);
// With a policy, each object is examined by itself.
const set = variants(OBJECTS.filter(({ kind }) => !kind.includes('AdmissionPolicy')));

it.each(['1.27', '1.37'] as const)('finds in alike objects what it finds in each, on %s', (kubernetes) => {
  const cluster = new Cluster(set, undefined, { kubernetes });
  const options = { strict: true, warnings: true, dropped: true };
  const found = admissionSlices(cluster, options, 256).flatMap((slice) => slice());
  expect(found.length).toBeGreaterThan(set.size / 4);
  expect(found).toEqual(admissionOf(cluster, options));
});

it('looks at the metadata alone where another object is alike', () => {
  const accepts = jest.spyOn(AlikeObjects.prototype, 'accepts');
  const cluster = new Cluster(variants(ManifestSet.parse(OTHERS).manifests.map(({ object }) => object)));
  for (const slice of admissionSlices(cluster, { warnings: true }, 1)) slice();
  const accepted = accepts.mock.results.flatMap(({ value }, index) =>
    value === true ? [accepts.mock.calls[index]?.[0].kind] : [],
  );
  expect([...new Set(accepted)]).toEqual([
    'Deployment',
    'PersistentVolumeClaim',
    'Service',
    'Ingress',
    'ConfigMap',
  ]);
});
