import type { LabelClass, PodMatcher } from '../pods/terms';

interface Known<T> {
  readonly found: T[];
  readonly lists: readonly { readonly items: readonly T[]; seen: number }[];
}

/** Finds what accepts some pods without asking all that select others, by the labels of the pods. */
export class LabelIndex<T> {
  readonly #byLabel = new Map<string, T[]>();
  readonly #known = new Map<LabelClass, Known<T>>();
  readonly #matcherOf: (item: T) => PodMatcher;

  constructor(matcherOf: (item: T) => PodMatcher) {
    this.#matcherOf = matcherOf;
  }

  add(item: T): void {
    this.#list(this.#matcherOf(item).label ?? '').push(item);
  }

  /** What accepts some pods, what was added since the last time as well. */
  accepting(pods: LabelClass): readonly T[] {
    const known = this.#known.get(pods) ?? this.#begin(pods);
    for (const list of known.lists)
      for (; list.seen < list.items.length; list.seen++) {
        const item = list.items[list.seen];
        if (item !== undefined && this.#matcherOf(item).accepts(pods)) known.found.push(item);
      }
    return known.found;
  }

  #begin(pods: LabelClass): Known<T> {
    const labels = Object.entries(pods.labels).map(([key, value]) => `${key}=${value}`);
    const known = {
      found: [],
      lists: ['', ...labels].map((label) => ({ items: this.#list(label), seen: 0 })),
    };
    this.#known.set(pods, known);
    return known;
  }

  #list(label: string): T[] {
    const known = this.#byLabel.get(label) ?? [];
    this.#byLabel.set(label, known);
    return known;
  }
}
