import { MAPS, Notes } from '../../../test/operator/reconciling';

const PATH = '/apis/shop.example/v1/namespaces/shop/notes';
const CLAIM = '/api/v1/namespaces/shop/persistentvolumeclaims/a-data';

let notes: Notes;
beforeEach(() => (notes = new Notes()));
afterEach(() => notes.end());

/** A resource with a volume that is asked to go. */
async function going(annotations: object = {}): Promise<void> {
  await notes.create('a', { text: 'x', storage: true }, { annotations });
  await notes.reconcile('a');
  expect(notes.server.get(CLAIM)).toBeDefined();
  await notes.server.write('DELETE', `${PATH}/a`);
  expect(notes.resource('a')).toBeDefined();
}

it('deletes the objects of a resource that goes, keeps its data, and tells so', async () => {
  await going();
  expect(await notes.reconcile('a')).toEqual({ result: 'deleted' });
  expect([notes.resource('a'), notes.map('a')]).toEqual([undefined, undefined]);
  expect(notes.server.get(CLAIM)).toBeDefined();
  expect(notes.events('a')).toContain('Kept');
});

it.each<[string, object]>([
  ['all', { 'seaworthy.dev/deletion': 'data' }],
  ['one object', { 'seaworthy.dev/allow-data-loss': 'PersistentVolumeClaim/a-data' }],
])('deletes data as well where an annotation says so, of %s', async (_, annotations) => {
  await going(annotations);
  await notes.reconcile('a');
  expect([notes.resource('a'), notes.server.get(CLAIM)]).toEqual([undefined, undefined]);
});

it('says of a resource that goes why it cannot, until somebody mends that', async () => {
  await going();
  await notes.change('a', { metadata: { annotations: { 'seaworthy.dev/allow-data-loss': 'a-data' } } });
  expect(await notes.reconcile('a')).toMatchObject({ result: 'stalled', isFailure: true });
  expect(notes.condition('a')).toMatch(/^Stalled DeletionRefused: .*a-data/);
  expect([notes.map('a'), notes.server.get(CLAIM)]).not.toContain(undefined);
  await notes.change('a', { metadata: { annotations: { 'seaworthy.dev/allow-data-loss': null } } });
  expect(await notes.reconcile('a')).toEqual({ result: 'deleted' });
});

it('leaves everything where it is said to be kept', async () => {
  await going({ 'seaworthy.dev/deletion': 'keep' });
  await notes.reconcile('a');
  expect(notes.resource('a')).toBeUndefined();
  expect([notes.map('a'), notes.server.get(CLAIM)]).not.toContain(undefined);
});

it('keeps the finalizers of others', async () => {
  await notes.create('a', undefined, { finalizers: ['others.example/wait'] });
  await notes.reconcile('a');
  await notes.server.write('DELETE', `${PATH}/a`);
  expect(await notes.reconcile('a')).toEqual({ result: 'deleted' });
  expect(notes.resource('a')?.metadata.finalizers).toEqual(['others.example/wait']);
  expect(await notes.reconcile('a')).toEqual({ result: 'deleted' });
});

it('touches nothing of other resources, and nothing that is of nobody', async () => {
  await notes.create('b');
  await notes.reconcile('b');
  await notes.server.write('POST', MAPS, { metadata: { name: 'loose' } });
  await going({ 'seaworthy.dev/deletion': 'data' });
  await notes.reconcile('a');
  expect([notes.map('b'), notes.map('loose')]).not.toContain(undefined);
});

it('lets a resource go that never got an object', async () => {
  await notes.create('a', { text: 'x', fault: 'throws' });
  await notes.reconcile('a');
  await notes.server.write('DELETE', `${PATH}/a`);
  expect(await notes.reconcile('a')).toEqual({ result: 'deleted' });
  expect(notes.resource('a')).toBeUndefined();
});

it('runs no construct for a resource that goes', async () => {
  await going();
  const other = new Notes({}, notes.server);
  await other.reconcile('a');
  other.end();
  expect(other.runs.size).toBe(0);
});

it('leaves a resource that goes to the operator that serves it', async () => {
  await going();
  const rival = new Notes({ operator: 'system/rival' }, notes.server);
  expect(await rival.reconcile('a')).toMatchObject({ result: 'left' });
  rival.end();
  expect(notes.map('a')).toBeDefined();
});
