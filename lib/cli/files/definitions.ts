import { push } from '../../kube/grouped';
import { isPlainRecord } from '../../manifest/data';
import { groupOf, type Manifest } from '../../manifest/manifest';
import { isSame, type Unit } from './units';

/**
 * Finds the CustomResourceDefinitions for the kinds of a unit in others. Where they differ, nobody knows which one the
 * cluster has, and there is none.
 */
export function definitionsFor(units: readonly Unit[]): (unit: Unit) => readonly Manifest[] {
  const byKind = new Map<string, Manifest[]>();
  for (const manifest of units.flatMap(({ manifests }) => manifests))
    if (manifest.id.kind === 'CustomResourceDefinition') push(byKind, definedBy(manifest), manifest);
  return ({ manifests }) => {
    const kinds = new Set(manifests.map(({ id: { apiVersion, kind } }) => `${groupOf(apiVersion)}/${kind}`));
    const own = new Set(manifests);
    return [...kinds].flatMap((kind) => {
      const [first, ...more] = byKind.get(kind) ?? [];
      const isOne = first !== undefined && !own.has(first) && more.every((each) => isSame(first, each));
      return isOne ? [first] : [];
    });
  };
}

/** The group and kind that a definition defines. */
function definedBy({ object }: Manifest): string {
  const spec = isPlainRecord(object['spec']) ? object['spec'] : {};
  const names = isPlainRecord(spec['names']) ? spec['names'] : {};
  return `${String(spec['group'])}/${String(names['kind'])}`;
}
