import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blastRadius } from '../../lib/draw/blast';
import { draw } from '../../lib/draw/draw';
import type { Drawing } from '../../lib/draw/drawing';
import { neighbourhood, only } from '../../lib/draw/neighbourhood';
import { ManifestSet } from '../../lib/manifest/set';
import { plan } from '../../lib/plan/plan';
import { fenced } from '../../lib/report/escape/markdown';
import { mermaid } from '../../lib/report/graph/mermaid';
import { svg } from '../../lib/report/graph/svg';

const ROOT = join(__dirname, '..', '..');
const STORE = join(ROOT, 'dist/pet-store/production');
const EXAMPLES = join(ROOT, 'examples/plan');

/** What is around one workload of apps/pet-store. */
export function aroundPicture(): string {
  const store = petStore();
  const centre = store.nodes.find(({ kind, name }) => kind === 'Deployment' && name === 'makeline-service');
  return block(neighbourhood(store, [centre?.id ?? ''], 1));
}

/** Who may call whom in apps/pet-store. */
export function connectionsPicture(): string {
  const store = petStore();
  const edges = store.edges.filter(({ relation }) => relation === 'connects');
  const ends = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return block({ ...only(store, ends), edges });
}

/** The change that README shows, for a file. */
export function changePicture(): string {
  const [before, after] = ['before', 'after'].map((side) =>
    ManifestSet.parse(readFileSync(join(EXAMPLES, 'rename', `${side}.yaml`), 'utf8')),
  ) as [ManifestSet, ManifestSet];
  const [cluster] = plan(before, after).clusters;
  if (cluster === undefined) throw new Error('examples/plan/rename has no objects');
  return svg(blastRadius(cluster));
}

function petStore(): Drawing {
  const files = readdirSync(STORE).filter((name) => name.endsWith('.yaml'));
  const texts = files.sort().map((name) => readFileSync(join(STORE, name), 'utf8'));
  const [drawing] = draw(ManifestSet.from(texts.flatMap((text) => ManifestSet.parse(text).manifests)));
  if (drawing === undefined) throw new Error('dist/pet-store has no objects');
  return drawing;
}

function block(drawing: Drawing): string {
  const { left: _, ...shown } = drawing;
  return fenced(mermaid(shown).trimEnd(), 'mermaid');
}
