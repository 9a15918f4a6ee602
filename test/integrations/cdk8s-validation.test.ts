import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { SeaworthyValidation, type ValidationContext } from '../../lib/integrations/cdk8s-validation';
import { folderWith, removeFolders } from '../cli/support/cli';
import { packageFolder } from '../cli/support/package';

afterAll(removeFolders);

const BAD = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: Bad\n  namespace: default\n';

/** What the plugin reports on the files of a folder. */
async function reportOn(files: Readonly<Record<string, string>>, properties = {}) {
  const folder = folderWith(files);
  const violations: { readonly ruleName: string }[] = [];
  let status: string | undefined;
  let counts: unknown;
  const report: ValidationContext['report'] = {
    addViolation: (violation) => violations.push(violation),
    submit: (result, metadata) => ([status, counts] = [result, metadata]),
  };
  const manifests = Object.keys(files).map((path) => join(folder, path));
  await new SeaworthyValidation(properties).validate({ manifests, report });
  return { violations, status, counts, folder };
}

describe('the validation plugin', () => {
  it('reports each rule once, with all that it found and where', async () => {
    const { violations, status, counts, folder } = await reportOn({ 'a.yaml': BAD }, { preset: 'none' });
    expect([status, counts]).toEqual(['failure', { errors: '1', warnings: '0', infos: '0' }]);
    expect(violations).toMatchObject([
      {
        ruleName: 'admission/invalid',
        violatingResources: [
          {
            resourceName: 'Bad',
            manifestPath: join(folder, 'a.yaml'),
            locations: [expect.stringMatching(/^error: ConfigMap metadata\.name: .*a\.yaml:4\)$/)],
          },
        ],
      },
    ]);
  });

  it('takes the settings of check as its properties, and refuses others', async () => {
    const mild = { preset: 'none', rules: { 'admission/invalid': 'warning' } };
    expect(await reportOn({ 'a.yaml': BAD }, mild)).toMatchObject({ status: 'success' });
    expect(await reportOn({ 'a.yaml': BAD }, { ...mild, failOn: 'warning' })).toMatchObject({
      status: 'failure',
    });
    expect(() => new SeaworthyValidation({ presets: 'none' } as object)).toThrow(
      'properties.presets: unknown property "presets" [CONFIG_INVALID]\n  Did you mean preset?',
    );
  });
});

describe('cdk8s synth with the plugin', () => {
  const root = join(__dirname, '..', '..');
  const config = `language: typescript
app: node main.js
output: dist
validations:
  - package: ./node_modules/seaworthy
    version: 0.1.0
    class: SeaworthyValidation
    properties: { preset: none }
`;

  /** Runs the real command on an app, in a project that has the packages it needs. */
  function cdk8sSynth(app: string): { readonly status: number | null; readonly stdout: string } {
    const project = folderWith({ 'cdk8s.yaml': config, 'main.js': app });
    mkdirSync(join(project, 'node_modules'));
    symlinkSync(packageFolder(), join(project, 'node_modules', 'seaworthy'));
    for (const name of ['cdk8s', 'constructs'])
      symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name));
    const command = join(root, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s');
    const args = [command, 'synth', '--check-upgrade', 'false'];
    return spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
  }

  it('checks each environment of our apps by itself, with constructs and lines', () => {
    const { status, stdout } = cdk8sSynth(`const { App, Environment, Chart } = require('seaworthy');
      const { ApiObject } = require('cdk8s');
      const app = new App({ name: 'shop' });
      for (const name of ['production', 'staging']) {
        const chart = new Chart(new Environment(app, name, { kubernetes: '1.31' }), 'shop');
        const metadata = { name: name === 'production' ? 'Bad' : 'good', namespace: 'default' };
        new ApiObject(chart, 'map', { apiVersion: 'v1', kind: 'ConfigMap', metadata });
      }
      app.synth();`);
    expect(stdout).toContain('admission/invalid (1 occurrences)');
    expect(stdout).toContain('Construct Path: production/shop/map');
    expect(stdout).toContain('Manifest Path: dist/shop/production/shop.yaml');
    expect(stdout).toContain('(main.js:7)');
    expect(status).toBe(2);
  });

  it('checks apps of cdk8s alone', () => {
    const { status, stdout } = cdk8sSynth(`const { ApiObject, App, Chart } = require('cdk8s');
      const app = new App();
      const metadata = { name: 'Bad', namespace: 'default' };
      new ApiObject(new Chart(app, 'shop'), 'map', { apiVersion: 'v1', kind: 'ConfigMap', metadata });
      app.synth();`);
    expect(stdout).toContain('Construct Path: shop/map');
    expect(stdout).toContain('dist/shop.k8s.yaml:4)');
    expect(status).toBe(2);
  });
});
