import { folderWith, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

const POD = `apiVersion: v1
kind: Pod
metadata: { name: p, namespace: shop }
spec: { containers: [{ name: main, image: registry.example/app:1 }] }
`;
const WIDGET = 'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w, namespace: shop }\n';

const BUDGET = `apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata: { name: b, namespace: shop }
spec: { minAvailable: 1, selector: { matchLabels: { a: b } } }
`;
const DEPLOYMENT = `apiVersion: extensions/v1beta1
kind: Deployment
metadata: { name: d, namespace: shop }
spec: { template: { spec: { containers: [{ name: a, image: a }] } } }
`;
const WORD = 'hunter2-correct-horse';

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

  it('refuses definitions that differ by environment, unless it is told which one the cluster has', async () => {
    const definition = (type: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { plural: widgets, singular: widget, kind: Widget, listKind: WidgetList }
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, properties: { size: { type: ${type} } } } }
`;
    const folder = folderWith({
      'dev/crd.yaml': definition('string'),
      'prod/crd.yaml': definition('integer'),
      'app/widget.yaml': `${WIDGET}size: 3\n`,
    });
    const files = ['upgrade', 'dev', 'prod', 'app', ...FROM];
    const { code, stdout, stderr } = await seaworthy(folder, files);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('CustomResourceDefinition widgets.example.com');
    expect(stderr).toMatch(/dev\/crd\.yaml:1 and prod\/crd\.yaml:1.* \[AMBIGUOUS\]/);
    expect((await seaworthy(folder, [...files, '--assume', 'prod/crd.yaml'])).code).toBe(0);
    const refused = await seaworthy(folder, [...files, '--assume', 'dev/crd.yaml']);
    expect(refused.stdout).toMatch(/Widget shop\/w +refused +refused +refused/);
  });

  it('names the command that rewrites an API version, where it can', async () => {
    const folder = folderWith({ 'b.yaml': BUDGET, 'd.yaml': DEPLOYMENT });
    const { stdout } = await seaworthy(folder, ['upgrade', 'b.yaml', 'd.yaml', ...FROM]);
    const hints = stdout.split('\n').filter((line) => line.includes('instead.'));
    expect(hints.map((line) => line.trim())).toEqual([
      'Use policy/v1 PodDisruptionBudget instead. In files, `seaworthy convert-api` writes it so.',
      'Use apps/v1 Deployment instead.',
    ]);
  });

  it('names in SARIF where a change is written down', async () => {
    const folder = folderWith({
      'p.yaml': POD.replace('main,', 'main, ').replace(
        'spec: {',
        'spec: { volumes: [{ name: v, gitRepo: { repository: "https://git.example/r" } }],',
      ),
    });
    const { stdout } = await seaworthy(folder, ['upgrade', 'p.yaml', ...FROM, '--output', 'sarif']);
    expect(stdout).toMatch(/"text": ".*from Kubernetes 1\.33 on: .*\(.*GitRepoVolumeDriver.*\)/);
  });

  it('hides what is secret, whatever becomes of its object', async () => {
    const secret = `apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: shop }\nstringData: { password: ${WORD} }\nbogus: ${WORD}\n`;
    const pod = POD.replace('app:1', `app:1, env: [{ name: PASSWORD, value: ${WORD} }], bogus: ${WORD}`);
    const folder = folderWith({ 's.yaml': secret, 'p.yaml': pod });
    for (const format of ['text', 'json', 'markdown', 'sarif', 'html']) {
      const { stdout } = await seaworthy(folder, ['upgrade', 's.yaml', 'p.yaml', ...FROM, '-o', format]);
      // SARIF has what changes on the way alone.
      expect(stdout.includes('bogus')).toBe(format !== 'sarif');
      expect(stdout).not.toContain(WORD);
    }
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
