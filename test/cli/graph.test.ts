import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MERMAID } from '../support/mermaid';
import { folderWith, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

const POD = `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: main, image: 'registry.example/app:1', envFrom: [{ configMapRef: { name: settings } }] }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
data: { PASSWORD: hunter2-hunter2 }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: other, namespace: shop }
`;
const HOSTILE = `apiVersion: v1
kind: ConfigMap
metadata: { name: 'a"]; click n0 <script>alert(1)</script> \`\`\` \\u202e \\ &amp; end', namespace: "x\\"\\n--> y" }
`;

async function graph(yaml: string, ...more: string[]): ReturnType<typeof seaworthy> {
  return seaworthy(folderWith({ 'a.yaml': yaml }), ['graph', 'a.yaml', ...more]);
}

describe('seaworthy graph', () => {
  it('draws objects and what they refer to, and no value of them', async () => {
    const { code, stdout } = await graph(POD);
    expect(code).toBe(0);
    expect(stdout).toContain('n0["Pod<br>web<br>1 pod"]');
    expect(stdout).toContain('n0 -->|mounts| n1');
    expect(stdout).not.toContain('hunter2');
  });

  it('draws what is near an object', async () => {
    const { stdout } = await graph(POD, '--around', 'pod/web', '--output', 'json');
    const [only] = (JSON.parse(stdout) as { graphs: { nodes: { name: string }[]; left: number }[] }).graphs;
    expect(only?.nodes.map(({ name }) => name)).toEqual(['web', 'settings']);
    expect(only?.left).toBe(1);
  });

  it('draws what is near an object of one of several namespaces', async () => {
    const both = `${POD}---\n${POD.replaceAll('namespace: shop', 'namespace: other')}`;
    const { code, stderr } = await graph(both, '--around', 'pod/web');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('2 namespaces have "pod/web": shop/Pod/web, other/Pod/web'),
    ]);
    const { stdout } = await graph(both, '--around', 'Other/pod/web', '--output', 'json');
    const [only] = (JSON.parse(stdout) as { graphs: { nodes: { namespace: string }[] }[] }).graphs;
    expect(only?.nodes.map(({ namespace }) => namespace)).toEqual(['other', 'other']);
  });

  it('says in each picture how much it leaves out', async () => {
    for (const format of ['mermaid', 'dot', 'svg'])
      expect((await graph(POD, '--around', 'pod/web', '--output', format)).stdout).toContain('1 more object');
  });

  it.each([
    [['--around', 'Pod/wob'], 'Did you mean Pod/web?'],
    [['--around', 'shop/Pod/wob'], 'Did you mean shop/Pod/web?'],
    [['--around', 'a/b/c/d'], 'Expected a kind and a name'],
    [['--around', 'web'], 'Expected a kind and a name'],
    [['--depth', '2'], 'needs --around'],
    [['--around', 'Pod/web', '--depth', '-1'], 'Expected a whole number'],
    [['--environment', 'production'], 'cannot be used with files'],
    [['--output', 'png'], 'Expected'],
  ])('refuses %j', async (flags, message) => {
    const { code, stdout, stderr } = await graph(POD, ...flags);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('does not draw a folder without objects', async () => {
    const { code, stderr } = await seaworthy(folderWith({ 'deploy/a.txt': '' }), ['graph', 'deploy']);
    expect(code).toBe(2);
    expect(stderr).toContain('no Kubernetes objects found');
  });

  it('keeps hostile names text in Mermaid, line by line of its grammar', async () => {
    const { stdout } = await graph(`${HOSTILE}---\n${POD}`);
    expect(stdout.split('\n').filter((line) => !MERMAID.some((form) => form.test(line)))).toEqual([]);
  });

  it('keeps hostile names text in SVG and DOT, which go to files', async () => {
    const folder = folderWith({ 'a.yaml': HOSTILE });
    await seaworthy(folder, ['graph', 'a.yaml', '-o', 'svg=a.svg', '-o', 'dot=a.dot']);
    const svg = readFileSync(join(folder, 'a.svg'), 'utf8');
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;');
    const dot = readFileSync(join(folder, 'a.dot'), 'utf8');
    expect(dot.replace(/"(?:[^"\\]|\\.)*"/g, '').includes('"')).toBe(false);
    expect(dot.replace(/"(?:[^"\\]|\\.)*"/g, '')).not.toContain('click');
  });
});
