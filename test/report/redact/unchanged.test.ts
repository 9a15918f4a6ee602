import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitDocuments } from '../../../lib/manifest/yaml/emit';
import { parseDocuments } from '../../../lib/manifest/yaml/parse';
import type { KubeObject } from '../../../lib/manifest/manifest';
import { ManifestSet } from '../../../lib/manifest/set';
import type { Change } from '../../../lib/plan/change';
import { plan } from '../../../lib/plan/plan';
import { redactChanges } from '../../../lib/report/redact/plan';

const PASSWORD = 'kW7#pq2Lz9-vX';

const SECRET: KubeObject = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'login', namespace: 'shop' },
  stringData: { password: PASSWORD },
};

const SHOP = join(__dirname, '..', '..', '..', 'dist', 'shop', 'production');

const objects: readonly KubeObject[] = [
  SECRET,
  ...readdirSync(SHOP, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => parseDocuments(readFileSync(join(SHOP, name), 'utf8')))
    .map(({ value }) => value as KubeObject),
];

/** `object` with an annotation that repeats the password of the Secret, which itself stays as it is. */
function repeating(object: KubeObject): KubeObject {
  const { metadata } = object;
  const annotations = { ...metadata.annotations, note: `see ${PASSWORD} there` };
  return { ...object, metadata: { ...metadata, annotations } };
}

type Known = NonNullable<Parameters<typeof parseDocuments>[1]>['known'];

function read(all: readonly KubeObject[], known: Known): ManifestSet {
  return ManifestSet.parse(emitDocuments(all), known === undefined ? {} : { known });
}

/**
 * What becomes of the objects, without the objects themselves.
 *
 * @param known texts that are read once for both sides, as a plan of files reads them. @default each side is read apart
 */
function changesOf(
  before: readonly KubeObject[],
  after: readonly KubeObject[],
  known?: Known,
): Omit<Change, 'before' | 'after'>[] {
  const { changes } = plan(read(before, known), read(after, known));
  const same = changes.filter((change) => change.before?.object === change.after?.object);
  expect(same.length > 0).toBe(known !== undefined);
  return redactChanges(changes).map(({ before: _, after: __, ...change }) => change);
}

describe('a plan whose objects stay the very same', () => {
  it('hides a secret of one of them that a change repeats', () => {
    const after = objects.map((object) => (object.kind === 'Deployment' ? repeating(object) : object));
    const shown = JSON.stringify(changesOf(objects, after, new Map()));
    expect(shown).toContain('see (hidden) there');
    expect(shown).not.toContain(PASSWORD);
  });

  it('says what it says where both sides were read apart', () => {
    const indexes = fc.uniqueArray(fc.nat(objects.length - 1), { maxLength: 5 });
    fc.assert(
      fc.property(indexes, indexes, indexes, (changed, gone, fresh) => {
        const before = objects.filter((_, index) => !fresh.includes(index));
        const after = objects.flatMap((object, index) =>
          gone.includes(index) ? [] : [changed.includes(index) ? repeating(object) : object],
        );
        expect(changesOf(before, after, new Map())).toEqual(changesOf(before, after));
      }),
      { numRuns: 4 },
    );
  });
});
