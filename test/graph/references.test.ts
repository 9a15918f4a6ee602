import { formatId, type Manifest } from '../../lib/manifest/manifest';
import { ManifestSet, references, type ObjectReference } from 'seaworthy';

const BASE = `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
data: { LEVEL: info }
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: login, namespace: shop }
spec:
  secretStoreRef: { kind: SecretStore, name: vault }
  target: { name: db-login }
  data: [{ secretKey: password, remoteRef: { key: db } }]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      containers:
        - name: db
          image: db:1
          env:
            - { name: A, valueFrom: { configMapKeyRef: { name: settings, key: LEVEL } } }
            - { name: B, valueFrom: { secretKeyRef: { name: db-login, key: pasword } } }
            - { name: C, valueFrom: { secretKeyRef: { name: gone, key: x, optional: true } } }
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { clusterIP: None, selector: { app: db }, ports: [{ port: 5432 }] }
---
apiVersion: v1
kind: Service
metadata: { name: db-0, namespace: shop }
spec: { selector: { statefulset.kubernetes.io/pod-name: db-0 }, ports: [{ port: 5432 }] }
`;

/** A reference in one line. */
function line(reference: ObjectReference): string {
  const { from, path } = reference;
  const found = (manifests: readonly Manifest[]) => manifests.map(({ id }) => formatId(id)).join(', ');
  if (reference.type === 'selects') return `${from.id.name} ${path} → ${found(reference.found) || 'nothing'}`;
  const { target, resolution, optional, part } = reference;
  const has = part === undefined ? '' : ` ${part.value}: ${String(part.found)}`;
  return `${from.id.name} ${path} → ${target.kind} ${target.name} ${resolution}${has}${optional ? ' optional' : ''}`;
}

test('the graph says what each field names or selects, and where that is', () => {
  const env = 'spec.template.spec.containers[0].env';
  expect(references(ManifestSet.parse(BASE)).references.map(line)).toEqual([
    'login spec.secretStoreRef.name → SecretStore vault missing',
    'db spec.serviceName → Service db set',
    `db ${env}[0].valueFrom.configMapKeyRef.name → ConfigMap settings set LEVEL: true`,
    `db ${env}[1].valueFrom.secretKeyRef.name → Secret db-login derived pasword: false`,
    `db ${env}[2].valueFrom.secretKeyRef.name → Secret gone missing x: undefined optional`,
    'db spec.selector → StatefulSet shop/db',
    'db-0 spec.selector → StatefulSet shop/db',
  ]);
});

test('what is assumed is found, and its keys are known where it has any', () => {
  const assume = ManifestSet.parse(`
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: vault, namespace: shop }
---
apiVersion: v1
kind: Secret
metadata: { name: gone, namespace: shop }
`);
  const found = references(ManifestSet.parse(BASE), { assume });
  const lines = found.references.filter(({ from }) => from.id.kind !== 'Service').map(line);
  expect(lines[0]).toBe('login spec.secretStoreRef.name → SecretStore vault assumed');
  expect(lines[4]).toMatch('Secret gone assumed x: undefined');
});

test('an object can be asked what leads to it', () => {
  const set = ManifestSet.parse(BASE);
  const graph = references(set);
  const names = (references: readonly ObjectReference[]) => references.map(({ from }) => from.id.name);
  expect(names(graph.to(set.get({ kind: 'StatefulSet' })))).toEqual(['db', 'db-0']);
  expect(names(graph.to(set.get({ kind: 'ExternalSecret' })))).toEqual(['db']);
  expect(graph.from(set.get({ kind: 'ConfigMap' }))).toEqual([]);
});

test('each environment is a cluster of its own', () => {
  const own = (environment: string, yaml: string) =>
    [...ManifestSet.parse(yaml)].map((manifest) => ({ ...manifest, origin: { environment } }));
  const claim =
    'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: disk }\nspec: { volumeName: pv }';
  const volume = 'apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: pv }\nspec: {}';
  const apart = ManifestSet.from([...own('staging', claim), ...own('production', volume)]);
  const together = ManifestSet.from([...own('staging', claim), ...own('staging', volume)]);
  expect(references(apart).references.map(line)).toEqual([
    'disk spec.volumeName → PersistentVolume pv missing',
  ]);
  expect(references(together).references.map(line)).toEqual([
    'disk spec.volumeName → PersistentVolume pv set',
  ]);
});
