import { refused } from '../../../test/operator/api-server';
import { MAPS, Notes } from '../../../test/operator/reconciling';
import type { CustomResource } from '../types';

const LATER = 3_001;

let notes: Notes;
beforeEach(() => (notes = new Notes()));
afterEach(() => notes.end());

/** Writes of objects of resources: not of resources, records and events. */
const writes = (): string[] => notes.server.writes.filter((each) => each.includes('/configmaps/'));

const CLAIMS = '/api/v1/namespaces/shop/persistentvolumeclaims';
const SECRETS = '/api/v1/namespaces/shop/secrets';

const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The labels of the first revision of a resource. */
const applicationLabels = (name: string): object => ({
  'seaworthy.dev/application': nameIn(notes.record(name)).replace('seaworthy.', ''),
  'seaworthy.dev/revision': '1',
  'seaworthy.dev/part': '0',
});

/** A resource that is ready. */
async function ready(name: string, spec?: object, metadata?: object): Promise<void> {
  await notes.create(name, spec, metadata);
  await notes.reconcile(name);
  expect(notes.condition(name)).toMatch(/^Ready Ready/);
  await notes.clock.forward(LATER);
}

describe('a resource', () => {
  it('is brought to what it says, and says so by conditions and events', async () => {
    await notes.create('a', { text: 'hello', more: ['b'] });
    expect(await notes.reconcile('a')).toEqual({
      result: 'ready',
      message: 'Ready: 2 objects are as they should be',
    });
    expect(notes.map('a-b')?.data).toEqual({ text: 'hello' });
    expect(notes.resource('a')?.status).toMatchObject({ observedGeneration: 1, objects: 2 });
    expect(notes.events('a')).toEqual(['Applied']);
  });

  it('gets one status and one event where its objects are ready by the time that they are heard of', async () => {
    await notes.create('a', { text: 'hello', storage: true });
    expect(await notes.reconcile('a')).toMatchObject({ result: 'progressing', again: 3_000 });
    await notes.server.write('PATCH', `${CLAIMS}/a-data`, { status: { phase: 'Bound' } });
    expect(await notes.reconcile('a')).toMatchObject({ result: 'ready' });
    const statuses = notes.server.requests.filter((each) => each.endsWith('/notes/a/status'));
    expect([statuses.length, notes.events('a')]).toEqual([1, ['Applied']]);
  });

  it('says what it waits for where they are not, and that it is over', async () => {
    await notes.create('a', { text: 'hello', storage: true });
    await notes.reconcile('a');
    await notes.reconcile('a');
    expect(notes.condition('a')).toMatch(/^Progressing WaitingForObjects/);
    await notes.server.write('PATCH', `${CLAIMS}/a-data`, { status: { phase: 'Bound' } });
    await notes.reconcile('a');
    expect(notes.events('a')).toEqual(['Applied', 'Ready']);
  });

  it('has no revisions to look for where it is new', async () => {
    await notes.create('a');
    await notes.reconcile('a');
    expect(notes.server.requests).not.toContain(`GET ${SECRETS}`);
    expect(notes.server.get(`${notes.record('a')}.v1`)).toBeDefined();
  });

  it('keeps its objects beside the revisions of one that had its name, and whose record is gone', async () => {
    const labels = applicationLabels('a');
    const metadata = { name: `${nameIn(notes.record('a'))}.v1`, labels };
    await notes.server.write('POST', SECRETS, { metadata, type: 'seaworthy.dev/revision' });
    await notes.create('a');
    expect(await notes.reconcile('a')).toMatchObject({ result: 'ready' });
    expect(notes.server.get(`${notes.record('a')}.v2`)?.metadata['annotations']).toMatchObject({
      'seaworthy.dev/state': 'applied',
    });
  });

  it('is kept by a finalizer and claimed before anything of it is written', async () => {
    await notes.create('a');
    await notes.reconcile('a');
    expect(notes.resource('a')?.metadata).toMatchObject({
      finalizers: ['seaworthy.dev/objects'],
      annotations: { 'seaworthy.dev/operated-by': 'system/notes' },
    });
    const [, claim, record] = notes.server.writes;
    expect([claim, record]).toEqual([
      'PATCH /apis/shop.example/v1/namespaces/shop/notes/a',
      `POST ${notes.record('a')}`,
    ]);
  });

  it('is read once before it is applied, and what comes of it by what is followed', async () => {
    await notes.create('a');
    await notes.reconcile('a');
    const reads = (): string[] => notes.server.requests.filter((each) => each === `GET ${MAPS}/a`);
    expect(reads()).toHaveLength(1);
    await notes.clock.forward(LATER);
    await notes.reconcile('a');
    expect(reads()).toHaveLength(1);
  });

  it('costs no request once it is as it should be', async () => {
    await ready('a');
    await notes.reconcile('a');
    const before = notes.server.requests.length;
    expect(await notes.reconcile('a')).toMatchObject({ result: 'ready' });
    expect(notes.server.requests.slice(before)).toEqual([]);
    expect(notes.runs.get('a')).toBe(1);
  });

  it('is read from the server where nothing that is remembered counts', async () => {
    await ready('a');
    const before = notes.server.requests.length;
    expect(await notes.reconcile('a', true)).toMatchObject({ result: 'ready' });
    expect(notes.server.requests.slice(before)).toContain(`GET ${notes.record('a')}`);
    expect(writes()).toHaveLength(1);
  });

  it('is followed: what it no longer renders goes, and only that', async () => {
    await ready('a', { text: 'one', more: ['b', 'c'] });
    await ready('other', { text: 'other' });
    await notes.change('a', { spec: { text: 'two', more: ['c'] } });
    await notes.reconcile('a');
    expect([notes.map('a-b'), notes.map('a-c')?.data]).toEqual([undefined, { text: 'two' }]);
    expect(notes.map('other')?.data).toEqual({ text: 'other' });
    expect(notes.resource('a')?.status?.observedGeneration).toBe(2);
  });

  it('may render other objects than before, none of which was there', async () => {
    const other = new Notes({}, notes.server);
    await ready('a', { text: 'one' });
    await notes.change('a', { spec: { text: 'one', storage: true } });
    await other.reconcile('a');
    await other.reconcile('a');
    other.end();
    expect(notes.condition('a')).toMatch(/^Progressing/);
    expect(notes.server.get(`${CLAIMS}/a-data`)).toBeDefined();
  });

  it('waits for what it has just written before it writes again', async () => {
    await notes.create('a');
    await notes.reconcile('a');
    await notes.server.write('PATCH', `${MAPS}/a`, { data: { text: 'theirs' } });
    expect(await notes.reconcile('a')).toEqual({ result: 'progressing', again: 3_000 });
    await notes.clock.forward(LATER);
    expect(await notes.reconcile('a')).toMatchObject({ result: 'ready' });
    expect(notes.map('a')?.data).toEqual({ text: 'hello' });
  });

  it('does not wait for a clock that somebody has set back', async () => {
    await ready('a');
    notes.clock.setBy(-3_600_000);
    await notes.server.write('PATCH', `${MAPS}/a`, { data: { text: 'theirs' } });
    expect(await notes.reconcile('a')).toMatchObject({ result: 'ready' });
    expect(notes.map('a')?.data).toEqual({ text: 'hello' });
  });

  it('is claimed by one of two operators that see it at once, and the other one applies nothing', async () => {
    await notes.create('a');
    const rival = new Notes({ operator: 'system/rival' }, notes.server);
    const seen = notes.resource('a') as CustomResource;
    const signal = new AbortController().signal;
    const results = await Promise.all(
      [notes, rival].map(({ reconciler }) =>
        reconciler.reconcile('Note.shop.example shop/a', seen, false, signal),
      ),
    );
    expect(results.map(({ result }) => result)).toEqual(['ready', 'failed']);
    expect(await rival.reconcile('a')).toMatchObject({ result: 'left' });
    rival.end();
    expect([rival.runs.size, writes().length]).toEqual([0, 1]);
  });

  it('has set back what somebody changes, and made again what somebody deletes', async () => {
    await ready('a');
    await notes.server.write('PATCH', `${MAPS}/a`, { data: { text: 'theirs' } });
    await notes.reconcile('a');
    expect([notes.map('a')?.data, notes.events('a')]).toEqual([
      { text: 'hello' },
      ['Applied', 'DriftCorrected'],
    ]);
    await notes.clock.forward(LATER);
    await notes.server.write('DELETE', `${MAPS}/a`);
    await notes.reconcile('a');
    expect(notes.map('a')?.data).toEqual({ text: 'hello' });
  });

  it('only tells of it where that is asked for', async () => {
    await ready('a', undefined, { annotations: { 'seaworthy.dev/drift': 'report' } });
    await notes.server.write('PATCH', `${MAPS}/a`, { data: { text: 'theirs' } });
    await notes.reconcile('a');
    expect(notes.condition('a')).toBe('Ready DriftReported: changed: ConfigMap/a data.text by kubectl-edit');
    expect(notes.map('a')?.data).toEqual({ text: 'theirs' });
  });

  it('goes on where a process ended that had written half of it', async () => {
    await notes.create('a', { text: 'hello', more: ['b', 'c'] });
    let written = 0;
    notes.server.intercept = ({ method, path, query }) => {
      if (method !== 'PATCH' || !path.includes('/configmaps/') || query?.['dryRun'] !== undefined) return;
      if (++written < 2) return;
      notes.signal.abort();
      throw new Error('killed');
    };
    await notes.reconcile('a').catch(() => undefined);
    notes.server.intercept = () => undefined;
    const next = new Notes({}, notes.server);
    expect(await next.reconcile('a')).toMatchObject({ result: 'ready' });
    next.end();
    const maps = writes().map((each) => each.slice(each.lastIndexOf('/') + 1));
    expect(maps.sort()).toEqual(['a', 'a-b', 'a-c']);
  });
});

