import fc from 'fast-check';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import workerThreads from 'node:worker_threads';
import { Checking } from '../../lib/check/checking';
import { unpacked } from '../../lib/check/packed';
import { RULES } from '../../lib/check/registry';
import { Claims } from '../../lib/cli/check/threads/claims';
import { prepared } from '../../lib/cli/check/threads/share';
import type { Gathered } from '../../lib/cli/files/gather';
import { ImageLock } from '../../lib/manifest/image-lock';
import { pinImages } from '../../lib/manifest/pin-images';
import { ManifestSet } from '../../lib/manifest/set';
import { exampleOf } from '../../scripts/docs/examples';
import { effort } from '../effort';
import { filesIn, folderWith, handOver, projectOf, read, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

const OBJECTS = RULES.flatMap(({ name }) => {
  const text = exampleOf(name)?.failing;
  return text === undefined ? [] : [...ManifestSet.parse(text)].map(({ object }) => object);
});

interface App {
  readonly name: string;
  /** Numbers of objects, each with its environment. */
  readonly objects: readonly (readonly [index: number, environment: string | undefined])[];
}

const APP = fc.record({
  objects: fc.array(
    fc.tuple(fc.nat(OBJECTS.length - 1), fc.constantFrom(undefined, 'production', 'staging')),
    { maxLength: 120 },
  ),
});

/** Code of an app that hands these over; each object has a name of its own, so that files do not collide. */
function appOf({ name, objects }: App): string {
  const manifests = objects.map(([index, environment], place) => {
    const origin = { chart: `c${place % 7}`, construct: `a/${index}`, source: `main.ts:${index}` };
    return { object: OBJECTS[index] ?? {}, origin: { ...origin, ...(environment && { environment }) } };
  });
  const clusters = { production: { kubernetes: '1.30' }, staging: {} };
  return handOver({ name, clusters, manifests });
}

/** What a command prints and writes with some threads, without the time that it took. */
async function outcome(project: string, threads: string, argv: readonly string[]): Promise<unknown> {
  const answer = await seaworthy(project, argv, { env: { SEAWORTHY_THREADS: threads } });
  const output = join(project, 'dist');
  const files = argv[0] === 'synth' && answer.code === 0 ? filesIn(output) : [];
  return {
    ...answer,
    stderr: answer.stderr.replace(/\d+\.\d+ s/g, ''),
    files: files.map((file) => [file, read(output, file)]),
  };
}

async function expectSame(project: string, argv: readonly string[]): Promise<void> {
  // The first run writes what the others find.
  await outcome(project, '1', argv);
  const one = await outcome(project, '1', argv);
  for (const threads of ['2', '3']) expect(await outcome(project, threads, argv)).toEqual(one);
}

describe('the check of an app on several threads', () => {
  it('comes to what one thread does, for apps with all kinds of faults', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(APP, { minLength: 1, maxLength: 2 }), async (apps) => {
        const project = projectOf(apps.map((app, index) => appOf({ ...app, name: `app${index}` })).join(''));
        await expectSame(project, ['check', '--output', 'json', '--preset', 'strict']);
        await expectSame(project, ['synth']);
      }),
      { numRuns: effort(1, 12) },
    );
  }, 600_000);

  it('comes to it with digests, one environment, custom rules, assumed objects and settings', async () => {
    const objects = OBJECTS.map((_, index) => [index, index % 3 === 0 ? 'staging' : 'production'] as const);
    const own = (name: string, run: string): string =>
      `exports.rule = { name: 'own/${name}', severity: 'error', about: 'a', why: 'b', run(cluster, report) { ${run} } };`;
    const project = folderWith({
      'cdk8s.yaml':
        'app: node main.js\nseaworthy:\n  check:\n    environments: { staging: { preset: strict } }\n',
      'main.js': appOf({ name: 'shop', objects }),
      'assumed.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
      'images.lock.yaml': `images:\n  nginx:1.27: sha256:${'a'.repeat(64)}\n`,
      'finds.cjs': own('finds', "for (const each of cluster.set) report(each, 'kind', 'is here');"),
      'throws.cjs': own('throws', "throw new TypeError('of the user');"),
    });
    const check = ['check', '--output', 'json'];
    await expectSame(project, [...check, '--environment', 'staging', '--plugin', 'finds.cjs']);
    await expectSame(project, [...check, '--assume', 'assumed.yaml', '--rule', 'policy/image-tag=error']);
    await expectSame(project, [...check, '--plugin', 'throws.cjs']);
    await expectSame(project, ['synth', '--stdout', '--environment', 'staging']);
    await expectSame(project, ['check', '--environment', 'nowhere']);
  }, 600_000);

  it('prints what it printed before of an app that fails, whatever it said of its objects', async () => {
    const expecting = "globalThis[Symbol.for('seaworthy.host')].expect(5000);\n";
    const working = appOf({ name: 'shop', objects: [[0, undefined]] });
    const waiting = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);\n';
    for (const end of ["throw new Error('no');\n", 'process.exit(3);\n', '']) {
      const project = projectOf(`${expecting}${working}${waiting}${end}`);
      await expectSame(project, ['synth']);
      expect(await outcome(project, '', ['synth'])).toEqual(await outcome(project, '1', ['synth']));
    }
    const two = handOver({ name: 'b', clusters: { a: { kubernetes: '9.9' } }, manifests: [] });
    await expectSame(projectOf(`${working}${two}`), ['synth']);
  }, 600_000);

  it('begins another thread where an app has many objects, and none where it has few', async () => {
    const wait = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);\n';
    const start = jest.spyOn(workerThreads, 'Worker').mockImplementation(() => {
      throw new Error('EAGAIN');
    });
    for (const objects of [100, 5000]) {
      const working = appOf({ name: 'shop', objects: [] });
      const project = projectOf(
        `globalThis[Symbol.for('seaworthy.host')].expect(${objects});\n${working}${wait}`,
      );
      expect(await seaworthy(project, ['synth'])).toMatchObject({ code: 0 });
      expect(start).toHaveBeenCalledTimes(objects > 2000 && availableParallelism() > 1 ? 1 : 0);
    }
    start.mockRestore();
  });

  it('refuses a number of threads that is none before the app runs', async () => {
    const project = projectOf("throw new Error('ran');");
    for (const command of ['synth', 'check'])
      expect(await seaworthy(project, [command], { env: { SEAWORTHY_THREADS: 'all' } })).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining('expected a whole number from 1 to 8, not "all" [USAGE]') as string,
      });
  });
});

