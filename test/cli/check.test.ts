import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
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

const FINE = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: fine\n  namespace: default\n';
const BAD = `# a comment
apiVersion: v1
kind: ConfigMap
metadata:
  name: Bad
  namespace: default
`;

/** An app with one ConfigMap in each of two environments; that of production has a name that is none. */
const APP = handOver({
  name: 'shop',
  clusters: { production: { kubernetes: '1.31' }, staging: {} },
  manifests: ['production', 'staging'].map((environment) => ({
    object: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: environment === 'production' ? 'Bad' : 'good', namespace: 'default' },
    },
    origin: { environment, chart: 'shop', construct: `${environment}/shop/a`, source: 'main.js:1' },
  })),
});

interface Report {
  readonly findings: readonly {
    readonly rule: string;
    readonly source?: object;
    readonly environment?: string;
  }[];
}

describe('seaworthy check, of an app', () => {
  it('shows what is wrong with what it synthesizes, at the line of its code, and exits with 1', async () => {
    const { code, stdout, stderr } = await seaworthy(projectOf(APP), ['check', '--preset', 'none']);
    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^main\.js:1\n {2}> 1 \| globalThis/);
    expect(stdout).toContain('  ConfigMap default/Bad in shop/production\n    error    metadata.name: ');
    expect(stdout).toMatch(/\n1 error in 2 objects in 2 environments\n$/);
  });

  it('exits with 0 where nothing is found, or nothing that fails it', async () => {
    const project = projectOf(APP);
    const fine = await seaworthy(project, ['check', '--environment', 'staging', '--preset', 'none']);
    expect(fine).toMatchObject({ code: 0, stdout: '1 object in 1 environment: no findings\n' });
    const mild = ['check', '--preset', 'none', '--rule', 'admission/invalid=warning'];
    expect((await seaworthy(project, mild)).code).toBe(0);
    expect((await seaworthy(project, [...mild, '--fail-on', 'warning'])).code).toBe(1);
    expect((await seaworthy(project, [...mild, '--severity', 'error'])).stdout).toContain('no findings');
  });

  it('writes other reports to files, beside the one that it prints', async () => {
    const project = projectOf(APP);
    const argv = ['check', '--preset', 'none', '-o', 'json', '-o', 'sarif=a.sarif', '-o', 'junit=a.xml'];
    const { code, stdout } = await seaworthy(project, argv);
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as Report).findings).toMatchObject([
      { rule: 'admission/invalid', environment: 'production', source: { file: 'main.js', line: 1 } },
    ]);
    expect(read(project, 'a.sarif')).toContain('"ruleId": "admission/invalid"');
    expect(read(project, 'a.xml')).toContain(
      '<testsuite name="shop/production" tests="1" failures="1" errors="0">',
    );
  });

  it.each([
    ['an option that does not exist', ['--wat'], APP, 'USAGE'],
    ['an environment that the app does not have', ['--environment', 'prod'], APP, 'USAGE'],
    ['an app that throws', [], "throw new Error('password=hunter2!x');\n", 'APP_FAILED'],
  ])('reports %s in every format, in place of an earlier verdict', async (_, flags, app, code) => {
    const project = projectOf(app);
    const argv = ['check', ...flags, '-o', 'github', '--output=json=a.json', '-ojunit=a.xml'];
    for (const format of ['sarif=a.sarif', 'markdown=a.md', 'text=a.txt']) argv.push('--output', format);
    for (const name of ['a.json', 'a.xml', 'a.sarif', 'a.md']) writeFileSync(join(project, name), 'fine');
    const answer = await seaworthy(project, argv);
    expect([answer.code, answer.stdout]).toEqual([
      2,
      expect.stringMatching(/^::error file=[\w.]+,line=\d+,title=/),
    ]);
    const reports = ['a.json', 'a.xml', 'a.sarif', 'a.md'].map((name) => read(project, name));
    for (const report of [answer.stdout, ...reports]) {
      expect(report).toContain(code);
      expect(report).not.toContain('hunter2');
    }
    expect(JSON.parse(reports[0] ?? '')).toMatchObject({ version: 1, problems: [{ code }] });
    expect(JSON.parse(reports[0] ?? '')).not.toHaveProperty('summary');
    expect(reports[1]).toMatch(/<testsuite name="seaworthy check" tests="1" failures="0" errors="1">/);
    expect(JSON.parse(reports[2] ?? '')).toMatchObject({
      runs: [{ invocations: [{ executionSuccessful: false }], results: [{ ruleId: code, level: 'error' }] }],
    });
    expect(reports[3]).toMatch(/^<!-- seaworthy check -->\n### ❌ Seaworthy: check failed\n\n- /);
  });

  it('keeps the reports that it could write when another one cannot be', async () => {
    const project = projectOf(APP);
    const argv = ['check', '-o', 'json=a.json', '-o', 'sarif=missing/a.sarif'];
    expect((await seaworthy(project, argv)).code).toBe(2);
    expect(JSON.parse(read(project, 'a.json'))).toHaveProperty('summary');
  });

  it('names files from where it is run, and for GitHub from the top of the repository', async () => {
    const folder = folderWith({
      '.git/HEAD': '',
      'a/cdk8s.yaml': 'app: node main.js\n',
      'a/main.js': APP,
      'a/b/c': '',
    });
    const at = async (cwd: string, format: string) =>
      (await seaworthy(join(folder, cwd), ['check', '--preset', 'none', '-o', format])).stdout;
    expect(await at('a/b', 'github')).toContain('file=a/main.js,line=1,');
    expect(await at('a', 'text')).toMatch(/^main\.js:1\n/);
    expect(await at('a/b', 'text')).toContain('../main.js:1\n  > 1 |');
  });

  it('fails with the error of an app that fails', async () => {
    const { code, stderr } = await seaworthy(projectOf('throw new Error("no")'), ['check']);
    expect(code).toBe(2);
    expect(stderr).toContain('the app threw Error: no');
  });
});