describe('what holds a resource back', () => {
  it.each([
    ['throws', 'ConstructFailed: the construct threw: the construct has a bug'],
    ['invalid', 'CheckFailed: ConfigMap shop/a'],
    [
      'elsewhere',
      'OtherNamespace: a resource renders into its own namespace, shop; it has ConfigMap default/far',
    ],
    ['itself', 'RendersItself: it renders a resource of its own kind: Note shop/a-again'],
    ['nothing', 'NothingRendered: the construct describes no object'],
  ])(
    'is told of a construct that has the fault "%s", once, and nothing is written',
    async (fault, message) => {
      await notes.create('a', { text: 'x', fault });
      expect(await notes.reconcile('a')).toMatchObject({ result: 'stalled' });
      await notes.reconcile('a');
      expect(notes.condition('a')).toContain(`Stalled ${message}`);
      expect([writes(), notes.events('a'), notes.runs.get('a')]).toEqual([[], [message.split(':')[0]], 1]);
      await notes.change('a', { spec: { fault: null } });
      expect(await notes.reconcile('a')).toMatchObject({ result: 'ready' });
    },
  );

  it('is told of a resource of a megabyte, which no construct gets', async () => {
    await notes.create('a', { text: 'x'.repeat(1_000_000) });
    expect(await notes.reconcile('a')).toMatchObject({ result: 'stalled' });
    expect(notes.condition('a')).toMatch(/^Stalled ResourceTooLarge: spec has 10000\d\d bytes/);
    expect(notes.runs.size).toBe(0);
  });

  it('is a kind that the operator may not write: it is told before the server refuses it', async () => {
    const strict = new Notes({ context: { permitted: [{ group: '', kind: 'ConfigMap' }] } }, notes.server);
    await strict.create('a', { text: 'x', storage: true });
    await strict.reconcile('a');
    strict.end();
    expect(notes.condition('a')).toMatch(
      /^Stalled NotPermitted: the operator may not write PersistentVolumeClaim/,
    );
    expect(notes.server.requests.filter((each) => each.includes('persistentvolumeclaims'))).toEqual([]);
  });

  it('is what belongs to another resource, or to nobody, until an annotation adopts it', async () => {
    await ready('first', { text: 'first', fault: 'theirs' });
    await notes.create('second', { text: 'second', fault: 'theirs' });
    await notes.reconcile('second');
    expect(notes.condition('second')).toMatch(
      /^Stalled OwnedByOthers: ConfigMap shop\/theirs belongs to another/,
    );
    expect(notes.map('theirs')?.data).toEqual({ text: 'first' });
    await notes.server.write('POST', MAPS, { metadata: { name: 'third' }, data: { text: 'nobody' } });
    await notes.create('third');
    await notes.reconcile('third');
    expect(notes.condition('third')).toMatch(/^Stalled AlreadyExists/);
    await notes.change('third', { metadata: { annotations: { 'seaworthy.dev/adopt': 'ConfigMap/third' } } });
    await notes.reconcile('third');
    expect(notes.map('third')?.data).toEqual({ text: 'hello' });
  });

  it('is the loss of data, until an annotation names the object', async () => {
    const claim = '/api/v1/namespaces/shop/persistentvolumeclaims/a-data';
    await notes.create('a', { text: 'x', storage: true });
    await notes.reconcile('a');
    await notes.clock.forward(LATER);
    await notes.change('a', { spec: { storage: false } });
    await notes.reconcile('a');
    expect(notes.condition('a')).toMatch(/^Stalled DataLoss/);
    expect(notes.server.get(claim)).toBeDefined();
    const allowed = { 'seaworthy.dev/allow-data-loss': 'PersistentVolumeClaim/a-data' };
    await notes.change('a', { metadata: { annotations: allowed } });
    await notes.reconcile('a');
    expect(notes.server.get(claim)).toBeUndefined();
  });

  it('is another operator that serves it: it is told once by a condition, and left alone', async () => {
    await ready('a');
    const rival = new Notes({ operator: 'system/rival' }, notes.server);
    await notes.change('a', { spec: { text: 'changed' } });
    expect(await rival.reconcile('a')).toMatchObject({ result: 'left' });
    await rival.reconcile('a');
    rival.end();
    expect(notes.condition('a')).toContain(
      'Contested OperatedByAnother: operator system/notes serves this resource',
    );
    expect(notes.condition('a')).toContain('Ready Ready');
    expect(notes.map('a')?.data).toEqual({ text: 'hello' });
    expect(notes.events('a').filter((reason) => reason === 'OperatedByAnother')).toHaveLength(1);
  });

  it('is a namespace that goes away: it is tried again, and not for ever stalled', async () => {
    await notes.create('a');
    notes.server.terminating.add('shop');
    expect(await notes.reconcile('a')).toMatchObject({ result: 'progressing', isFailure: true });
    expect(notes.condition('a')).toMatch(/^Progressing NamespaceTerminating: /);
  });

  it('is what the server refuses: in its words, and without a write', async () => {
    await notes.create('a');
    notes.server.intercept = ({ method, path }) =>
      method === 'PATCH' && path.includes('/configmaps/')
        ? refused(422, 'Invalid', 'a policy says no')
        : undefined;
    expect(await notes.reconcile('a')).toMatchObject({ result: 'stalled', isFailure: true });
    expect(notes.condition('a')).toBe('Stalled ApplyRefused: ConfigMap shop/a: a policy says no');
    expect(writes()).toEqual([]);
  });

  it('is a permission that is missing: it says which, and tries again', async () => {
    await notes.create('a');
    notes.server.intercept = ({ method, path }) =>
      method !== 'GET' && path.includes('/secrets')
        ? refused(403, 'Forbidden', 'may not create secrets')
        : undefined;
    expect(await notes.reconcile('a')).toMatchObject({ isFailure: true });
    expect(notes.condition('a')).toContain('may not create secrets');
    expect(writes()).toEqual([]);
  });

  it('is a definition that went away: nobody is told, and nothing is made for what is gone', async () => {
    await notes.create('a');
    const resource = notes.resource('a');
    notes.server.withdraw('Note');
    if (resource === undefined) throw new Error('no resource');
    const done = await notes.reconciler.reconcile(
      'Note.shop.example shop/a',
      resource,
      false,
      notes.signal.signal,
    );
    expect(done).toMatchObject({
      result: 'failed',
      message: 'the resource is gone, or has just been changed',
    });
    expect(writes()).toEqual([]);
  });

  it("is a definition that changed under it: what it cannot store is tried again, with the server's reason", async () => {
    await notes.create('a');
    notes.server.intercept = ({ path }) =>
      path.endsWith('/status') ? refused(422, 'Invalid', 'status.objects: unknown field') : undefined;
    await expect(notes.reconcile('a')).rejects.toThrow(
      'cannot write the status: status.objects: unknown field',
    );
    notes.server.intercept = () => undefined;
    expect(await notes.reconcile('a')).toMatchObject({ result: 'ready' });
  });

  it('is one resource: others of its kind are brought to what they say', async () => {
    for (const fault of ['throws', 'invalid', 'elsewhere', 'itself', 'nothing'])
      await notes.create(`bad-${fault}`, { text: 'x', fault });
    await notes.create('good');
    for (const fault of ['throws', 'invalid', 'elsewhere', 'itself', 'nothing'])
      await notes.reconcile(`bad-${fault}`);
    expect(await notes.reconcile('good')).toMatchObject({ result: 'ready' });
  });
});

