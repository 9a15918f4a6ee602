import { PodSet } from './pod-set';
import type { Pods } from './pods';

/** A larger selection is kept as a set, which takes more room than a short list. */
const FEW = 64;

/** Selections of pods as sets of their places: each is made once, however many rules have it. */
export class SelectionSets {
  readonly #places: ReadonlyMap<Pods, number>;
  readonly #sets = new Map<readonly Pods[], PodSet>();

  constructor(places: ReadonlyMap<Pods, number>) {
    this.#places = places;
  }

  /** All pods of some selections, in a set that may belong to others too. */
  union(selections: ReadonlySet<readonly Pods[]>): PodSet {
    const [first] = selections;
    if (first !== undefined && selections.size === 1) return this.#setOf(first);
    const found = new PodSet(this.#places.size);
    for (const selection of selections) this.addTo(found, selection);
    return found;
  }

  addTo(found: PodSet, selection: readonly Pods[]): void {
    if (selection.length > FEW) found.join(this.#setOf(selection));
    else this.#addEach(found, selection);
  }

  #setOf(selection: readonly Pods[]): PodSet {
    const known = this.#sets.get(selection);
    if (known !== undefined) return known;
    const set = new PodSet(this.#places.size);
    this.#addEach(set, selection);
    this.#sets.set(selection, set);
    return set;
  }

  #addEach(found: PodSet, selection: readonly Pods[]): void {
    for (const pods of selection) {
      const place = this.#places.get(pods);
      if (place !== undefined) found.add(place);
    }
  }
}

/** The pods of some selections, joined when they are asked for. */
export class Callers {
  readonly #sets: SelectionSets;
  readonly #selections = new Set<readonly Pods[]>();
  #size = 0;
  #set: PodSet | undefined;

  constructor(sets: SelectionSets) {
    this.#sets = sets;
  }

  add(selection: readonly Pods[]): void {
    if (this.#selections.has(selection)) return;
    this.#selections.add(selection);
    this.#size += selection.length;
    this.#set = undefined;
  }

  has(place: number): boolean {
    this.#set ??= this.#sets.union(this.#selections);
    return this.#set.has(place);
  }

  addTo(found: PodSet): void {
    if (this.#size > FEW) {
      this.#set ??= this.#sets.union(this.#selections);
      return found.join(this.#set);
    }
    for (const selection of this.#selections) this.#sets.addTo(found, selection);
  }
}
