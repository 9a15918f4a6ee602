import { folderWith, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

const POD = `apiVersion: v1
kind: Pod
metadata: { name: p, namespace: shop }
spec: { containers: [{ name: main, image: registry.example/app:1 }] }
`;
const WIDGET = 'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w, namespace: shop }\n';

const FROM = ['--from', '1.31', '--to', '1.33'];

describe('seaworthy upgrade', () => {
  it('does not take a folder without objects for one that every release takes', async () => {
    const { code, stdout, stderr } = await seaworthy(folderWith({ 'deploy/README.md': 'Later.' }), [
      'upgrade',
      'deploy',
      ...FROM,
    ]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('deploy: no Kubernetes objects found');
  });

  it('names the release at which nodes are too old, where nothing else changes', async () => {
    const { code, stdout } = await seaworthy(folderWith({ 'p.yaml': POD }), [
      'upgrade',
      'p.yaml',
      ...FROM,
      '--nodes',
      '1.29',
    ]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/\n1\.33\n {2}nodes: /);
  });

  it('does not say that every release takes what it cannot judge', async () => {
    const { stdout } = await seaworthy(folderWith({ 'w.yaml': WIDGET }), ['upgrade', 'w.yaml', ...FROM]);
    expect(stdout).toMatch(/Widget shop\/w +\? +\? +\?\n/);
    expect(stdout).not.toContain('takes all objects');
  });
});