it('writes the record of a resource again that somebody has deleted: by it, what goes is found', async () => {
  await ready('a', { text: 'x', more: ['b'] });
  await notes.server.write('DELETE', notes.record('a'));
  await notes.reconcile('a', true);
  expect(notes.server.get(notes.record('a'))).toBeDefined();
  await notes.server.write('DELETE', '/apis/shop.example/v1/namespaces/shop/notes/a');
  await notes.reconcile('a');
  expect([notes.map('a'), notes.map('a-b'), notes.resource('a')]).toEqual([undefined, undefined, undefined]);
});

describe('a construct that does not come to an end', () => {
  const stopped = new Set<Notes>();
  /** An operator with little patience. */
  const hurried = (release = 'one'): Notes => {
    const one = new Notes({ renderTimeout: 20, release }, notes.server);
    stopped.add(one);
    return one;
  };
  afterEach(() => {
    for (const each of stopped) each.end();
  });
  const mark = (): unknown => notes.resource('a')?.metadata.annotations?.['seaworthy.dev/render-timeout'];

  it('is stopped, told of by its resource, and the process is said to be broken', async () => {
    await notes.create('a', { text: 'x', fault: 'loops' });
    const first = hurried();
    expect(await first.reconcile('a')).toMatchObject({ result: 'stalled' });
    expect(first.stuck).toEqual(['a']);
    expect(notes.condition('a')).toMatch(
      /^Stalled RenderTimeout: the construct did not come to an end within 0.02 seconds; it is run again once/,
    );
    expect(notes.events('a')).toEqual(['RenderTimeout']);
  });

  it('is not run by the process after that, until the resource, the release or the mark is another', async () => {
    await notes.create('a', { text: 'x', fault: 'loops' });
    await hurried().reconcile('a');
    const second = hurried();
    expect(await second.reconcile('a')).toMatchObject({ result: 'stalled' });
    expect([second.stuck, second.runs.get('a')]).toEqual([[], undefined]);
    const released = hurried('two');
    await released.reconcile('a');
    expect(released.stuck).toEqual(['a']);
    await notes.change('a', { metadata: { annotations: { 'seaworthy.dev/render-timeout': null } } });
    const asked = hurried('two');
    await asked.reconcile('a');
    expect(asked.stuck).toEqual(['a']);
    await notes.change('a', { spec: { fault: null } });
    expect(await notes.reconcile('a')).toMatchObject({ result: 'ready' });
    expect(mark()).toBeUndefined();
  });

  it('is written down before the process ends: where it cannot be, it is tried again', async () => {
    await notes.create('a', { text: 'x', fault: 'loops' });
    const first = hurried();
    notes.server.intercept = ({ body }) =>
      JSON.stringify(body ?? {}).includes('render-timeout":')
        ? refused(500, 'Internal', 'no disk')
        : undefined;
    await expect(first.reconcile('a')).rejects.toThrow('cannot mark the resource: no disk');
    expect(first.stuck).toEqual([]);
    notes.server.intercept = () => undefined;
    await first.reconcile('a');
    expect(first.stuck).toEqual(['a']);
    expect(mark()).toEqual(expect.any(String));
  });
});
