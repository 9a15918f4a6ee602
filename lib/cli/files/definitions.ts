import { push } from '../../kube/grouped';
import { definedKind } from '../../manifest/defined-kind';
import { groupOf, type Manifest } from '../../manifest/manifest';
import { isSame, type Unit } from './units';

/** Definitions in other units for the kinds of one. */
export interface ForeignDefinitions {
  /** One for each kind of which all are the same. */
  readonly definitions: readonly Manifest[];
  /** Those that differ: nobody knows which one the cluster has. */
  readonly contested: readonly Manifest[];
}

/** Finds the CustomResourceDefinitions for the kinds of a unit in others. */
export function definitionsFor(units: readonly Unit[]): (unit: Unit) => ForeignDefinitions {
  const byKind = new Map<string, Manifest[]>();
  for (const manifest of units.flatMap(({ manifests }) => manifests))
    if (manifest.id.kind === 'CustomResourceDefinition') push(byKind, definedKind(manifest), manifest);
  return ({ manifests }) => {
    const kinds = new Set(manifests.map(({ id: { apiVersion, kind } }) => `${groupOf(apiVersion)}/${kind}`));
    const own = new Set(manifests);
    const foreign = [...kinds]
      .map((kind) => byKind.get(kind) ?? [])
      .filter((all) => all.length > 0 && !all.some((each) => own.has(each)));
    const isOne = ([first, ...more]: readonly Manifest[]): boolean =>
      more.every((each) => isSame(first, each));
    return {
      definitions: foreign.filter(isOne).flatMap((all) => all.slice(0, 1)),
      contested: foreign.filter((all) => !isOne(all)).flat(),
    };
  };
}
