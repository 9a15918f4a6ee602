import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { appOf, filesIn, folderWith, projectOf, read, removeFolders, seaworthy } from './support/cli';
import { RUN, Watch } from './support/watch';

afterAll(removeFolders);

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
    await delay(400);
    expect(watch.count(RUN)).toBe(before);
    const main = read(project, 'main.js');
    for (const text of ['1', '2', '3']) writeFileSync(join(project, 'main.js'), `${main}// ${text}\n`);
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

  it('sees every file of an app in another language, and the module that an app lacked', async () => {
    const other = folderWith({ 'cdk8s.yaml': 'app: cp in.yaml "$CDK8S_OUTDIR/a.k8s.yaml"\n', 'in.yaml': '' });
    writeFileSync(join(other, 'in.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n');
    const watch = new Watch(other);
    await watch.until(RUN);
    await delay(400);
    writeFileSync(join(other, 'in.yaml'), `${read(other, 'in.yaml')}data: { a: b }\n`);
    await watch.until(RUN, 2);
    await watch.end();
    const project = projectOf(`require('./lacked.js');\n${appOf(['-/web/a'])}`);
    const failing = new Watch(project);
    await failing.until(/APP_FAILED/);
    await delay(400);
    writeFileSync(join(project, 'lacked.js'), '');
    await failing.until(RUN);
    expect(await failing.end()).toBe(0);
  });

  it('has libraries loaded before they are needed, afresh for each run, and not those that have changed', async () => {
    const library = (value: string): string => `exports.value = '${value}'; exports.runs = 0;`;
    const main = `const isReady = Object.keys(require.cache).some((path) => path.includes('constructs'));
const constructs = require('constructs');
console.error(\`ready: \${isReady}, \${constructs.value}, run \${++constructs.runs}\`);
${appOf(['-/web/a'])}`;
    const project = folderWith({
      'cdk8s.yaml': 'app: node main.js\n',
      'main.js': main,
      'node_modules/constructs/index.js': library('old'),
    });
    const watch = new Watch(project);
    await watch.until(RUN);
    writeFileSync(join(project, 'main.js'), `${main}\n`);
    await watch.until(RUN, 2);
    writeFileSync(join(project, 'node_modules/constructs/index.js'), library('new'));
    writeFileSync(join(project, 'main.js'), main);
    await watch.until(RUN, 3);
    writeFileSync(join(project, 'cdk8s.yaml'), 'app: node ./main.js\n');
    await watch.until(RUN, 4);
    expect(watch.said.match(/ready: .*/g)).toEqual([
      'ready: false, old, run 1',
      'ready: true, old, run 1',
      'ready: false, new, run 1',
      'ready: false, new, run 1',
    ]);
    await watch.end();
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`seaworthy-${process.pid}-`))).toEqual([]);
  });

  it('needs a project', async () => {
    const { code, stderr } = await seaworthy('/', ['synth', '--watch']);
    expect(code).toBe(2);
    expect(stderr).toContain('CONFIG_MISSING');
  });
});
