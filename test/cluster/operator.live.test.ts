/** @jest-environment ./test/cluster/environment.js */
import { applicationOf, setIdOf } from '../../lib/operator/run/application';
import { testNamespace, until } from './cluster';
import { messageOf, Sites, type Running } from './operator-kit';

// Resources are brought to what they say, by real controllers and a real API server.

const namespace = testNamespace('operator');
const sites = new Sites('live.operator.example', namespace);
beforeAll(() => sites.begin());
afterAll(() => sites.end());

describe('an operator', () => {
  let running: Running;
  beforeAll(() => (running = sites.start()));
  afterAll(() => running.stop());

  it('brings what a resource asks for, and says when it is ready', async () => {
    await sites.create('ready', { message: 'hello' });
    const found = await sites.untilIs('ready', 'Ready');
    expect(found.status).toMatchObject({ observedGeneration: 1, objects: 4 });
    expect(await sites.map('ready')).toMatchObject({ data: { message: 'hello' } });
    expect(await sites.ask('GET', `${sites.apps}/deployments/ready`)).toMatchObject({
      status: { readyReplicas: 1 },
    });
    const events = await sites.ask('GET', `${sites.core}/events?fieldSelector=involvedObject.name=ready`);
    const reasons = (events?.items ?? []).map(({ reason }) => reason);
    expect(reasons).toEqual(expect.arrayContaining(['Applied']));
  });

  it('follows a change, and deletes what the resource no longer renders', async () => {
    await sites.create('changes', { message: 'one', more: ['a', 'b'], pods: false });
    await sites.untilIs('changes', 'Ready');
    await sites.change('changes', { message: 'two', more: ['b'] });
    await sites.untilIs('changes', 'Ready');
    expect(await sites.map('changes-b')).toMatchObject({ data: { message: 'two' } });
    expect(await sites.map('changes-a')).toBeUndefined();
  });

  it('corrects what somebody changes or deletes', async () => {
    await sites.create('drift', { message: 'ours', pods: false });
    await sites.untilIs('drift', 'Ready');
    await sites.ask('PATCH', `${sites.core}/configmaps/drift?fieldManager=kubectl-edit`, {
      data: { message: 'theirs' },
    });
    await until(async () => {
      const map = await sites.map('drift');
      return (map?.['data'] as { message: string }).message === 'ours';
    });
    await sites.ask('DELETE', `${sites.core}/configmaps/drift`);
    expect(await until(() => sites.map('drift'))).toMatchObject({ data: { message: 'ours' } });
  });

  it('only reports it where that is asked for', async () => {
    await sites.create(
      'reports',
      { message: 'ours', pods: false },
      { annotations: { 'seaworthy.dev/drift': 'report' } },
    );
    await sites.untilIs('reports', 'Ready');
    await sites.ask('PATCH', `${sites.core}/configmaps/reports?fieldManager=kubectl-edit`, {
      data: { message: 'theirs' },
    });
    const found = await sites.untilIs('reports', 'Ready', 'DriftReported');
    expect(messageOf(found)).toContain('data.message');
    expect(await sites.map('reports')).toMatchObject({ data: { message: 'theirs' } });
  });

  it.each([
    ['throws', 'ConstructFailed', 'the construct has a bug'],
    ['invalid', 'CheckFailed', 'bad key!'],
    ['elsewhere', 'OtherNamespace', 'default/elsewhere'.slice(0, 8)],
    ['nothing', 'NothingRendered', 'no object'],
  ])('says of a construct that is %s what is wrong, and applies nothing', async (fault, reason, message) => {
    const name = `bad-${fault}`;
    await sites.create(name, { message: 'x', fault, pods: false });
    expect(messageOf(await sites.untilIs(name, 'Stalled', reason))).toContain(message);
    expect(await sites.map(name)).toBeUndefined();
    // It is mended by its author, and goes on.
    await sites.ask('PATCH', `${sites.path}/${name}`, { spec: { fault: null } });
    await sites.untilIs(name, 'Ready');
  });

  it('does not take what belongs to another resource, or to nobody', async () => {
    await sites.create('first', { message: 'first', fault: 'theirs', pods: false });
    await sites.untilIs('first', 'Ready');
    await sites.create('second', { message: 'second', fault: 'theirs', pods: false });
    const found = await sites.untilIs('second', 'Stalled', 'OwnedByOthers');
    expect(messageOf(found)).toContain('theirs');
    expect(await sites.map('theirs')).toMatchObject({ data: { message: 'first' } });
    await sites.ask('POST', `${sites.core}/configmaps`, {
      metadata: { name: 'third' },
      data: { message: 'nobody' },
    });
    await sites.create('third', { message: 'third', pods: false });
    await sites.untilIs('third', 'Stalled', 'AlreadyExists');
    expect(await sites.map('third')).toMatchObject({ data: { message: 'nobody' } });
  });

  it('tells why objects are not ready', async () => {
    await sites.create('slow', { message: 'x', image: 'example.com/test/unready:1' });
    await sites.untilIs('slow', 'Progressing');
    const message = await until(async () => {
      const now = messageOf(await sites.get('slow'));
      return /readiness/i.test(now) && now;
    });
    expect(message).toContain('Deployment operator/slow');
  });

  it('keeps data when a resource goes, unless it is told otherwise', async () => {
    await sites.create('data', { message: 'x', storage: true, pods: false });
    await until(() => sites.ask('GET', `${sites.core}/persistentvolumeclaims/data-data`));
    await until(async () => (await sites.get('data'))?.status !== undefined);
    await sites.remove('data');
    await sites.untilGone('data');
    expect(await sites.map('data')).toBeUndefined();
    expect(await sites.ask('GET', `${sites.core}/persistentvolumeclaims/data-data`)).toBeDefined();
    // The next one of its name has it again, and lets it go.
    await sites.create(
      'data',
      { message: 'x', storage: true, pods: false },
      { annotations: { 'seaworthy.dev/deletion': 'data' } },
    );
    await until(() => sites.map('data'));
    await sites.remove('data');
    await sites.untilGone('data');
    expect(await sites.ask('GET', `${sites.core}/persistentvolumeclaims/data-data`)).toBeUndefined();
  });

  it('writes nothing in a minute in which nothing changes', async () => {
    await sites.create('rests', { message: 'x' });
    await sites.untilIs('rests', 'Ready');
    const versions = async () => {
      const lists = await Promise.all([
        sites.ask('GET', sites.path),
        sites.ask('GET', `${sites.core}/configmaps`),
        sites.ask('GET', `${sites.apps}/deployments`),
        sites.ask('GET', `${sites.core}/secrets`),
      ]);
      const items = lists.flatMap((list) => list?.['items'] ?? []);
      return new Map(
        items.map(({ metadata }) => [String(metadata['uid']), String(metadata['resourceVersion'])]),
      );
    };
    // The slow one is looked at from time to time: what is said of it stays the same.
    await new Promise((next) => setTimeout(next, 5_000));
    const writes = () =>
      running.operator.instruments.metrics.text().match(/^seaworthy_operator_writes_total.*$/gm);
    const before = [await versions(), writes()];
    await new Promise((next) => setTimeout(next, 60_000));
    expect([await versions(), writes()]).toEqual(before);
  });

  it('may be ended while it begins', async () => {
    const early = sites.start({ name: 'early' }, 'early');
    await expect(early.stop()).resolves.toBeUndefined();
  });

  it('has everything of a resource in one application', async () => {
    const application = applicationOf(
      sites.definition,
      { metadata: { name: 'ready', namespace } },
      namespace,
    );
    const labelSelector = `applyset.kubernetes.io/part-of=${setIdOf(application)}`;
    const deployments = await sites.ask('GET', `${sites.apps}/deployments?labelSelector=${labelSelector}`);
    expect((deployments?.['items'] as unknown[]).length).toBe(1);
  });
});
