import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOperator } from './load';

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-operator-'));
afterAll(() => rmSync(folder, { recursive: true }));

const DEFINITION = `exports.page = { construct() {}, versions: [] };`;

function moduleOf(name: string, text: string): string {
  writeFileSync(join(folder, name), `${DEFINITION}\n${text}`);
  return name;
}

test('a module says what the cluster is like, and what else it has', async () => {
  const text = `exports.profile = { kubernetes: '1.36' }; exports.assume = { manifests: [], clusters: new Map() };`;
  const { definitions, profile, assume } = await loadOperator(moduleOf('all.js', text), folder);
  expect(definitions).toHaveLength(1);
  expect(profile).toEqual({ kubernetes: '1.36' });
  expect(assume?.manifests).toEqual([]);
});

test('one without them says nothing', async () => {
  const found = await loadOperator(moduleOf('none.js', ''), folder);
  expect(Object.keys(found)).toEqual(['definitions']);
});

test('what is assumed has to be a set', async () => {
  const loading = loadOperator(moduleOf('list.js', 'exports.assume = [{ kind: "Namespace" }];'), folder);
  await expect(loading).rejects.toThrow(/list\.js: assume.*expected a ManifestSet/s);
});
