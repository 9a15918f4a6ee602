import { matches, type LabelSelector, type Labels } from '../kube/labels';

/** Something with labels in a namespace. */
export interface Labelled {
  readonly namespace: string;
  readonly labels: Labels;
  /** Labels that a controller adds, whose values are known only as a pattern. */
  readonly added?: Readonly<Record<string, RegExp>>;
}

/**
 * Finds things by their labels without looking at all of them: the rarest pair of a selector says where to look.
 */
export class LabelIndex<T extends Labelled> {
  readonly #byPair = new Map<string, T[]>();
  readonly #byNamespace = new Map<string, T[]>();
  readonly #places = new Map<T, number>();

  constructor(things: Iterable<T>) {
    for (const thing of things) {
      this.#places.set(thing, this.#places.size);
      push(this.#byNamespace, thing.namespace, thing);
      for (const [key, value] of Object.entries(thing.labels)) {
        push(this.#byPair, pair(thing.namespace, key, value), thing);
      }
    }
  }

  /** Everything in a namespace. */
  in(namespace: string): readonly T[] {
    return this.#byNamespace.get(namespace) ?? [];
  }

  /** What `selector` selects in `namespaces`, or anywhere, in the order of the set. */
  select(selector: LabelSelector, namespaces: readonly string[] | undefined): T[] {
    const found = (namespaces ?? [...this.#byNamespace.keys()]).flatMap((namespace) =>
      this.#candidates(selector, namespace).filter((thing) => matches(selector, labelsFor(thing, selector))),
    );
    const place = (thing: T): number => this.#places.get(thing) ?? 0;
    return found.sort((a, b) => place(a) - place(b));
  }

  #candidates(selector: LabelSelector, namespace: string): readonly T[] {
    let best = this.in(namespace);
    for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
      if (ADDED.has(key)) continue;
      const these = this.#byPair.get(pair(namespace, key, value)) ?? [];
      if (these.length < best.length) best = these;
    }
    return best;
  }
}

/** Labels that controllers give their pods beside those of the template. */
export const ADDED: ReadonlySet<string> = new Set([
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/job-name',
  'batch.kubernetes.io/job-completion-index',
  'job-name',
]);

/** The labels of `thing`, with those added ones that the selector asks for and that it can have. */
function labelsFor(thing: Labelled, selector: LabelSelector): Labels {
  if (thing.added === undefined) return thing.labels;
  const labels: Record<string, string> = { ...thing.labels };
  for (const [key, pattern] of Object.entries(thing.added)) {
    const asked = selector.matchLabels?.[key];
    const values = selector.matchExpressions?.find((requirement) => requirement.key === key)?.values ?? [];
    const value = [...(asked === undefined ? [] : [asked]), ...values].find((each) => pattern.test(each));
    labels[key] = value ?? '';
  }
  return labels;
}

function pair(namespace: string, key: string, value: unknown): string {
  return `${namespace}\n${key}\n${String(value)}`;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
