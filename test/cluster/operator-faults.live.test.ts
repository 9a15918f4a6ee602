/** @jest-environment ./test/cluster/environment.js */
import { watch } from '../../lib/cluster/client/watch';
import { openApplySet } from '../../lib/cluster/owned/apply-set';
import { history } from '../../lib/cluster/revisions/history';
import { customResourceDefinition } from '../../lib/operator/crd';
import { applicationOf } from '../../lib/operator/run/application';
import { cluster as direct, testNamespace, until } from './cluster';
import { messageOf, Sites, type Running } from './operator-kit';
import { endProcesses, operatorProcess } from './operator-processes';

// However an operator ends, the next one goes on. SEAWORTHY_FAULT_RUNS runs fewer of the moments.

const FIRST = Number(process.env['SEAWORTHY_FAULT_FIRST'] ?? 1);
const RUNS = Number(process.env['SEAWORTHY_FAULT_RUNS'] ?? 100);
const namespace = testNamespace('operator-faults');
const elsewhere = 'operator-elsewhere';
const sites = new Sites('faults.operator.example', namespace);
beforeAll(() => sites.begin());
afterAll(() => sites.end());

afterEach(endProcesses);

/** A version of a CustomResourceDefinition. */
interface Version {
  readonly schema: {
    readonly openAPIV3Schema: { readonly properties: Readonly<Record<string, unknown>> };
  };
}