describe('seaworthy check, configured in cdk8s.yaml', () => {
  const withSection = (section: string) =>
    projectOf(APP, `app: node main.js\nseaworthy:\n  check:\n${section}`);

  it('takes presets and severities, by environment before all, and the command line before both', async () => {
    const project = withSection(
      '    preset: none\n    failOn: warning\n    environments:\n      production:\n        rules:\n          admission/invalid: warning\n',
    );
    const { code, stdout } = await seaworthy(project, ['check']);
    expect([code, stdout]).toEqual([1, expect.stringContaining('\n1 warning in 2 objects')]);
    expect((await seaworthy(project, ['check', '--rule', 'admission/invalid=off'])).code).toBe(0);
  });

  it('has all problems of the section told at once, each with its line', async () => {
    const project = withSection(
      '    preset: srtict\n    rules: { a/b: fatal }\n    kubernetes: 1.30\n    failsOn: error\n    assume: 3\n    environments: { x: { presets: none } }\n',
    );
    const { code, stderr } = await seaworthy(project, ['check']);
    expect(code).toBe(2);
    for (const message of [
      'seaworthy.check.preset: expected recommended, strict or none, not "srtict" [CONFIG_INVALID]\n  Did you mean strict?\n  at cdk8s.yaml:4\n',
      'seaworthy.check.rules.a/b: expected error, warning, info or off, not "fatal" [CONFIG_INVALID]\n  at cdk8s.yaml:5\n',
      'seaworthy.check.kubernetes: expected a release in quotes, not 1.3 [CONFIG_INVALID]\n  Quote it: kubernetes: "1.31".\n  at cdk8s.yaml:6\n',
      'seaworthy.check.failsOn: unknown key "failsOn" [CONFIG_INVALID]\n  Did you mean failOn?\n',
      'seaworthy.check.assume: expected a path or a list of paths, not 3',
      'seaworthy.check.environments.x.presets: unknown key "presets" [CONFIG_INVALID]\n  Did you mean preset?\n',
      '6 problems',
    ])
      expect(stderr).toContain(message);
  });

  it('refuses a rule, a release and an environment that there are not, and says which come near', async () => {
    const rule = await seaworthy(withSection('    rules:\n      admission/invald: off\n'), ['check']);
    expect(rule.stderr).toBe(
      'error: seaworthy.check.rules: unknown rule "admission/invald" [UNKNOWN_RULE]\n' +
        '  Did you mean admission/invalid?\n  at cdk8s.yaml:5\n',
    );
    const environment = await seaworthy(withSection('    environments:\n      prodution: {}\n'), ['check']);
    expect(environment.stderr).toContain(
      'the app has no environment "prodution" [CONFIG_INVALID]\n  Did you mean production?',
    );
    const release = await seaworthy(withSection('    kubernetes: "1.99"\n'), ['check']);
    expect([rule.code, environment.code, release.code]).toEqual([2, 2, 2]);
    expect(release.stderr).toContain('[UNKNOWN_KUBERNETES]');
  });

  it('runs the rules of modules, and says what is wrong with a module', async () => {
    const rule = `{ name: 'no-maps', severity: 'warning', about: 'Finds maps.', why: 'We have none.', example: {},
      run: ({ set }, tell) => { for (const one of set) tell(one, 'kind', 'it is a map'); } }`;
    const project = withSection('    plugins: [rules.js, empty.js]\n    preset: recommended\n');
    writeFileSync(join(project, 'rules.js'), `exports.rules = [${rule}];`);
    writeFileSync(join(project, 'empty.js'), '');
    const empty = await seaworthy(project, ['check']);
    expect(empty.stderr).toContain('empty.js: the module exports no rule [CONFIG_INVALID]');
    expect(empty.stderr).toContain('  at cdk8s.yaml:4\n');
    writeFileSync(join(project, 'empty.js'), `exports.other = { run() {}, severity: 'fatal' };`);
    const faulty = await seaworthy(project, ['check']);
    expect(faulty.stderr).toContain('empty.js: a rule has no name');
    writeFileSync(join(project, 'empty.js'), `exports.rules = require('./rules.js').rules;`);
    const { stdout } = await seaworthy(project, ['check']);
    expect(stdout).toContain('warning  kind: it is a map [custom/no-maps]');
  });
});

