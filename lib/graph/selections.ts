import { grouped, push } from '../kube/grouped';
import type { Manifest } from '../manifest/manifest';
import type { Pods } from './pods';

/** Something that selects pods. */
export interface Selector {
  /** A list that everything with the same selector shares, as `LabelIndex.select` gives it. */
  readonly pods: readonly Pods[];
}

/**
 * What selects each of the pods. Where much selects the same pods, a list for each of them would grow with the square: so
 * all that shares a selection is one list, which pods share as well.
 */
export class Selections<T extends Selector> {
  readonly #lists = new Map<Pods, (readonly T[])[]>();

  constructor(things: readonly T[]) {
    for (const [selected, same] of grouped(things, ({ pods }) => pods))
      for (const pods of selected) push(this.#lists, pods, same);
  }

  /** Whether anything selects `pods`. */
  has(pods: Pods): boolean {
    return this.#lists.has(pods);
  }

  /** What selects `pods`: a list for each selection, never empty and in the order of the set. */
  of(pods: Pods): readonly (readonly T[])[] {
    return this.#lists.get(pods) ?? [];
  }
}

const makers = new WeakMap<readonly { readonly manifest: Manifest }[], readonly Manifest[]>();

/** The objects that make some pods, or are some Services: the same list for the same selection. */
export function makersOf(selection: readonly { readonly manifest: Manifest }[]): readonly Manifest[] {
  const known = makers.get(selection);
  if (known !== undefined) return known;
  const found = [...new Set(selection.map(({ manifest }) => manifest))];
  makers.set(selection, found);
  return found;
}