/** Numbers from 0 to 1, the same for a seed. */
function randomOf(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

/** What each ConfigMap held, one content after another, until it is ended. */
function contents(): { readonly of: Map<string, string[]>; readonly end: () => void } {
  const end = new AbortController();
  const found = new Map<string, string[]>();
  const resource = { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true };
  void (async () => {
    for await (const event of watch(sites.cluster, resource, { namespace }, end.signal)) {
      if (event.type === 'LISTED' || event.type === 'DELETED') continue;
      const { metadata, data } = event.object as { metadata: { uid?: string }; data?: object };
      const before = found.get(String(metadata.uid)) ?? [];
      const now = JSON.stringify(data);
      if (before.at(-1) !== now) found.set(String(metadata.uid), [...before, now]);
    }
  })();
  return { of: found, end: () => end.abort() };
}

async function versionsOf(names: readonly string[]): Promise<unknown[]> {
  const maps = await Promise.all(names.map((name) => sites.map(name)));
  return maps.map((map) => map?.metadata['resourceVersion']);
}

/** What of a resource the cluster has, by its record and by its label; and the states of its revisions. */
async function stateOf(name: string): Promise<{ members: string[]; states: string[] }> {
  const application = applicationOf(sites.definition, { metadata: { name, namespace } }, namespace);
  const members = await (await openApplySet(sites.cluster, application)).members();
  const revisions = await history(sites.cluster, application);
  return {
    members: members.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort(),
    states: revisions.map(({ state }) => state),
  };
}

// Compiled once before any clock runs: the first process would take all of its time for that.
beforeAll(() => operatorProcess(sites, ['compile']).ended, 600_000);

describe('an operator that is killed', () => {
  let attempts = 0;

  it.each(Array.from({ length: RUNS }, (_, index) => FIRST + index))(
    'at moment %i leaves nothing that the next one does not finish',
    async (seed) => {
      const random = randomOf(seed);
      // One that is tried again begins with names that nobody has used.
      const attempt = `s${seed}-${++attempts}`;
      const names = ['a', 'b', 'c'].map((each) => `${attempt}-${each}`);
      const [first = '', second = '', third = ''] = names;
      const maps = { pods: false, more: ['x', 'y'] };
      const foreign = [`${attempt}-nobodys`, `${first}-z`];
      for (const name of foreign)
        await sites.ask('POST', `${sites.core}/configmaps`, { metadata: { name }, data: { a: '1' } });
      const untouched = await versionsOf(foreign);
      const seen = contents();
      for (const name of names) await sites.create(name, { message: 'one', ...maps });
      const isUpdate = seed % 2 === 0;
      if (isUpdate) {
        const before = sites.start();
        for (const name of names) await sites.untilIs(name, 'Ready');
        await before.stop();
        for (const name of [first, second]) await sites.change(name, { message: 'two', more: ['y', 'w'] });
        await sites.remove(third);
      }
      const isDone = async (): Promise<void> => {
        for (const name of [first, second]) await sites.untilIs(name, 'Ready');
        if (isUpdate) await sites.untilGone(third);
        else await sites.untilIs(third, 'Ready');
      };
      // A first apply takes about eight writes a resource, a change fewer. A moment behind the last write is one of rest.
      const at = 1 + Math.floor(random() * (isUpdate ? 18 : 26));
      const killed = operatorProcess(sites, [String(at), random() < 0.5 ? 'before' : 'after']);
      isDone().then(
        () => killed.child.kill('SIGKILL'),
        () => undefined,
      );
      expect(await killed.ended).toBe('SIGKILL');

      const next = sites.start();
      try {
        await isDone();
        const message = isUpdate ? 'two' : 'one';
        for (const name of [first, second]) {
          const suffixes = isUpdate ? ['', '-w', '-y'] : ['', '-x', '-y'];
          const expected = suffixes.map((suffix) => `ConfigMap ${name}${suffix}`);
          expect((await stateOf(name)).members).toEqual(expected);
          for (const suffix of suffixes)
            expect(await sites.map(`${name}${suffix}`)).toMatchObject({ data: { message } });
          expect((await stateOf(name)).states[0]).toBe('applied');
        }
        expect((await sites.map(third)) === undefined).toBe(isUpdate);
        expect(await versionsOf(foreign)).toEqual(untouched);
        // Nothing goes back to a content that it had before.
        for (const each of seen.of.values()) expect(each).toEqual([...new Set(each)]);
      } finally {
        seen.end();
        await next.stop();
        for (const name of names)
          await sites.ask('PATCH', `${sites.path}/${name}`, { metadata: { finalizers: [] } });
        for (const name of names) await sites.remove(name);
      }
    },
  );
});

describe('two processes of an operator', () => {
  // One that is tried again begins anew.
  afterEach(() => sites.clear());

  /** Milliseconds from what the one leader said last to the first word of the other: a lease of three seconds, a try each second. */
  const HANDED_OVER = 5_000;

  /** Milliseconds of a lease. */
  const LEASE = 3_000;

  /** Creates a resource, and waits until somebody has served it. */
  async function served(name: string): Promise<void> {
    await sites.create(name, { message: 'x', pods: false });
    await sites.untilIs(name, 'Ready');
  }

  /** Removes a resource while somebody serves it, who lets it go. */
  async function removed(name: string): Promise<void> {
    await sites.remove(name);
    await sites.untilGone(name);
  }

  /** What the Lease of the operators says; times in milliseconds since 1970. */
  async function lease(
    name = 'seaworthy-operator',
  ): Promise<{ holder: string; duration: number; acquired: number; renewed: number }> {
    const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/${name}`;
    const spec = (await sites.ask('GET', path))?.['spec'] as Record<string, string>;
    const [acquired = 0, renewed = 0] = [spec['acquireTime'], spec['renewTime']].map((time = '') =>
      Date.parse(time),
    );
    const duration = Number(spec['leaseDurationSeconds']) * 1000;
    return { holder: spec['holderIdentity'] ?? '', duration, acquired, renewed };
  }

  it('hand over when the leader stops, without waiting for its lease to run out', async () => {
    // A lease that nobody could wait for here.
    const leaderElection = { leaseDuration: 600_000, renewDeadline: 590_000, retryPeriod: 1_000 };
    const one = sites.start({ leaderElection, name: 'handover' }, 'one');
    await served('by-one');
    const two = sites.start({ leaderElection, name: 'handover' }, 'two');
    await until(() => Promise.resolve(two.lines.length === 0 && !two.operator.instruments.isLeader));
    const last = await lease('handover');
    await one.stop();
    await served('by-two');
    const next = await lease('handover');
    expect([last.holder, next.holder]).toEqual(['one', 'two']);
    expect(next.acquired - last.renewed).toBeLessThan(HANDED_OVER);
    for (const name of ['by-one', 'by-two']) await removed(name);
    expect(two.operator.instruments.isLeader).toBe(true);
    await two.stop();
  });

  it('hand over when the leader is killed, once its lease of a few seconds has run out', async () => {
    const killed = operatorProcess(sites, ['0', 'after', 'elect']);
    await served('by-killed');
    const two = sites.start({ leaderElection: {} }, 'two');
    expect((await lease()).holder).toBe('killed');
    killed.child.kill('SIGKILL');
    await killed.ended;
    const last = await lease();
    await served('by-survivor');
    expect(two.operator.instruments.isLeader).toBe(true);
    const next = await lease();
    expect(next.holder).toBe('two');
    // Never before the lease has run out.
    const taken = next.acquired - last.renewed;
    expect(taken).toBeGreaterThanOrEqual(last.duration);
    // A leader that its machine holds up asks for more than the three seconds.
    expect(taken).toBeLessThan(HANDED_OVER + last.duration - LEASE);
    for (const name of ['by-killed', 'by-survivor']) await removed(name);
    await two.stop();
  });

  it('leave a resource to the operator that serves it already', async () => {
    const one = sites.start({ name: 'first' });
    await served('contested');
    const other = sites.start({ name: 'second' });
    await until(async () => {
      const events = await sites.ask(
        'GET',
        `${sites.core}/events?fieldSelector=involvedObject.name=contested`,
      );
      return events?.items?.some(({ reason }) => reason === 'OperatedByAnother');
    });
    await sites.change('contested', { message: 'still served' });
    await sites.untilIs('contested', 'Ready');
    const { items = [] } = (await sites.ask('GET', `${sites.core}/events`)) ?? {};
    const told = items.filter(({ reason }) => reason === 'OperatedByAnother');
    expect(told.length).toBeGreaterThan(0);
    await removed('contested');
    await one.stop();
    await other.stop();
  });
});

describe('what is around resources', () => {
  let now: Running;
  beforeAll(() => (now = sites.start({ namespaces: [namespace, elsewhere] })));
  afterAll(() => now.stop());

  it('may be a definition that changes, goes and comes again', async () => {
    await sites.create('before', { message: 'x', pods: false });
    await sites.untilIs('before', 'Ready');
    const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/sites.${sites.group}`;
    await sites.ask('PATCH', path, { spec: { names: { shortNames: ['st'] } } });
    await sites.change('before', { message: 'y' });
    await sites.untilIs('before', 'Ready');
    await sites.uninstall();
    // Its resources went, and their objects with them.
    expect(await sites.map('before')).toBeUndefined();
    await sites.install();
    await sites.create('after', { message: 'x', pods: false });
    await sites.untilIs('after', 'Ready');
  });

  it('may be a definition whose schema has no place for what is said of resources, until it has one again', async () => {
    await sites.create('unsaid', { message: 'x', pods: false });
    await sites.untilIs('unsaid', 'Ready');
    const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/sites.${sites.group}`;
    const { versions } = customResourceDefinition(sites.definition)['spec'] as { versions: Version[] };
    const without = versions.map((version) => {
      const { status: _, ...properties } = version.schema.openAPIV3Schema.properties;
      return { ...version, schema: { openAPIV3Schema: { ...version.schema.openAPIV3Schema, properties } } };
    });
    await sites.ask('PATCH', path, { spec: { versions: without } });
    let last = '';
    // The server takes a moment until it goes by another schema.
    await until(async () => {
      await sites.change('unsaid', { message: (last = `${last}y`) });
      return now.lines.some((line) => /cannot write the status/.test(JSON.stringify(line)));
    });
    await until(async () => {
      const data = (await sites.map('unsaid'))?.['data'] as { readonly message?: string } | undefined;
      return data?.message === last;
    });
    await sites.ask('PATCH', path, { spec: { versions } });
    expect((await sites.untilIs('unsaid', 'Ready')).spec).toMatchObject({ message: last });
  });

  it('may be a namespace that goes away', async () => {
    await direct.core.createNamespace({ body: { metadata: { name: elsewhere } } });
    const there = sites.in(elsewhere);
    await there.create('goes', { message: 'x' });
    await there.untilIs('goes', 'Ready');
    await direct.core.deleteNamespace({ name: elsewhere });
    expect(await there.untilGone('goes')).toBe(true);
    await sites.create('stays', { message: 'x', pods: false });
    await sites.untilIs('stays', 'Ready');
  });

  it('may be a resource of a megabyte, which is told to be too large', async () => {
    await sites.create('large', { message: 'x'.repeat(1_000_000), pods: false });
    expect(messageOf(await sites.untilIs('large', 'Stalled', 'ResourceTooLarge'))).toContain('1000');
    await sites.create('small', { message: 'x', pods: false });
    await sites.untilIs('small', 'Ready');
  });
});
