import { projectOf, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

it('seaworthy synth passes on 90,000 objects', async () => {
  const project = projectOf(`
    const manifests = Array.from({ length: 90_000 }, (_, i) => ({
      object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' + i }, data: { text: 'x'.repeat(200) } },
      origin: { chart: 'chart-' + (i % 300) },
    }));
    globalThis[Symbol.for('seaworthy.host')].receive({ outdir: process.env.CDK8S_OUTDIR, manifests });`);
  const { code, stderr } = await seaworthy(project, ['synth']);
  expect(code).toBe(0);
  expect(stderr).toContain('300 charts, 90000 objects → dist/ (300 written)');
});
