import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  appOf,
  filesIn,
  folderWith,
  handOver,
  projectOf,
  read,
  removeFolders,
  seaworthy,
} from './support/cli';

afterAll(removeFolders);

const SHOP = appOf(['staging/shop/a', 'staging/shop/b', 'production/shop/a', 'production/jobs/c'], {
  name: 'shop',
});

describe('seaworthy synth', () => {
  it('writes one file a chart, by app and environment, and says in one line what it did', async () => {
    const project = projectOf(SHOP);
    const { code, stdout, stderr } = await seaworthy(project, ['synth']);
    expect(code).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^3 charts, 4 objects in 2 environments → dist\/ \(3 written\) in \d+\.\d\d s\n$/);
    expect(filesIn(join(project, 'dist'))).toEqual([
      'shop/production/jobs.yaml',
      'shop/production/shop.yaml',
      'shop/staging/shop.yaml',
    ]);
    expect(read(project, 'dist/shop/production/jobs.yaml')).toBe(
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n',
    );
  });

  it('leaves what is unchanged, removes what is stale, and names what is not ours', async () => {
    const project = projectOf(SHOP);
    await seaworthy(project, ['synth']);
    writeFileSync(join(project, 'dist', 'notes.txt'), 'mine');
    writeFileSync(join(project, 'main.js'), appOf(['staging/shop/a', 'production/shop/a'], { name: 'shop' }));
    const { code, stderr } = await seaworthy(project, ['synth']);
    expect(code).toBe(0);
    expect(stderr).toContain('dist/: notes.txt was not written by seaworthy and left as is');
    expect(stderr).toContain('(1 written, 1 removed, 1 unchanged)');
    expect(read(project, 'dist/notes.txt')).toBe('mine');
  });

  it('says with --check which files are stale, writes nothing, and exits with 1', async () => {
    const project = projectOf(SHOP);
    await seaworthy(project, ['synth']);
    const fresh = await seaworthy(project, ['synth', '--check']);
    expect(fresh).toMatchObject({ code: 0, stdout: '', stderr: 'The output is up to date.\n' });
    writeFileSync(join(project, 'dist/shop/staging/shop.yaml'), 'edited: by hand\n');
    writeFileSync(join(project, 'main.js'), appOf(['staging/shop/a', 'staging/shop/b'], { name: 'shop' }));
    const { code, stderr } = await seaworthy(project, ['synth', '--check']);
    expect(code).toBe(1);
    expect(stderr).toBe(
      'stale: dist/shop/production/jobs.yaml\n' +
        'stale: dist/shop/production/shop.yaml\n' +
        'stale: dist/shop/staging/shop.yaml\n' +
        'Run seaworthy synth, and commit the output.\n',
    );
    expect(read(project, 'dist/shop/staging/shop.yaml')).toBe('edited: by hand\n');
    const clash = await seaworthy(project, ['synth', '--check', '--stdout']);
    expect(clash.code).toBe(2);
  });

  it('takes the output folder from cdk8s.yaml, relative to it, and from --output, relative to where it is run', async () => {
    const project = projectOf(appOf(['-/web/a']), 'app: node main.js\noutput: rendered\n');
    mkdirSync(join(project, 'sub'));
    await seaworthy(join(project, 'sub'), ['synth']);
    expect(filesIn(join(project, 'rendered'))).toEqual(['web.yaml']);
    await seaworthy(join(project, 'sub'), ['synth', '--output', 'here']);
    expect(filesIn(join(project, 'sub'))).toEqual(['here/web.yaml']);
  });

  it('writes an app with an outdir of its own there, and everything to --output when that is given', async () => {
    const both = appOf(['-/a/a']) + appOf(['-/b/b'], { outdir: 'elsewhere' });
    const project = projectOf(both);
    const { stderr } = await seaworthy(project, ['synth']);
    expect(stderr).toContain('2 charts, 2 objects → dist/, elsewhere/ (2 written)');
    expect(filesIn(join(project, 'elsewhere'))).toEqual(['b.yaml']);
    await seaworthy(project, ['synth', '--output', 'all']);
    expect(filesIn(join(project, 'all'))).toEqual(['a.yaml', 'b.yaml']);
  });

  it('spreads objects over files as the app says, else as cdk8s.yaml says', async () => {
    const config = 'app: node main.js\nseaworthy:\n  layout: object\n';
    const project = projectOf(appOf(['-/web/a']) + appOf(['-/jobs/b'], { layout: 'chart' }), config);
    await seaworthy(project, ['synth']);
    expect(filesIn(join(project, 'dist'))).toEqual(['jobs.yaml', 'web/configmap-a.yaml']);
  });

  it('annotates objects with their construct when the app asks for it', async () => {
    const project = projectOf(appOf(['-/web/a'], { annotations: 'construct' }));
    const written = await seaworthy(project, ['synth']);
    const printed = await seaworthy(project, ['synth', '--stdout']);
    expect(written.code).toBe(0);
    expect(read(project, 'dist/web.yaml')).toContain('seaworthy.dev/construct: -/web/a');
    expect(printed.stdout).toBe(read(project, 'dist/web.yaml'));
  });

  it('refuses two apps that would write one file, and says how they get folders of their own', async () => {
    const project = projectOf(appOf(['-/web/a']) + appOf(['-/web/b']));
    const { code, stderr } = await seaworthy(project, ['synth']);
    expect(code).toBe(2);
    expect(stderr).toContain(
      'web.yaml: two apps would both write this file [FILE_COLLISION]\n  Give each app a name',
    );
    expect(filesIn(project)).toEqual(['cdk8s.yaml', 'main.js']);
  });

  it('writes neither of two output folders when one cannot be written', async () => {
    const project = projectOf(appOf(['-/a/a']) + appOf(['-/b/b'], { outdir: 'main.js' }));
    const { code, stderr } = await seaworthy(project, ['synth']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/\[OUTPUT_(UNWRITABLE|NOT_OURS)\]/);
    expect(filesIn(project)).toEqual(['cdk8s.yaml', 'main.js']);
  });

  it('keeps every field as the app gave it, odd keys and characters included', async () => {
    const data = '{"__proto__":"own","line":"a\\nb\\u2028c","empty":""}';
    const project = projectOf(
      `const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: JSON.parse(${JSON.stringify(data)}) };` +
        'globalThis[Symbol.for("seaworthy.host")].receive({ outdir: process.env.CDK8S_OUTDIR, manifests: [{ object }] })',
    );
    const { stdout } = await seaworthy(project, ['synth', '--stdout']);
    expect(stdout).toContain('__proto__: own');
    expect(stdout).toContain('empty: ""');
    expect(stdout).toContain('line: "a\\nb\\u2028c"');
  });
});

