import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { identityKey } from '../../lib/manifest/manifest';
import { ManifestSet } from '../../lib/manifest/set';
import { filesFor, set } from './shop';

/** The objects of a kustomization that is made of plain files and bases. */
function objectsOf(files: ReadonlyMap<string, string>, folder: string): unknown[] {
  const { resources } = parse(files.get(`${folder}/kustomization.yaml`) ?? '') as { resources: string[] };
  return resources.flatMap((name) => {
    const path = join(folder, name);
    const text = files.get(path);
    return text === undefined
      ? objectsOf(files, path)
      : [...ManifestSet.parse(text)].map(({ object }) => object);
  });
}

const byId = (objects: Iterable<unknown>): Map<string, unknown> =>
  new Map(
    [...ManifestSet.of([...objects])]
      .map(({ id, object }): [string, unknown] => [identityKey(id), object])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const synthesized = (environment: string) => byId([...set.in(environment)].map(({ object }) => object));

describe.each([false, true])('kustomizations, with overlays: %s', (overlays) => {
  const files = filesFor({ targets: [{ name: 'kustomize', options: { overlays } }] });

  it.each(set.environments)('hold exactly the objects of %s', async (environment) => {
    expect(byId(objectsOf(await files, `kustomize/shop/${environment}`))).toEqual(synthesized(environment));
  });

  it('have a base only where objects are shared', async () => {
    const base = [...(await files).keys()].filter((path) => path.startsWith('kustomize/shop/base/'));
    expect(base.length > 1).toBe(overlays);
  });
});

const kubectl = ((): boolean => {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

(kubectl ? describe : describe.skip)('kubectl kustomize', () => {
  it('gives back exactly the synthesized objects', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'seaworthy-kustomize-'));
    try {
      for (const [path, text] of await filesFor({
        targets: [{ name: 'kustomize', options: { overlays: true } }],
      })) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const built = execFileSync('kubectl', ['kustomize', join(folder, 'kustomize/shop/production')], {
        encoding: 'utf8',
      });
      expect(byId([...ManifestSet.parse(built)].map(({ object }) => object))).toEqual(
        synthesized('production'),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