describe('seaworthy check, of files', () => {
  it('reads files, folders and stdin, and tells the line of each field', async () => {
    const folder = folderWith({
      'a/bad.yaml': BAD,
      'a/b/fine.json': JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } }),
    });
    const { code, stdout } = await seaworthy(folder, ['check', 'a', '--preset', 'none']);
    expect(code).toBe(1);
    expect(stdout).toContain(
      'a/bad.yaml:5\n    4 | metadata:\n  > 5 |   name: Bad\n    6 |   namespace: default\n',
    );
    expect(stdout).toContain('1 error in 2 objects\n');
    const piped = await seaworthy(folder, ['check', '-', '--preset', 'none'], {
      stdin: Readable.from([BAD]),
    });
    expect(piped.stdout).toContain('<stdin>:5\n    4 | metadata:\n  > 5 |   name: Bad\n');
  });

  it('names what it leaves alone: charts, kustomizations and their patches, templates, and what is no object', async () => {
    const folder = folderWith({
      'k8s/fine.yaml': FINE,
      'k8s/chart/Chart.yaml': 'name: x\n',
      'k8s/chart/templates/a.yaml': 'a: {{ x }}\n',
      'k8s/k/kustomization.yml': 'patches:\n  - path: patch.yaml\n',
      'k8s/k/patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\n',
      'k8s/template.yaml': 'name: {{ .Values.name }}\n',
      'k8s/values.yaml': 'a: 1\n',
      'k8s/.hidden/bad.yaml': BAD,
      'k8s/node_modules/bad.yaml': BAD,
    });
    const { code, stdout, stderr } = await seaworthy(folder, [
      'check',
      'k8s',
      '--preset',
      'none',
      '--no-kustomize',
    ]);
    expect([code, stdout]).toEqual([0, '1 object: no findings\n']);
    expect(stderr).toBe(
      'Skipped 5 files: 1 Helm chart, 1 kustomization, 1 patch, 1 unrendered template and 1 values file (--verbose lists them)\n' +
        'To check what it builds: helm template k8s/chart | seaworthy check -\n' +
        'To check what it builds: kubectl kustomize k8s/k | seaworthy check -\n',
    );
    const verbose = await seaworthy(folder, [
      'check',
      'k8s',
      '--preset',
      'none',
      '--no-kustomize',
      '--verbose',
    ]);
    expect(verbose.stderr.split('\n').sort()).toEqual([
      '',
      'skipped k8s/.hidden/: hidden',
      'skipped k8s/chart/: a Helm chart; check what it builds: helm template k8s/chart | seaworthy check -',
      'skipped k8s/k/kustomization.yml: a kustomization, which only kubectl builds; check what it builds: kubectl kustomize k8s/k | seaworthy check -',
      'skipped k8s/k/patch.yaml: a patch',
      'skipped k8s/node_modules/: packages of a project',
      'skipped k8s/template.yaml: a template, not yet rendered to YAML',
      'skipped k8s/values.yaml: values of a Helm chart',
    ]);
  });

  it('refuses files that are not there, and input without objects; what is broken is a finding', async () => {
    const folder = folderWith({ 'a.yaml': 'a: [\n', 'b.yaml': 'kind: ConfigMap\n', 'c.yaml': '# nothing\n' });
    const broken = await seaworthy(folder, ['check', 'a.yaml', 'b.yaml']);
    expect(broken.code).toBe(2);
    expect(broken.stdout).toContain(
      'a.yaml:1:5\n  document\n    error    did not find expected node content',
    );
    expect(broken.stdout).toContain('b.yaml:1:1\n  ConfigMap\n    error    apiVersion: Required value');
    const missing = await seaworthy(folder, ['check', 'd.yaml']);
    expect([missing.code, missing.stderr]).toEqual([
      2,
      expect.stringContaining('[INPUT_UNREADABLE]\n  Did you mean a.yaml?'),
    ]);
    const empty = await seaworthy(folder, ['check', 'c.yaml']);
    expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('no Kubernetes objects found')]);
  });

  it('judges for the release that is asked for, and knows what is in the cluster already', async () => {
    const resource = 'apiVersion: a.example/v1\nkind: Thing\nmetadata:\n  name: a\n  namespace: default\n';
    const folder = folderWith({
      'thing.yaml': resource,
      'crds/thing.yaml': readFileSync(join(__dirname, 'support', 'thing-crd.yaml'), 'utf8'),
    });
    const strict = await seaworthy(folder, ['check', 'thing.yaml', '--strict', '--preset', 'none']);
    expect([strict.code, strict.stdout]).toEqual([1, expect.stringContaining('[admission/no-definition]')]);
    const known = await seaworthy(folder, [
      'check',
      'thing.yaml',
      '--strict',
      '--crds',
      'crds',
      '--preset',
      'none',
    ]);
    expect([known.code, known.stdout]).toEqual([0, '1 object: no findings\n']);
    const release = await seaworthy(folder, ['check', 'thing.yaml', '--kubernetes', '1.2']);
    expect([release.code, release.stderr]).toEqual([2, expect.stringContaining('[UNKNOWN_KUBERNETES]')]);
  });
});

describe('seaworthy synth', () => {
  it('shows errors and writes nothing, unless told --no-check', async () => {
    const project = projectOf(APP);
    const { code, stdout, stderr } = await seaworthy(project, ['synth']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('error    metadata.name: ');
    expect(stderr).toContain('Nothing was written.');
    expect(filesIn(project)).toEqual(['cdk8s.yaml', 'main.js']);
    expect((await seaworthy(project, ['synth', '--stdout'])).stdout).toBe('');
    const written = await seaworthy(project, ['synth', '--no-check', '--stdout', '-e', 'production']);
    expect([written.code, written.stdout]).toEqual([0, expect.stringContaining('name: Bad')]);
    expect((await seaworthy(project, ['synth', '--environment', 'staging'])).code).toBe(0);
  });

  it('counts warnings in its summary', async () => {
    const project = projectOf(
      appOf(['-/web/Bad']),
      'app: node main.js\nseaworthy: { check: { preset: none, rules: { admission/invalid: warning } } }\n',
    );
    expect((await seaworthy(project, ['synth'])).stderr).toMatch(/ s; 1 warning: seaworthy check\n$/);
  });
});
