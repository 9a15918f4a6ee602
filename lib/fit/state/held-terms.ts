import type { AffinityTerm, LabelClass } from '../pods/terms';
import type { PodShape } from '../pods/shape';
import { LabelIndex } from './label-index';
import type { DomainCounts } from './pod-counter';

/** What a term of a running pod means for one that comes. */
export type Hold = 'required' | 'requiredAnti' | 'preferred' | 'preferredAnti';

/** A term that running pods have, with where they run. */
export interface HeldTerm {
  readonly hold: Hold;
  readonly term: AffinityTerm;
  readonly where: DomainCounts;
}

const HOLDS = ['required', 'requiredAnti', 'preferred', 'preferredAnti'] as const;

/** The affinity of running pods to those that come: each term once, however many pods have it. */
export class HeldTerms {
  readonly #byKey = new Map<string, HeldTerm>();
  readonly #all = new LabelIndex<HeldTerm>(({ term }) => term);
  readonly #ofShape = new Map<PodShape, readonly HeldTerm[]>();
  readonly #counts: (topologyKey: string) => DomainCounts;

  constructor(counts: (topologyKey: string) => DomainCounts) {
    this.#counts = counts;
  }

  /** The terms that the pods of a shape hold. */
  of(shape: PodShape): readonly HeldTerm[] {
    const known = this.#ofShape.get(shape);
    if (known !== undefined) return known;
    const terms = HOLDS.flatMap((hold) => shape.affinity[hold].map((term) => this.#held(hold, term)));
    this.#ofShape.set(shape, terms);
    return terms;
  }

  /** The terms of running pods that are about some pods. */
  accepting(pods: LabelClass): readonly HeldTerm[] {
    return this.#all.accepting(pods);
  }

  #held(hold: Hold, term: AffinityTerm): HeldTerm {
    const key = `${hold} ${term.weight} ${term.topologyKey} ${term.key}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const held = { hold, term, where: this.#counts(term.topologyKey) };
    this.#byKey.set(key, held);
    this.#all.add(held);
    return held;
  }
}
