import { Readable } from 'node:stream';
import { appOf, folderWith, projectOf, read, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

const POD = `apiVersion: v1
kind: Pod
metadata: { name: db, namespace: shop, labels: { app: db } }
spec: { containers: [{ name: db, image: "db:1", ports: [{ containerPort: 5432 }], envFrom: [{ secretRef: { name: login } }] }] }
`;
const SECRET = `apiVersion: v1
kind: Secret
metadata: { name: login, namespace: shop }
stringData: { password: battery-horse-staple }
`;

describe('seaworthy report', () => {
  it('writes one page of what there is an input for, without a secret', async () => {
    const folder = folderWith({
      'deploy/all.yaml': `${POD}---\n${SECRET}`,
      'old/all.yaml': `${POD.replace('db:1', 'db:0')}---\n${SECRET.replace('battery', 'former')}`,
    });
    const argv = [
      'report',
      'deploy',
      '--before',
      'old',
      '--from',
      '1.31',
      '--to',
      '1.33',
      '--out',
      'page.html',
    ];
    const { code, stdout } = await seaworthy(folder, argv);
    expect([code, stdout]).toEqual([0, '']);
    const page = read(folder, 'page.html');
    const parts = [...page.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id);
    expect(parts).toEqual([
      'overview',
      'architecture',
      'connections',
      'plan',
      'upgrade',
      'findings',
      'objects',
    ]);
    expect(page).toContain('mounts <a href="#object=Secret/shop/login">');
    expect(page).not.toMatch(/(?:battery|former)-horse-staple/);
  });

  it('prints the page where no file is named, and exits with 1 for a finding that fails', async () => {
    const folder = folderWith({
      'deploy/all.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: {}\n',
    });
    const { code, stdout } = await seaworthy(folder, ['report', 'deploy']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^<!doctype html>/);
    expect(stdout).toContain('Failed</span> Check: ');
  });

  it('exits with 2 for a broken document, and still has a page of the others', async () => {
    const folder = folderWith({ 'deploy/a.yaml': POD, 'deploy/b.yaml': 'apiVersion: v1\nkind: [\n' });
    const { code, stdout } = await seaworthy(folder, ['report', 'deploy']);
    expect(code).toBe(2);
    expect(stdout).toContain('id="object=Pod/shop/db"');
  });

  it('reads stdin for each of its parts', async () => {
    const folder = folderWith({ 'old.yaml': POD.replace('db:1', 'db:0') });
    const argv = ['report', '-', '--before', 'old.yaml', '--from', '1.31', '--to', '1.33'];
    const { code, stdout } = await seaworthy(folder, argv, { stdin: Readable.from([POD]) });
    expect(code).toBe(0);
    const sections = [...stdout.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id);
    expect(sections).toEqual(expect.arrayContaining(['plan', 'upgrade', 'findings', 'objects']));
    expect(stdout).toContain('id="object=Pod/shop/db"');
  });

  it('names the environment whose nodes are not known, and what to say of them', async () => {
    const clusters = { production: { kubernetes: '1.36', nodePools: [{ name: 'spot' }] } };
    const project = projectOf(appOf(['production/shop/a'], { clusters }));
    const { code, stderr } = await seaworthy(project, ['report', '--out', 'page.html']);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /no placement here: environment production, node pool "spot": .* size.*\n {2}Set size/,
    );
    expect(read(project, 'page.html')).not.toContain('<section id="placement"');
  });

  it.each([
    [['--before', 'old'], '--before: is for files'],
    [['deploy', 'more', '--before', 'old'], '--before: compares with one path'],
    [['deploy', '--base', 'main'], '--base: cannot be used with files'],
    [['deploy', '--environment', 'production'], '--environment: cannot be used with files'],
    [['deploy', '--from', '1.31'], '--from: is for --to alone'],
    [['-', '--before', '-'], '--before: reads stdin'],
    [['deploy', '--to', '1.99'], '1.99'],
  ])('refuses %j before any work', async (argv, message) => {
    const { code, stderr, stdout } = await seaworthy(folderWith({ 'deploy/a.yaml': POD }), [
      'report',
      ...argv,
    ]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
