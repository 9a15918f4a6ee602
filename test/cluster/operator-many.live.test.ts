/** @jest-environment ./test/cluster/environment.js */
import { readFileSync } from 'node:fs';
import { testNamespace, until } from './cluster';
import { Sites } from './operator-kit';
import { endProcesses, operatorProcess, type OperatorProcess } from './operator-processes';

// A thousand resources of three objects each, in the memory that the manifests of an operator grant, or less.

const COUNT = 1_000;
/** Megabytes: of the heap, beyond which Node ends the process, and of all, as the manifests limit them. */
const HEAP = 160;
const MEMORY = 512;
/** Requests at once, of those who create and change resources. */
const AT_ONCE = 10;

const namespace = testNamespace('operator-many');
const sites = new Sites('many.operator.example', namespace);
beforeAll(() => sites.begin());
afterAll(async () => {
  endProcesses();
  await sites.end();
}, 300_000);

const names = Array.from({ length: COUNT }, (_, index) => `site-${index}`);

async function forEach(work: (name: string) => Promise<unknown>): Promise<void> {
  const left = [...names];
  const next = async (): Promise<void> => {
    for (let name = left.pop(); name !== undefined; name = left.pop()) await work(name);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

/** Waits until all resources are ready in their present generation, and their objects say so. */
async function untilAll(message: string): Promise<void> {
  const isReady = async (): Promise<boolean> => {
    const { items = [] } = (await sites.ask('GET', sites.path)) ?? {};
    const ready = items.filter(({ metadata, status }) => {
      const { conditions = [] } = (status ?? {}) as { conditions?: Record<string, unknown>[] };
      return conditions.some(
        ({ type, status, observedGeneration }) =>
          type === 'Ready' && status === 'True' && observedGeneration === metadata['generation'],
      );
    });
    return ready.length === COUNT;
  };
  await until(isReady, 600);
  const { items = [] } = (await sites.ask('GET', `${sites.core}/configmaps`)) ?? {};
  const ours = items.filter(({ metadata }) => String(metadata['name']).startsWith('site-'));
  expect(ours).toHaveLength(3 * COUNT);
  const said = ours.map(({ data }) => (data as { message: string }).message);
  expect([...new Set(said)]).toEqual([message]);
}

/** What of the resources and their objects the server has written last. */
async function versions(): Promise<Map<string, string>> {
  const paths = [sites.path, ...['configmaps', 'secrets', 'events'].map((each) => `${sites.core}/${each}`)];
  const lists = await Promise.all(paths.map((path) => sites.ask('GET', path)));
  const items = lists.flatMap((list) => list?.items ?? []);
  return new Map(items.map(({ metadata }) => [String(metadata['uid']), String(metadata['resourceVersion'])]));
}

/** Of a process: megabytes of memory at most so far, and seconds of processor time. */
function spentBy({ child: { pid = 0 } }: OperatorProcess): { memory: number; seconds: number } {
  const [, kilobytes = ''] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  // Behind the name, which may hold anything; the clock of /proc ticks a hundred times a second.
  const [, fields = ''] = /\) (.*)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
  const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number);
  return { memory: Number(kilobytes) / 1024, seconds: (user + system) / 100 };
}

test('a thousand resources are served in little memory, and at rest nothing is done', async () => {
  await operatorProcess(sites, ['compile']).ended;
  const operator = operatorProcess(sites, ['0'], [`--max-old-space-size=${HEAP}`]);
  await forEach((name) => sites.create(name, { message: 'one', more: ['a', 'b'], pods: false }));
  await untilAll('one');
  await forEach((name) => sites.change(name, { message: 'two' }));
  await untilAll('two');
  const before = { versions: await versions(), ...spentBy(operator) };
  await new Promise((next) => setTimeout(next, 60_000));
  const after = { versions: await versions(), ...spentBy(operator) };
  expect(after.versions).toEqual(before.versions);
  expect(after.seconds - before.seconds).toBeLessThan(10);
  expect(after.memory).toBeLessThan(MEMORY);
  operator.child.kill('SIGTERM');
  await operator.ended;
}, 1_800_000);
