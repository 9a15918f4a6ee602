import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith, removeFolders } from '../cli/support/cli';
import { packageFolder } from '../cli/support/package';

afterAll(removeFolders);

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
