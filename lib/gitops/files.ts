import { posix } from 'node:path';
import { applyOrder } from '../kube/kinds';
import type { Manifest } from '../manifest/manifest';
import { folderName } from '../output/file-name';
import { layout } from '../output/layout';
import type { Placement, PlacedDeployment } from './target';

/** Objects that others require, in the order of `synth`. */
const FOUNDATIONS: ReadonlySet<string> = new Set(['Namespace', 'CustomResourceDefinition']);

/** The folder of what is in no namespace. No namespace is called so. */
const NO_NAMESPACE = '_cluster';

/** A group of objects whose files begin alike. */
interface Group {
  readonly number: number | undefined;
  readonly namespace: string | undefined;
  readonly manifests: Manifest[];
}

/**
 * The files of a deployment, by their paths in its folder. A file holds the objects of a chart, or one object.
 *
 * @param isOrdered whether the names of files and folders sort in the order of application: those of Namespaces and
 * CustomResourceDefinitions begin with `00`, those of what depends on nothing with `01`. The numbers depend on nothing but the
 * declared dependencies, so that a new object renames no other file.
 */
export function filesOf(
  { manifests, environment }: PlacedDeployment,
  placement: Placement,
  isOrdered: boolean,
): ReadonlyMap<string, readonly Manifest[]> {
  const groups = new Map<string, Group>();
  for (const manifest of manifests) {
    const number = numberOf(manifest, placement, isOrdered);
    const namespace = placement.namespaceFolders === true ? namespaceFolder(manifest) : undefined;
    const key = JSON.stringify([number, namespace]);
    const group = groups.get(key) ?? { number, namespace, manifests: [] };
    groups.set(key, group);
    group.manifests.push(manifest);
  }
  const width = Math.max(2, ...[...groups.values()].map(({ number = 0 }) => String(number).length));
  const style = placement.onePerObject === true ? { layout: 'object' as const } : {};
  const files = new Map<string, readonly Manifest[]>();
  for (const { number, namespace, manifests: own } of groups.values()) {
    for (const [laid, inside] of layout(own, style)) {
      // The layout puts each environment into a folder, which is that of the deployment here.
      const path = environment === undefined ? laid : laid.slice(laid.indexOf('/') + 1);
      const named = isOrdered && placement.onePerObject === true ? ranked(path, inside) : path;
      const below = namespace === undefined ? named : `${namespace}/${named}`;
      files.set(number === undefined ? below : `${String(number).padStart(width, '0')}-${below}`, inside);
    }
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function numberOf(
  { id, stage = 0 }: Manifest,
  { crdsFirst }: Placement,
  isOrdered: boolean,
): number | undefined {
  if (isOrdered) return FOUNDATIONS.has(id.kind) ? 0 : stage + 1;
  return crdsFirst === true && id.kind === 'CustomResourceDefinition' ? 0 : undefined;
}

function namespaceFolder({ id }: Manifest): string {
  return id.namespace === undefined ? NO_NAMESPACE : folderName(id.namespace);
}

/** Within one step, kinds come in the order in which they can be created. */
function ranked(path: string, [only]: readonly Manifest[]): string {
  const rank = String(applyOrder(only?.id.kind ?? '')).padStart(2, '0');
  return posix.join(posix.dirname(path), `${rank}-${posix.basename(path)}`);
}
