import { groupOf, type KubernetesRelease } from '../../../kube/schema';
import { ManifestSet } from '../../../manifest/set';
import { definitionOf, isDefinition, type CustomDefinition } from './definition';

/** Where CustomResourceDefinitions are to be found: other objects among them do no harm. */
export type DefinitionSource = ManifestSet | readonly unknown[];

/** The custom kinds that are known, by group and kind. Of two definitions of a kind, the first counts. */
export class Definitions {
  readonly #byKind = new Map<string, CustomDefinition>();

  constructor(kubernetes: KubernetesRelease, ...sources: readonly DefinitionSource[]) {
    for (const source of sources) {
      for (const object of objectsOf(source)) {
        if (!isDefinition(object)) continue;
        const definition = definitionOf(object, kubernetes);
        const key = `${definition.group}/${definition.kind}`;
        if (!this.#byKind.has(key)) this.#byKind.set(key, definition);
      }
    }
  }

  find(apiVersion: string, kind: string): CustomDefinition | undefined {
    return this.#byKind.get(`${groupOf(apiVersion)}/${kind}`);
  }
}

function objectsOf(source: DefinitionSource): readonly unknown[] {
  return source instanceof ManifestSet ? source.manifests.map(({ object }) => object) : source;
}

const NONE: DefinitionSource = [];
const known = new Map<KubernetesRelease, WeakMap<DefinitionSource, Definitions>>();

/** The definitions in `source`, looked for once: many objects are judged by one list. */
export function definitionsIn(source: DefinitionSource = NONE, kubernetes: KubernetesRelease): Definitions {
  let bySource = known.get(kubernetes);
  if (bySource === undefined) known.set(kubernetes, (bySource = new WeakMap()));
  let definitions = bySource.get(source);
  if (definitions === undefined) bySource.set(source, (definitions = new Definitions(kubernetes, source)));
  return definitions;
}
