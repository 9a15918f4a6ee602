import { APPLYSET } from '../../kube/applyset';
import { formatId, type KubeObject, type ObjectId } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { memberConflicts } from './other-sets';
import { prunable, type Prunable, type PruneRules } from './prunable';

const RULES: PruneRules = { manager: 'seaworthy', mayLose: () => false, home: 'shop' };
const FIELDS = { 'f:metadata': { 'f:labels': { [`f:${APPLYSET.partOf}`]: {} } } };

/** A member as a server has it. */
function member(
  apiVersion: string,
  kind: string,
  name: string,
  rest: Record<string, unknown> = {},
): KubeObject {
  const { metadata = {}, ...body } = rest as { readonly metadata?: object };
  const isGlobal = ['Namespace', 'PersistentVolume', 'CustomResourceDefinition'].includes(kind);
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(!isGlobal && { namespace: 'shop' }),
      labels: { [APPLYSET.partOf]: 'applyset-own-v1' },
      managedFields: [
        { manager: 'seaworthy', operation: 'Apply', fieldsV1: FIELDS, time: '2026-01-02T00:00:00Z' },
      ],
      ...metadata,
    },
    ...body,
  };
}

const map = (name: string, metadata?: object): KubeObject =>
  member('v1', 'ConfigMap', name, metadata && { metadata });
const claim = member('v1', 'PersistentVolumeClaim', 'data', { spec: {} });
const definition = member('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'widgets.acme.com', {
  spec: {
    group: 'acme.com',
    scope: 'Namespaced',
    names: { kind: 'Widget', plural: 'widgets' },
    versions: [],
  },
});
const database = (whenDeleted: string): KubeObject =>
  member('apps/v1', 'StatefulSet', `db-${whenDeleted.toLowerCase()}`, {
    spec: {
      replicas: 2,
      volumeClaimTemplates: [{ metadata: { name: 'data' } }],
      persistentVolumeClaimRetentionPolicy: { whenDeleted },
    },
  });

const names = (ids: readonly ObjectId[]): string[] => ids.map(formatId);
const goneIn = ({ gone }: Prunable): string[] => names(gone.map(({ id }) => id));
const judge = (members: KubeObject[], set: KubeObject[] = [], rules: Partial<PruneRules> = {}): Prunable =>
  prunable(members, ManifestSet.of(set), { ...RULES, ...rules });

it('deletes what the set no longer has, whatever version it was listed in', () => {
  const scaler = member('autoscaling/v2', 'HorizontalPodAutoscaler', 'web');
  const old = { ...scaler, apiVersion: 'autoscaling/v1' };
  expect(goneIn(judge([map('a'), map('b'), scaler], [map('a'), old]))).toEqual(['ConfigMap shop/b']);
});

it('leaves what it has not applied, though it has the label: what controllers make has that of its Service', () => {
  const slice = map('slice', { ownerReferences: [{ kind: 'Service', name: 'web' }] });
  const endpoints = map('copied', {
    managedFields: [{ manager: 'kube-controller-manager', operation: 'Update', fieldsV1: FIELDS }],
  });
  const other = map('other', { managedFields: [{ manager: 'seaworthy', operation: 'Apply', fieldsV1: {} }] });
  const going = map('going', { deletionTimestamp: '2026-01-01T00:00:00Z' });
  const { gone, kept, guarded, going: pending } = judge([slice, endpoints, other, going]);
  expect([...gone, ...kept, ...guarded]).toEqual([]);
  expect(names(pending.map(({ id }) => id))).toEqual(['ConfigMap shop/going']);
});

it('leaves what says that it is kept, and tells the setting', () => {
  const { gone, kept } = judge([map('a', { annotations: { 'helm.sh/resource-policy': 'keep' } })]);
  expect(gone).toEqual([]);
  expect(kept).toEqual([
    {
      id: expect.objectContaining({ name: 'a' }) as ObjectId,
      why: expect.stringContaining('resource-policy') as string,
    },
  ]);
});

it('guards what holds data until it is named, and says what would be lost', () => {
  const volume = member('v1', 'PersistentVolume', 'disk', { spec: {} });
  const space = member('v1', 'Namespace', 'other');
  const postgres = member('postgresql.cnpg.io/v1', 'Cluster', 'pg');
  const members = [claim, volume, space, definition, database('Delete'), database('Retain'), postgres];
  const { gone, guarded } = judge(members);
  expect(names(gone.map(({ id }) => id))).toEqual(['StatefulSet shop/db-retain']);
  expect(guarded.map(({ id, why }) => [formatId(id), why])).toEqual([
    ['Namespace other', expect.stringContaining('everything in it')],
    ['CustomResourceDefinition widgets.acme.com', expect.stringContaining('every Widget in the cluster')],
    ['PersistentVolumeClaim shop/data', expect.stringContaining('its volume with all data')],
    ['StatefulSet shop/db-delete', expect.stringContaining('together with the 2 claims')],
    ['PersistentVolume disk', expect.stringContaining('storage behind it is kept')],
    ['Cluster shop/pg', expect.stringContaining('deletes the volumes with all data')],
  ]);
  const mayLose = ({ kind }: ObjectId): boolean => kind === 'PersistentVolumeClaim';
  expect(goneIn(judge(members, [], { mayLose }))).toContain('PersistentVolumeClaim shop/data');
  expect(goneIn(judge(members, [], { unused: new Set(['widgets.acme.com']) }))).toContain(
    'CustomResourceDefinition widgets.acme.com',
  );
});

it('needs one name for a namespace with all that is in it', () => {
  const space = member('v1', 'Namespace', 'shop');
  const rules = { home: 'apps', mayLose: ({ kind }: ObjectId) => kind === 'Namespace' };
  expect(goneIn(judge([space, claim], [], rules))).toEqual([
    'Namespace shop',
    'PersistentVolumeClaim shop/data',
  ]);
});

it('never deletes a namespace or definition that objects of the set, or its record, are in', () => {
  const spaces = [member('v1', 'Namespace', 'shop'), member('v1', 'Namespace', 'home'), definition];
  const widget = member('acme.com/v1', 'Widget', 'a');
  const { gone, kept } = judge(spaces, [map('a'), widget], { mayLose: () => true, home: 'home' });
  expect(gone).toEqual([]);
  expect(kept.map(({ why }) => why)).toEqual([
    'objects of the application are in it',
    'the record of the application is in it',
    'objects of the application are of this kind',
  ]);
});

it('tells objects that are members of another set, which one manager would take without a word', () => {
  const foreign = map('a', { labels: { [APPLYSET.partOf]: 'applyset-other-v1' } });
  const live = [map('own'), foreign, map('plain', { labels: {} })];
  const known = new Map([['applyset-other-v1', 'application billing/api']]);
  expect(memberConflicts(live, 'applyset-own-v1', known)).toEqual([
    {
      id: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'a' },
      path: 'metadata.labels.applyset.kubernetes.io/part-of',
      manager: 'application billing/api',
      since: '2026-01-02T00:00:00Z',
    },
  ]);
});
