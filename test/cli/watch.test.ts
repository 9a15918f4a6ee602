import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { appOf, filesIn, projectOf, read, removeFolders, seaworthy, type Answer } from './support/cli';

afterAll(removeFolders);

/** A `seaworthy synth --watch` that runs until `end`. */
class Watch {
  said = '';
  private readonly interrupt = new AbortController();
  private readonly running: Promise<Answer>;

  constructor(cwd: string, ...argv: readonly string[]) {
    const onStderr = (text: string) => (this.said = text);
    this.running = seaworthy(cwd, ['synth', '--watch', ...argv], { signal: this.interrupt.signal, onStderr });
  }

  /** Waits until `pattern` was said `times` times. */
  async until(pattern: RegExp, times = 1): Promise<void> {
    for (let waited = 0; this.count(pattern) < times; waited += 20) {
      if (waited > 15_000) throw new Error(`${pattern} was not said ${times} times:\n${this.said}`);
      await delay(20);
    }
  }

  count(pattern: RegExp): number {
    return this.said.match(new RegExp(pattern, 'g'))?.length ?? 0;
  }

  async end(): Promise<number> {
    this.interrupt.abort('SIGINT');
    return (await this.running).code;
  }
}

const RUN = /object.* → dist/;

describe('seaworthy synth --watch', () => {
  it('writes again after every change, one line a run, and ends well when the user ends it', async () => {
    const project = projectOf(appOf(['-/web/a']));
    const watch = new Watch(project);
    await watch.until(RUN);
    writeFileSync(join(project, 'main.js'), appOf(['-/web/a', '-/web/b']));
    await watch.until(/2 objects → dist/);
    expect(read(project, 'dist/web.yaml')).toContain('name: b');
    expect(await watch.end()).toBe(0);
    const lines = watch.said.trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe(`Watching ${project}. Press Ctrl-C to stop.`);
  });

  it('goes on after an error, and after a mistake in cdk8s.yaml', async () => {
    const project = projectOf(appOf(['-/web/a']));
    const watch = new Watch(project);
    await watch.until(RUN);
    writeFileSync(join(project, 'main.js'), 'throw new Error("half typed")');
    await watch.until(/half typed \[APP_FAILED\]/);
    writeFileSync(join(project, 'cdk8s.yaml'), 'ap: node main.js');
    await watch.until(/CONFIG_INVALID/);
    writeFileSync(join(project, 'main.js'), appOf(['-/web/a']));
    writeFileSync(join(project, 'cdk8s.yaml'), 'app: node main.js\n');
    await watch.until(RUN, 2);
    expect(await watch.end()).toBe(0);
  });

  it('takes several changes at once for one, and none for what it or a tool writes', async () => {
    const project = projectOf(
      `require('node:fs').writeFileSync('generated.js', 'same');\n${appOf(['-/web/a'])}`,
    );
    mkdirSync(join(project, 'node_modules'));
    const watch = new Watch(project, '--output', 'dist');
    await watch.until(RUN);
    await delay(500);
    const before = watch.count(RUN);
    expect(before).toBeLessThanOrEqual(2);
    writeFileSync(join(project, 'node_modules', 'x.js'), '1');
    writeFileSync(join(project, 'dist', 'notes.txt'), '1');
    await delay(300);
    expect(watch.count(RUN)).toBe(before);
    for (const name of ['a', 'b', 'c']) writeFileSync(join(project, `${name}.js`), name);
    await watch.until(RUN, before + 1);
    await delay(300);
    expect(watch.count(RUN)).toBe(before + 1);
    expect(await watch.end()).toBe(0);
  });

  it('does not wait for an app that hangs once the file is mended', async () => {
    const project = projectOf(
      'require("node:fs").writeFileSync("started", ""); setInterval(() => {}, 1000);',
    );
    const watch = new Watch(project);
    while (!filesIn(project).includes('started')) await delay(20);
    writeFileSync(join(project, 'main.js'), appOf(['-/web/a']));
    await watch.until(RUN);
    expect(watch.said).not.toContain('error');
    expect(await watch.end()).toBe(0);
  });

  it('needs a project', async () => {
    const { code, stderr } = await seaworthy('/', ['synth', '--watch']);
    expect(code).toBe(2);
    expect(stderr).toContain('CONFIG_MISSING');
  });
});
