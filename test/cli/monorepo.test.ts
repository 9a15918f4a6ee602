import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { folderWith, removeFolders, seaworthy } from './support/cli';
import { packageFolder } from './support/package';

afterAll(removeFolders);

const root = join(__dirname, '..', '..');

const PLATFORM = `import { Chart, WebService } from 'seaworthy';

/** What a platform team publishes. */
export class Service extends Chart {
  constructor(scope: any, id: string) {
    super(scope, id);
    const image: string = 'nginx:1.27.3';

    new WebService(this, 'web', { image, port: 8080 });
  }
}
`;

const MAIN = `const { App } = require('seaworthy');
const { Service } = require('platform');
const app = new App();
new Service(app, 'shop');
app.synth();
`;

/** A repository with a compiled package, and an app beside it that installs it from the workspace. */
function workspace(map: 'file' | 'inline' | 'none'): string {
  const { outputText, sourceMapText = '' } = ts.transpileModule(PLATFORM, {
    fileName: 'index.ts',
    compilerOptions: { module: ts.ModuleKind.CommonJS, sourceMap: true },
  });
  const text = sourceMapText.replace('"index.ts"', '"../src/index.ts"');
  const url = `data:application/json;base64,${Buffer.from(text).toString('base64')}`;
  const comment = { file: 'index.js.map', inline: url, none: 'nowhere.map' }[map];
  const top = folderWith({
    '.git/HEAD': '',
    'packages/platform/package.json': '{ "name": "platform", "main": "dist/index.js" }',
    'packages/platform/src/index.ts': PLATFORM,
    'packages/platform/dist/index.js': outputText.replace('index.js.map', comment),
    'packages/platform/dist/index.js.map': text,
    'apps/shop/cdk8s.yaml': 'app: node main.js\n',
    'apps/shop/main.js': MAIN,
  });
  link(packageFolder(), join(top, 'node_modules/seaworthy'));
  link(join(top, 'packages/platform'), join(top, 'node_modules/platform'));
  return top;
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

interface Report {
  readonly findings: readonly {
    readonly rule: string;
    readonly construct?: string;
    readonly object: { readonly kind: string };
    readonly source?: { readonly file: string; readonly line: number };
  }[];
}

async function findings(cwd: string, ...flags: string[]): Promise<Report['findings']> {
  const { stdout } = await seaworthy(cwd, ['check', '--output', 'json', ...flags]);
  return (JSON.parse(stdout) as Report).findings;
}

describe('the lines of a package of the workspace', () => {
  it.each(['file', 'inline'] as const)(
    'are those of its source, from the project, by a map: %s',
    async (map) => {
      const top = workspace(map);
      const source = { file: '../../packages/platform/src/index.ts', line: 9 };
      expect(await findings(join(top, 'apps/shop'))).toContainEqual(expect.objectContaining({ source }));
      const { stdout } = await seaworthy(join(top, 'apps/shop'), ['check', '--output', 'github']);
      expect(stdout).toContain('file=packages/platform/src/index.ts,line=9,');
      const text = (await seaworthy(join(top, 'apps/shop'), ['check'])).stdout;
      expect(text).toMatch(/^\.\.\/\.\.\/packages\/platform\/src\/index\.ts:9$/m);
      expect(text).toContain(">  9 |     new WebService(this, 'web'");
      expect(text).not.toContain(top);
    },
  );

  it('are those of the compiled code without a map', async () => {
    const [first] = await findings(join(workspace('none'), 'apps/shop'));
    expect(first?.source?.file).toBe('../../packages/platform/dist/index.js');
  });
});

describe('an app of cdk8s alone', () => {
  const CODE = `const { App, Chart, ApiObject } = require('cdk8s');
const app = new App();
const chart = new Chart(app, 'shop', { disableResourceNameHashes: true });
new ApiObject(chart, 'web', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'Bad' } });
new ApiObject(chart, 'one', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'Same', namespace: 'a' } });
new ApiObject(chart, 'two', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'Same', namespace: 'a' } });
app.synth();
`;

  it('has the constructs that cdk8s records, by names that one object has', async () => {
    const folder = folderWith({ 'cdk8s.yaml': 'app: node main.js\n', 'main.js': CODE });
    for (const name of ['cdk8s', 'constructs'])
      link(join(root, 'node_modules', name), join(folder, 'node_modules', name));
    const found = (await findings(folder, '--preset', 'none')).map(({ object, construct }) => [
      object.kind,
      construct,
    ]);
    expect(found).toEqual([
      ['ConfigMap', 'shop/web'],
      ['ConfigMap', undefined],
      ['Secret', undefined],
    ]);
  });
});

it('an App of ours that does not find the command line, as under Bun, hands on what it records', async () => {
  const folder = folderWith({ 'cdk8s.yaml': 'app: env -u NODE_OPTIONS node main.js\n' });
  link(packageFolder(), join(folder, 'node_modules/seaworthy'));
  writeFileSync(
    join(folder, 'main.js'),
    `const { App, Chart, Environment, WebService } = require('seaworthy');
const app = new App();
const production = new Environment(app, 'production', { kubernetes: '1.31' });
new WebService(new Chart(production, 'shop'), 'api', { image: 'nginx:1.27.3', port: 8080 })
  .suppress('policy/readiness-probe', 'because it is a test');
app.synth();
`,
  );
  const found = await findings(folder);
  expect(found.map(({ rule }) => rule)).toEqual(['policy/resource-requests']);
  for (const { construct, source } of found)
    expect([construct, source]).toEqual(['production/shop/api', { file: 'main.js', line: 4 }]);
});
