import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { appOf, filesIn, folderWith, projectOf, read, removeFolders, seaworthy } from './support/cli';
import { packageFolder } from './support/package';
import { RUN, Watch } from './support/watch';

afterAll(removeFolders);

/** An app of WebServices, as charts.json describes them. */
const SERVICES = `const { readFileSync } = require('node:fs');
const { App, Chart, WebService } = require(${JSON.stringify(packageFolder())});
const app = new App();
for (const { name, image, port, replicas } of JSON.parse(readFileSync('charts.json', 'utf8')))
  new WebService(new Chart(app, name, { namespace: 'shop' }), 'web', {
    image, port, replicas, probe: { http: '/' }, resources: { cpu: '100m', memory: '64Mi' },
  });
app.synth();
`;

const SERVICE = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  image: fc.constantFrom('nginx:1.27.3', 'nginx:1.27.4', 'nginx:1.27.5', 'nginx:1.27.6', 'nginx', ''),
  port: fc.constantFrom(80, 8080),
  replicas: fc.constantFrom(1, 2, 3),
});

describe('seaworthy synth --watch', () => {
  it('writes and says after each change what a first run would', async () => {
    const charts = fc.uniqueArray(SERVICE, { maxLength: 5, selector: ({ name }) => name });
    const history = fc.sample(charts, { numRuns: 12, seed: 20_261_128 });
    const files = { 'cdk8s.yaml': 'app: node main.js\n', 'main.js': SERVICES, 'charts.json': '[]' };
    const [watched, cold] = [folderWith(files), folderWith(files)];
    const said = (text: string, folder: string): string =>
      text.replaceAll(folder, '.').replace(/ in [\d.]+ s/g, '');
    const watch = new Watch(watched);
    await watch.until(/object.* → dist/);
    await seaworthy(cold, ['synth']);
    for (const services of history) {
      const text = JSON.stringify(services);
      if (text === read(watched, 'charts.json')) continue;
      const before = watch.said.length;
      await delay(400);
      for (const folder of [watched, cold]) writeFileSync(join(folder, 'charts.json'), text);
      const { stderr } = await seaworthy(cold, ['synth']);
      const expected = said(stderr, cold);
      const since = (): string => said(watch.said.slice(before), watched);
      for (let waited = 0; since().length < expected.length && waited < 30_000; waited += 20) await delay(20);
      // What is said too much would come now.
      await delay(200);
      expect(since()).toBe(expected);
      const written = (folder: string): string[] =>
        filesIn(folder).map((path) => `${path}: ${read(folder, path)}`);
      expect(written(watched)).toEqual(written(cold));
    }
    expect(await watch.end()).toBe(0);
  });

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
