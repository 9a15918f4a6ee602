import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { appOf, folderWith, projectOf, read, removeFolders } from './support/cli';
import { RUN, Watch } from './support/watch';

afterAll(removeFolders);

describe('seaworthy synth --watch', () => {
  it('sees what the app loads and reads, in the project and outside of it, and what the checks read', async () => {
    const top = folderWith({
      'lib/package.json': '{ "name": "lib", "main": "index.js" }',
      'lib/index.js': 'exports.name = "a";',
      'app/cdk8s.yaml': 'app: node main.mjs\nseaworthy: { check: { assume: cluster } }\n',
      'app/cluster/a.yaml': '',
      'app/values/x.json': '{}',
      'app/more.mjs': 'export const more = 1;',
      'app/main.mjs': `import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import './more.mjs';
const { name } = createRequire(import.meta.url)('lib');
for (const file of readdirSync('values')) readFileSync('values/' + file, 'utf8');
${appOf(['-/web/a'])}`,
    });
    mkdirSync(join(top, 'app/node_modules'));
    symlinkSync('../../lib', join(top, 'app/node_modules/lib'));
    const watch = new Watch(join(top, 'app'));
    await watch.until(RUN);
    let runs = 1;
    for (const path of [
      'lib/index.js',
      'app/values/x.json',
      'app/values/y.json',
      'app/cluster/a.yaml',
      'app/more.mjs',
    ]) {
      await delay(400);
      writeFileSync(
        join(top, path),
        path.endsWith('yaml')
          ? `# ${path}`
          : `${read(top, path.endsWith('y.json') ? 'lib/index.js' : path)}\n`,
      );
      await watch.until(RUN, ++runs);
    }
    await delay(400);
    writeFileSync(join(top, 'app/unrelated.js'), '1');
    await delay(400);
    expect(watch.count(RUN)).toBe(runs);
    expect(await watch.end()).toBe(0);
  });

  it.each([
    [
      'it writes itself',
      `fs.mkdirSync('own', { recursive: true }); fs.writeFileSync('own/a.yaml', String(Date.now()));`,
    ],
    ['it writes and reads', `fs.writeFileSync('state', String(Date.now())); fs.readFileSync('state');`],
    ['has a new name each time', `fs.writeFileSync('log-' + Date.now(), '');`],
  ])('stops running for what %s', async (_, code) => {
    const project = projectOf(`const fs = require('node:fs');\n${code}\n${appOf(['-/web/a'])}`);
    const watch = new Watch(project);
    await watch.until(RUN);
    await delay(2500);
    const before = watch.count(RUN);
    expect(before).toBeLessThanOrEqual(4);
    await delay(1000);
    expect(watch.count(RUN)).toBe(before);
    writeFileSync(join(project, 'main.js'), `${read(project, 'main.js')}// changed\n`);
    await watch.until(RUN, before + 1);
    expect(await watch.end()).toBe(0);
  });
});