describe('seaworthy synth --environment', () => {
  it('writes the files of one environment and leaves those of the others', async () => {
    const project = projectOf(SHOP);
    await seaworthy(project, ['synth']);
    const before = read(project, 'dist/shop/staging/shop.yaml');
    writeFileSync(
      join(project, 'main.js'),
      appOf(['staging/shop/changed', 'production/shop/changed', 'production/new/d'], { name: 'shop' }),
    );
    const { code, stderr } = await seaworthy(project, ['synth', '--environment', 'production']);
    expect(code).toBe(0);
    expect(stderr).toContain('2 charts, 2 objects in 1 environment → dist/ (2 written, 1 removed');
    expect(filesIn(join(project, 'dist', 'shop'))).toEqual([
      'production/new.yaml',
      'production/shop.yaml',
      'staging/shop.yaml',
    ]);
    expect(read(project, 'dist/shop/staging/shop.yaml')).toBe(before);
  });

  it('works for an app without a name', async () => {
    const project = projectOf(appOf(['staging/shop/a', 'production/shop/a']));
    await seaworthy(project, ['synth']);
    writeFileSync(join(project, 'main.js'), appOf(['staging/other/a', 'production/shop/b']));
    await seaworthy(project, ['synth', '-e', 'staging']);
    expect(filesIn(join(project, 'dist'))).toEqual(['production/shop.yaml', 'staging/other.yaml']);
  });

  it('refuses an environment that the app does not have, and says which it has', async () => {
    const project = projectOf(SHOP);
    const { code, stderr } = await seaworthy(project, ['synth', '--environment', 'prodution']);
    expect(code).toBe(2);
    expect(stderr).toBe(
      'error: --environment: the app has no environment "prodution" [USAGE]\n' +
        '  Did you mean production? It has production, staging.\n',
    );
    expect(filesIn(project)).toEqual(['cdk8s.yaml', 'main.js']);
  });
});

