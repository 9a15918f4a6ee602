import { matches, type LabelSelector, type Labels } from '../kube/labels';

/** Something with labels in a namespace. */
export interface Labelled {
  readonly namespace: string;
  readonly labels: Labels;
  /** Labels that a controller adds, whose values are known only by what they look like. */
  readonly added?: Readonly<Record<string, RegExp>>;
}

/**
 * Finds objects by their labels without comparing all of them: it starts from the rarest label of the selector.
 */
export class LabelIndex<T extends Labelled> {
  readonly #byPair = new Map<string, T[]>();
  readonly #byNamespace = new Map<string, T[]>();
  readonly #positions = new Map<T, number>();
  /** Keys of which the index does not have all values. */
  readonly #added = new Set<string>();

  constructor(things: Iterable<T>) {
    for (const thing of things) {
      this.#positions.set(thing, this.#positions.size);
      for (const key of Object.keys(thing.added ?? {})) this.#added.add(key);
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
      this.#candidates(selector, namespace).filter((thing) => selects(selector, thing)),
    );
    const position = (thing: T): number => this.#positions.get(thing) ?? 0;
    return found.sort((a, b) => position(a) - position(b));
  }

  #candidates(selector: LabelSelector, namespace: string): readonly T[] {
    let best = this.in(namespace);
    for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
      if (this.#added.has(key)) continue;
      const these = this.#byPair.get(pair(namespace, key, value)) ?? [];
      if (these.length < best.length) best = these;
    }
    return best;
  }
}

/**
 * Whether a selector selects a thing by its labels and those that its controller adds. Of pods that differ in an added
 * label, as those of a StatefulSet do in their index, it is enough that one may have what the selector asks for. Nothing
 * selects without a selector.
 */
export function selects(selector: LabelSelector | undefined, thing: Labelled): boolean {
  return selector !== undefined && matches(selector, labelsFor(thing, selector));
}

/** The labels of `thing`, with values of those added that suit the selector, if there are such. */
function labelsFor({ labels, added }: Labelled, selector: LabelSelector): Labels {
  if (added === undefined) return labels;
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const asked = new Set([...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)]);
  const values = Object.entries(added)
    .filter(([key]) => asked.has(key))
    .map(([key, pattern]) => [key, valuesFor(key, selector).find((value) => pattern.test(value)) ?? '']);
  return values.length === 0 ? labels : { ...labels, ...(Object.fromEntries(values) as Labels) };
}

/** The values that a selector allows for the label `key`. */
function valuesFor(key: string, { matchLabels = {}, matchExpressions = [] }: LabelSelector): string[] {
  const listed = matchExpressions.filter(
    (requirement) => requirement.key === key && requirement.operator === 'In',
  );
  const value = Object.hasOwn(matchLabels, key) ? matchLabels[key] : undefined;
  return [...(value === undefined ? [] : [value]), ...listed.flatMap(({ values = [] }) => values)];
}

function pair(namespace: string, key: string, value: unknown): string {
  return `${namespace}\n${key}\n${String(value)}`;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
