import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import workerThreads from 'node:worker_threads';
import { RULES } from '../../lib/check/registry';
import { exampleOf } from '../../scripts/docs/examples';
import { effort } from '../effort';
import { folderWith, removeFolders, seaworthy, type Answer } from './support/cli';

afterAll(removeFolders);

const ROOT = join(__dirname, '../..');
const EXAMPLES = RULES.map(({ name }) => exampleOf(name)?.failing ?? '');

/** The answers of one thread, of two and three, and of a verdict that was kept of two. */
async function answers(cwd: string, args: readonly string[]): Promise<Answer[]> {
  const cache = folderWith({});
  const run = (threads: string, ...more: readonly string[]): Promise<Answer> =>
    seaworthy(cwd, ['check', ...args, ...more], {
      env: { SEAWORTHY_THREADS: threads, XDG_CACHE_HOME: cache },
    });
  return [
    await run('1', '--no-cache'),
    await run('2', '--no-cache'),
    await run('3', '--no-cache'),
    await run('2'),
    await run('1'),
  ];
}

describe('a check on several threads', () => {
  it('comes to the verdict of one, on apps and with every format and option that it takes', async () => {
    const yaml = readFileSync(join(ROOT, 'dist/hello/hello.yaml'), 'utf8');
    const cwd = folderWith({
      'a.yaml': yaml,
      'crds.yaml': EXAMPLES[0] ?? '',
      'broken.yaml': 'kind: Pod\nspec: [\n',
    });
    for (const args of [
      [join(ROOT, 'dist/shop/production'), '--preset', 'strict', '--output', 'json'],
      ['.', '--assume', 'crds.yaml', '--rule', 'policy/image-tag=error', '--kubernetes', '1.30'],
    ]) {
      const [one, ...others] = await answers(cwd, args);
      expect(others).toEqual(others.map(() => one));
    }
  });

  it('comes to it on objects with all kinds of faults, in one folder or in several', async () => {
    const place = fc.constantFrom('a.yaml', 'b.yaml', 'other/a.yaml');
    const file = fc.tuple(place, fc.subarray(EXAMPLES, { minLength: 1, maxLength: 12 }));
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 3 }), async (files) => {
        const texts = files.map(([name, examples]) => [name, examples.join('\n---\n')] as const);
        const [one, ...others] = await answers(folderWith(Object.fromEntries(texts)), [
          '.',
          '--output',
          'json',
        ]);
        expect(others).toEqual(others.map(() => one));
      }),
      { numRuns: effort(2, 25) },
    );
  });

  it('runs custom rules on the first, and fails as they do', async () => {
    const rule = (run: string): string =>
      `exports.rule = { name: 'own/rule', severity: 'error', about: 'a', why: 'b', run(cluster, report) { ${run} } };`;
    const cwd = folderWith({
      'a.yaml': EXAMPLES.slice(0, 8).join('\n---\n'),
      'finds.cjs': rule("for (const each of cluster.set) report(each, 'kind', 'is here');"),
      'throws.cjs': rule("throw new TypeError('of the user');"),
    });
    for (const plugin of ['finds.cjs', 'throws.cjs']) {
      const [one, ...others] = await answers(cwd, ['a.yaml', '--plugin', plugin]);
      expect(others).toEqual(others.map(() => one));
      expect(`${one?.stdout}${one?.stderr}`).toContain('own/rule');
    }
  });

  it('refuses a number of threads that is none', async () => {
    const cwd = folderWith({ 'a.yaml': EXAMPLES[0] ?? '' });
    expect(await seaworthy(cwd, ['check', 'a.yaml'], { env: { SEAWORTHY_THREADS: 'all' } })).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('SEAWORTHY_THREADS: expected a whole number from 1 to 8') as string,
    });
  });

  it('does without others where the system has no more', async () => {
    const cwd = folderWith({ 'a.yaml': EXAMPLES[0] ?? '' });
    const run = (threads: string): Promise<Answer> =>
      seaworthy(cwd, ['check', 'a.yaml'], { env: { SEAWORTHY_THREADS: threads } });
    const start = jest.spyOn(workerThreads, 'Worker').mockImplementation(() => {
      throw new Error('EAGAIN');
    });
    const answer = await run('3');
    expect(start).toHaveBeenCalledTimes(1);
    start.mockRestore();
    expect(answer).toEqual(await run('1'));
  });
});
