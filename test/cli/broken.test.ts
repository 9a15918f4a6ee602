import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { folderWith, read, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

/** Five documents: a number as a name, no API version, a Secret without a name, a Service that is fine, and broken YAML. */
const MIXED = `apiVersion: v1
kind: ConfigMap
metadata:
  name: 2024
---
kind: Deployment
metadata: {name: api}
---
apiVersion: v1
kind: Secret
metadata:
  labels: {team: shop}
stringData:
  password: hunter2-hunter2
---
apiVersion: v1
kind: ConfigMap
metadata: {name: fine, namespace: default}
data: {a: 1}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
 data: {password: swordfish-swordfish}
`;

const folder = (): string => folderWith({ 'deploy/mixed.yaml': MIXED });

const check = (cwd: string, ...argv: string[]) =>
  seaworthy(cwd, ['check', 'deploy', '--preset', 'none', ...argv]);

/** Where the findings are. */
const PLACES = [
  ['mixed.yaml', 4, 3, 'admission/wrong-type'],
  ['mixed.yaml', 6, 1, 'admission/not-an-object'],
  ['mixed.yaml', 11, 1, 'admission/required'],
  ['mixed.yaml', 25, 2, 'manifest/invalid-yaml'],
] as const;

describe('a broken document', () => {
  it('is a finding at its line and column, and hides nothing of the others', async () => {
    const { code, stdout } = await check(folder(), '--output', 'json');
    expect(code).toBe(2);
    const { findings, summary } = JSON.parse(stdout) as {
      findings: { rule: string; object: object; path: string; source: { line: number; column?: number } }[];
      summary: object;
    };
    expect(summary).toMatchObject({ objects: 1, errors: 5 });
    const places = findings.map(({ rule, source }) => [rule, source.line, source.column]);
    for (const [, line, column, rule] of PLACES) expect(places).toContainEqual([rule, line, column]);
    // The object that can be read is judged.
    expect(places).toContainEqual(['admission/wrong-type', 19, undefined]);
    expect(findings.find(({ rule }) => rule === 'admission/not-an-object')).toMatchObject({
      object: { kind: 'Deployment', name: 'api' },
      path: 'apiVersion',
    });
  });

  it('is in the report of every format', async () => {
    const cwd = folder();
    const formats = ['text', 'markdown', 'sarif', 'junit', 'github', 'json'];
    const { code } = await check(cwd, ...formats.flatMap((format) => ['-o', `${format}=${format}.out`]));
    expect(code).toBe(2);
    const [text = '', markdown = '', sarif = '', junit = '', github = '', json = ''] = formats.map((format) =>
      read(cwd, `${format}.out`),
    );
    for (const [file, line, column, rule] of PLACES) {
      expect(text).toContain(`deploy/${file}:${line}:${column}\n`);
      expect(markdown).toContain(`**\`deploy/${file}:${line}\``);
      expect(sarif.replace(/\s/g, '')).toContain(`"region":{"startLine":${line},"startColumn":${column}}`);
      expect(junit).toContain(`at deploy/${file}:${line}:${column}</failure>`);
      expect(github).toContain(`::error file=deploy/${file},line=${line},col=${column},title=`);
      for (const report of [text, markdown, sarif, junit, github, json]) {
        expect(report).toContain(rule);
        expect(report).not.toMatch(/hunter2|swordfish/);
      }
    }
    expect(junit).toContain('tests="5" failures="5"');
  });

  it('does not fail the check if its rule does not', async () => {
    const cwd = folderWith({ 'deploy/a.yaml': 'apiVersion: v1\nkind: [\n' });
    const mild = ['--rule', 'manifest/invalid-yaml=warning'];
    expect((await check(cwd)).code).toBe(2);
    expect((await check(cwd, ...mild)).code).toBe(0);
    expect((await check(cwd, ...mild, '--fail-on', 'warning')).code).toBe(1);
    expect((await check(cwd, '--rule', 'manifest/invalid-yaml=off')).stdout).toBe('0 objects: no findings\n');
  });

  it.each([
    [
      'an item of a list',
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n',
      '4:3',
      'Secret',
    ],
    [
      'a name that is a list',
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: [a]\n',
      '4:3',
      'ConfigMap',
    ],
    ['metadata that is text', 'apiVersion: v1\nkind: ConfigMap\nmetadata: x\n', '3:1', 'ConfigMap'],
    ['a custom resource without a name', 'apiVersion: a.example/v1\nkind: A\nmetadata: {}\n', '3:1', 'A'],
    ['a custom resource with a spec alone', 'apiVersion: a.example/v1\nkind: A\nspec: {}\n', '1:1', 'A'],
    ['no kind', 'apiVersion: v1\nmetadata: {name: a}\n', '1:1', 'a'],
    ['JSON', '{\n  "apiVersion": "v1",\n  "kind": "Pod",\n  "metadata": {"name": 1}\n}', '4:16', 'Pod'],
    ['broken JSON', '{\n  "apiVersion": "v1",\n  "kind": "Pod"\n  "metadata": {}\n}', '4:3', 'document'],
    ['a list of objects', '- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n', '1', 'document'],
  ])('is known as one: %s', async (_, text, place, name) => {
    const { code, stdout } = await check(folderWith({ 'deploy/a.yaml': text }));
    expect([code, stdout]).toEqual([
      2,
      expect.stringContaining(`deploy/a.yaml:${place}\n  ${name}\n    error`),
    ]);
  });

  it('is one in stdin and among named files, too', async () => {
    const cwd = folderWith({ 'a.yaml': 'a: [\n', 'b.yaml': 'apiVersion: v1\nkind: Pod\n' });
    const named = await seaworthy(cwd, ['check', 'a.yaml', 'b.yaml', '--preset', 'none']);
    expect(named.code).toBe(2);
    expect(named.stdout).toContain('3 errors in 0 objects');
    const piped = await seaworthy(cwd, ['check', '-'], { stdin: Readable.from([MIXED]) });
    expect([piped.code, piped.stdout]).toEqual([2, expect.stringContaining('<stdin>:25:2\n')]);
  });

  it('is a file that is not UTF-8, or that cannot be read', async () => {
    const cwd = folderWith({ 'deploy/fine.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n' });
    writeFileSync(join(cwd, 'deploy/a.yaml'), Buffer.from('apiVersion: v1\nkind: \xe9\n', 'latin1'));
    const { code, stdout } = await check(cwd);
    expect([code, stdout]).toEqual([2, expect.stringContaining('deploy/a.yaml:2\n')]);
    expect(stdout).toContain('the text is not UTF-8 [manifest/invalid-yaml]');
    expect(stdout).toContain('1 error in 1 object');
  });
});

it.each([
  [
    'index.yaml',
    'apiVersion: v1\nentries: { a: [{ name: a, version: 1.0.0 }] }\ngenerated: "2026-01-01T00:00:00Z"\n',
    0,
  ],
  ['kind.yaml', 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnodes: [{ role: worker }]\n', 0],
  ['notes.yaml', 'some: thing\n', 2],
  ['job.yaml', 'apiVersion: batch/v1\nkind: Job\nmetadata: { name: {{ .Release.Name }} }\n', 2],
])('a folder of nothing but %s', async (name, text, code) => {
  const folder = folderWith({ [`deploy/${name}`]: text });
  const checked = await seaworthy(folder, ['check', 'deploy']);
  expect([checked.code, checked.stdout]).toEqual([code, code === 0 ? '0 objects: no findings\n' : '']);
  expect(checked.stderr).toMatch(/^Skipped 1 /);
});

it('a name that the API server generates is a name', async () => {
  const job = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: load-, namespace: default}\n';
  const cwd = folderWith({ 'deploy/a.yaml': `${job}---\n${job}---\n${job.replace('{', '{name: "", ')}` });
  expect(await check(cwd)).toMatchObject({ code: 0, stdout: '3 objects: no findings\n' });
});

it('objects that a link repeats are no duplicates', async () => {
  const cwd = folderWith({ 'deploy/a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n' });
  mkdirSync(join(cwd, 'deploy/b'));
  symlinkSync('../a.yaml', join(cwd, 'deploy/b/a.yaml'));
  expect((await seaworthy(cwd, ['check', 'deploy'])).stdout).toBe('1 object: no findings\n');
});

it('plan creates an object with a generated name each time, and deletes none', async () => {
  const job = (names: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {${names}, namespace: default}\n`;
  const old = `${job('generateName: load-')}---\n${job('generateName: gone-')}`;
  const now = `${job('generateName: load-')}---\n${job('name: "", generateName: load-')}`;
  const cwd = folderWith({ 'old.yaml': old, 'new.yaml': now });
  const { code, stdout } = await seaworthy(cwd, ['plan', 'old.yaml', 'new.yaml']);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/ConfigMap default\/load-\*[^]*\n2 created\n$/)]);
});
