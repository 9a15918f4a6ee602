import { isDefinition } from '../../apiserver/admission/custom/is-definition';
import type { ReferenceGraph } from '../../graph/reference';
import { references } from '../../graph/references';
import { groupOf, identityKey, type KubeObject, type Manifest } from '../../manifest/manifest';
import type { ManifestSet } from '../../manifest/set';
import type { Change } from '../../plan/change';
import { textAt } from '../fields';

/** What objects of a set stand on that comes with the set, so that a server cannot judge them before. */
export class Foundations {
  readonly #live: ReadonlyMap<string, KubeObject>;
  readonly #graph: ReferenceGraph;
  /** Namespaces that come with the set, by name. */
  readonly #namespaces: ReadonlySet<string>;
  /** Kinds whose definitions come with the set, or change with it, as `group/kind`. */
  readonly #kinds: ReadonlySet<string>;

  constructor(set: ManifestSet, live: ReadonlyMap<string, KubeObject>, changes: readonly Change[]) {
    this.#live = live;
    this.#graph = references(set);
    const coming = changes.filter(({ after, effect }) => after !== undefined && effect !== 'none');
    this.#namespaces = new Set(
      coming
        .filter(({ id, effect }) => id.apiVersion === 'v1' && id.kind === 'Namespace' && effect === 'created')
        .map(({ id }) => id.name),
    );
    this.#kinds = new Set(
      coming
        .filter(({ after }) => isDefinition(after?.object))
        .map(({ after }) => definedKind(after?.object)),
    );
  }

  /** Whether an object has no place yet: its namespace or its kind comes with the set. */
  areMissing({ id }: Manifest): boolean {
    const isHomeless = id.namespace !== undefined && this.#namespaces.has(id.namespace);
    return isHomeless || this.#kinds.has(`${groupOf(id.apiVersion)}/${id.kind}`);
  }

  /** Whether an object names one that comes with the set. */
  areIncomplete(manifest: Manifest): boolean {
    return this.#graph
      .from(manifest)
      .some(
        (reference) =>
          reference.type === 'names' &&
          reference.found !== undefined &&
          !this.#live.has(identityKey(reference.found.id)),
      );
  }
}

function definedKind(definition: unknown): string {
  return `${textAt(definition, 'spec', 'group')}/${textAt(definition, 'spec', 'names', 'kind')}`;
}