describe('seaworthy synth --stdout', () => {
  it('prints YAML and nothing else, and writes nothing', async () => {
    const project = projectOf(`console.log('hello');\n${SHOP}`);
    const { code, stdout, stderr } = await seaworthy(project, [
      'synth',
      '--stdout',
      '--environment',
      'staging',
    ]);
    expect(code).toBe(0);
    expect(stdout).toBe(
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n',
    );
    expect(stderr).toMatch(/hello\n1 chart, 2 objects in 1 environment, in \d/);
    expect(filesIn(project)).toEqual(['cdk8s.yaml', 'main.js']);
  });

  it.each([[[]], [['--no-check']]])('refuses to mix several environments in one stream %j', async (flags) => {
    const project = projectOf(appOf(['eu/shop/a', 'us/shop/a']) + appOf(['test/shop/a'], { name: 'other' }));
    const { code, stdout, stderr } = await seaworthy(project, ['synth', '--stdout', ...flags]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toBe(
      'error: --stdout: the app has 3 environments, and one stream is for one cluster: eu, test, us [USAGE]\n' +
        '  Print one of them: --stdout --environment eu.\n',
    );
  });

  it('prints the one environment that there is, without its name', async () => {
    const project = projectOf(appOf(['eu/shop/a', 'eu/jobs/b']) + appOf(['eu/shop/c'], { name: 'other' }));
    const { code, stdout } = await seaworthy(project, ['synth', '--stdout']);
    expect(code).toBe(0);
    expect(stdout.match(/name: [abc]/g)).toEqual(['name: a', 'name: b', 'name: c']);
  });

  it.each([
    ['--output <dir>', ['--output', 'x']],
    ['--watch', ['--watch']],
  ])('is refused together with %s', async (flag, flags) => {
    const { code, stderr } = await seaworthy(folderWith({}), ['synth', '--stdout', ...flags]);
    expect(code).toBe(2);
    expect(stderr).toContain(`'-p, --stdout' cannot be used with option '-${flag[2]}, ${flag}'`);
  });
});

describe('an App of cdk8s itself', () => {
  const CHART =
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  type: ExternalName\n  externalName: a.example\n';
  const PLAIN = `
    const { mkdirSync, writeFileSync } = require('node:fs');
    mkdirSync(process.env.CDK8S_OUTDIR, { recursive: true });
    writeFileSync(process.env.CDK8S_OUTDIR + '/web.k8s.yaml', ${JSON.stringify(CHART)});`;

  it('is written with the file names and the text that it chose', async () => {
    const project = projectOf(PLAIN);
    const { code, stderr } = await seaworthy(project, ['synth']);
    expect(code).toBe(0);
    expect(stderr).toContain('1 chart, 1 object → dist/ (1 written)');
    expect(filesIn(join(project, 'dist'))).toEqual(['web.k8s.yaml']);
    expect(read(project, 'dist/web.k8s.yaml')).toBe(CHART);
  });

  it('is printed and listed', async () => {
    const project = projectOf(PLAIN);
    expect((await seaworthy(project, ['synth', '--stdout'])).stdout).toBe(CHART);
    expect((await seaworthy(project, ['list'])).stdout).toMatch(/^web +1 object\n {2}Service a\n$/);
  });

  it('keeps the earlier output when what it wrote is not Kubernetes', async () => {
    const project = projectOf(PLAIN);
    await seaworthy(project, ['synth']);
    writeFileSync(join(project, 'main.js'), PLAIN.replace('kind: Service', 'kind: [Service'));
    const { code, stderr } = await seaworthy(project, ['synth']);
    expect(code).toBe(2);
    expect(stderr).toContain('web.k8s.yaml');
    expect(read(project, 'dist/web.k8s.yaml')).toBe(CHART);
  });
});

it('takes no notice of a host that an older or newer seaworthy fills with more', async () => {
  const project = projectOf(handOver({ manifests: [], ...{ later: 1 } }));
  expect((await seaworthy(project, ['synth'])).code).toBe(0);
});

describe('seaworthy synth for targets', () => {
  it('writes what cdk8s.yaml asks for, each target a folder, and removes the plain manifests of before', async () => {
    const project = projectOf(SHOP);
    await seaworthy(project, ['synth']);
    const config = 'app: node main.js\nseaworthy:\n  targets:\n    kubectl: { environments: [staging] }\n';
    writeFileSync(join(project, 'cdk8s.yaml'), config);
    const { code, stderr } = await seaworthy(project, ['synth']);
    expect(code).toBe(0);
    expect(stderr).toContain('production: no target writes this environment\n');
    expect(filesIn(join(project, 'dist'))).toEqual([
      '.gitattributes',
      'README.md',
      'kubectl/shop/staging/01-shop.yaml',
    ]);
    const again = await seaworthy(project, ['synth', '--check']);
    expect(again).toMatchObject({ code: 0, stderr: 'The output is up to date.\n' });
    const plan = await seaworthy(project, ['plan']);
    expect(plan.code).toBe(0);
    expect(plan.stdout).toContain('dist/ (kubectl) → the app');
    expect(plan.stderr).toContain('shop/production: no target writes this environment');
    const alone = await seaworthy(project, ['plan', '--environment', 'production']);
    expect(alone.code).toBe(2);
    expect(alone.stderr).toContain('shop/production seaworthy.targets: not compared: no target writes it');
  });

  it('writes the environment that is asked for, keeps the files of the others, and leaves a README of others alone', async () => {
    const project = projectOf(SHOP);
    mkdirSync(join(project, 'dist'));
    writeFileSync(join(project, 'dist/README.md'), 'mine');
    for (const environment of ['production', 'staging'])
      await seaworthy(project, ['synth', '--target', 'kubectl', '--environment', environment]);
    expect(filesIn(join(project, 'dist'))).toEqual([
      'README.md',
      'kubectl/shop/production/01-jobs.yaml',
      'kubectl/shop/production/01-shop.yaml',
      'kubectl/shop/staging/01-shop.yaml',
    ]);
    expect(read(project, 'dist/README.md')).toBe('mine');
  });

  it('leaves the earlier output as it is when a target cannot be written', async () => {
    const config = 'app: node main.js\nseaworthy:\n  layout: { path: "{target}" }\n';
    const project = projectOf(SHOP);
    await seaworthy(project, ['synth']);
    const before = filesIn(join(project, 'dist'));
    writeFileSync(join(project, 'cdk8s.yaml'), config);
    const clash = await seaworthy(project, ['synth', '--target', 'kubectl']);
    expect(clash.code).toBe(2);
    expect(clash.stderr).toContain('[FILE_COLLISION]');
    const none = await seaworthy(project, ['synth']);
    expect(none.stderr).toContain('seaworthy.layout.path: needs a target [CONFIG_INVALID]');
    expect(filesIn(join(project, 'dist'))).toEqual(before);
  });

  it('refuses an App that keeps former generations, which targets do not', async () => {
    const project = projectOf(handOver({ manifests: [], keepGenerations: 2 }));
    const { code, stderr } = await seaworthy(project, ['synth', '--target', 'kubectl']);
    expect(code).toBe(2);
    expect(stderr).toContain('keepGenerations: targets keep no former generations [CONFIG_INVALID]');
  });

  it('finds mistakes in the configuration, each with its line', async () => {
    const project = projectOf(
      SHOP,
      'app: node main.js\nseaworthy:\n  layout: { path: "{app}/../x", onePerObjekt: true }\n  targets:\n    kubctl: {}\n    kubectl: { applySets: true }\n',
    );
    const { code, stderr } = await seaworthy(project, ['synth']);
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean onePerObject?');
    expect(stderr).toContain('Did you mean kubectl?');
    expect(stderr).toContain('Did you mean applySet?');
    expect(stderr).toContain('at cdk8s.yaml:5');
  });
});
