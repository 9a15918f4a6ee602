import { SeaworthyError } from '../../../errors';
import { groupOf, type KubernetesRelease } from '../../../kube/schema';
import { describeThrown } from '../../../manifest/data';
import { ManifestSet } from '../../../manifest/set';
import { definitionOf, isDefinition, type CustomDefinition } from './definition';

/** A source of CustomResourceDefinitions; other objects in it are ignored. */
export type DefinitionSource = ManifestSet | readonly unknown[];

/**
 * The known custom kinds, by group and kind. Of two definitions of a kind, the first one wins.
 *
 * @throws SeaworthyError RENDER_FAILED for an object that cannot be read
 */
export class Definitions {
  readonly #byKind = new Map<string, CustomDefinition>();

  constructor(kubernetes: KubernetesRelease, ...sources: readonly DefinitionSource[]) {
    for (const source of sources) {
      for (const [index, object] of objectsOf(source).entries()) {
        const definition = readable(object, index, kubernetes);
        if (definition === undefined) continue;
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

/** The definition in `object`, if it is one. */
function readable(
  object: unknown,
  index: number,
  kubernetes: KubernetesRelease,
): CustomDefinition | undefined {
  try {
    return isDefinition(object) ? definitionOf(object, kubernetes) : undefined;
  } catch (error) {
    // Only the object itself can throw here: getters and proxies.
    const message = `cannot be read: ${describeThrown(error)}`;
    throw new SeaworthyError({ code: 'RENDER_FAILED', place: `crds[${index}]`, message, hint: UNREADABLE });
  }
}

const UNREADABLE = 'Pass values, not code that fails.';

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