describe('another thread', () => {
  it('finds in what an app handed over what the first does', () => {
    const pinned = [['nginx:1.27', `sha256:${'a'.repeat(64)}`]] as const;
    const lock = new ImageLock(new Map(pinned));
    const set = ManifestSet.of(OBJECTS.map((object) => pinImages(object, lock)));
    const lines = [
      { outdir: '/o', clusters: {} },
      ...OBJECTS.map((object) => ({ object })),
      { end: OBJECTS.length },
    ];
    const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const shared = new SharedArrayBuffer(bytes.length);
    new Uint8Array(shared).set(bytes);
    const nothing: Gathered = { texts: [], built: [], faulty: [], skipped: [], found: [] };
    const assumed = { paths: [], gathered: nothing };
    const { pieces } = new Checking(set, { preset: 'strict' });
    const answer = prepared({
      cwd: '/',
      assumed: { assume: assumed, crds: assumed },
      options: { preset: 'strict' },
      own: [],
      apps: [shared],
      pinned,
      environment: undefined,
    })(Claims.of(pieces.length).shared);
    const others = [...pieces.keys()].filter((piece) => pieces[piece]?.needs !== 'world');
    expect(answer.map(([piece]) => piece).sort((a, b) => a - b)).toEqual(others);
    for (const [number, found] of answer) {
      const piece = pieces[number];
      expect(piece && unpacked(piece, found)).toEqual(piece?.run());
    }
  });
});
