import { groupOf, type KubernetesRelease } from '../../../kube/schema';
import { listItems, readAt } from '../../../manifest/foreign';
import type { PlainRecord } from '../../../manifest/data';
import { readableCopy } from '../../../manifest/plain';
import { ManifestSet } from '../../../manifest/set';
import { definitionOf, type CustomDefinition } from './definition';
import { isDefinition } from './is-definition';

/** A source of CustomResourceDefinitions; other objects in it are ignored. */
export type DefinitionSource = ManifestSet | readonly unknown[];

/** The known custom kinds, by group and kind. Of two definitions of a kind, the first one wins. */
export class Definitions {
  readonly #byKind = new Map<string, PlainRecord>();
  readonly #kubernetes: KubernetesRelease;

  constructor(kubernetes: KubernetesRelease, ...sources: readonly DefinitionSource[]) {
    this.#kubernetes = kubernetes;
    for (const source of sources) {
      for (const object of objectsOf(source)) {
        if (!isDefinition(object)) continue;
        const definition = definitionOf(object, kubernetes);
        const key = `${definition.group}/${definition.kind}`;
        if (!this.#byKind.has(key)) this.#byKind.set(key, object);
      }
    }
  }

  find(apiVersion: string, kind: string): CustomDefinition | undefined {
    const object = this.#byKind.get(`${groupOf(apiVersion)}/${kind}`);
    return object && definitionOf(object, this.#kubernetes);
  }
}

function objectsOf(source: DefinitionSource): readonly unknown[] {
  return source instanceof ManifestSet ? source.manifests.map(({ object }) => object) : definitionsOf(source);
}

/** Copies of definitions, by the original: they are read in full, more than once, and later. */
const copies = new WeakMap<object, unknown>();

/** The definitions in a list of anything. What is no definition may be whatever it is. */
function definitionsOf(list: readonly unknown[]): unknown[] {
  return listItems(list, 'crds').flatMap(({ value, place }) => {
    if (!readAt(place, () => isDefinition(value))) return [];
    const original = value as object;
    if (!copies.has(original)) copies.set(original, readableCopy(original, place));
    return [copies.get(original)];
  });
}

const NONE: DefinitionSource = [];
const known = new Map<KubernetesRelease, WeakMap<DefinitionSource, Definitions>>();

/** The definitions in `source`, collected once: many objects are validated against one list. */
export function definitionsIn(source: DefinitionSource = NONE, kubernetes: KubernetesRelease): Definitions {
  let bySource = known.get(kubernetes);
  if (bySource === undefined) known.set(kubernetes, (bySource = new WeakMap()));
  let definitions = bySource.get(source);
  if (definitions === undefined) bySource.set(source, (definitions = new Definitions(kubernetes, source)));
  return definitions;
}
