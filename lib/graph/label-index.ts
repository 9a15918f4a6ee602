import { push } from '../kube/grouped';
import { matches, type LabelSelector, type Labels } from '../kube/labels';
import { jsonText } from '../manifest/json-text';

/** Something with labels in a namespace. */
export interface Labelled {
  readonly namespace: string;
  readonly labels: Labels;
  /** Labels that a controller adds, whose values are known only by what they look like. */
  readonly added?: Readonly<Record<string, RegExp>>;
}

/**
 * Finds objects by their labels without comparing all of them: it starts from the rarest label of the selector. What one
 * selector selects is found once: whoever asks again gets the same list, so that lists can be told apart by identity.
 */
export class LabelIndex<T extends Labelled> {
  readonly #everywhere = new Postings<T>();
  readonly #byNamespace = new Map<string, Postings<T>>();
  readonly #positions = new Map<T, number>();
  /** Keys of which the index does not have all values. */
  readonly #added = new Set<string>();
  readonly #selected = new Map<string, readonly T[]>();
  readonly #places = new WeakMap<readonly string[], Place>();
  #lists = 0;

  constructor(things: Iterable<T>) {
    for (const thing of things) {
      this.#positions.set(thing, this.#positions.size);
      for (const key of Object.keys(thing.added ?? {})) this.#added.add(key);
      const here = this.#byNamespace.get(thing.namespace) ?? new Postings<T>();
      this.#byNamespace.set(thing.namespace, here);
      here.add(thing);
      this.#everywhere.add(thing);
    }
  }

  /** Everything in a namespace. */
  in(namespace: string): readonly T[] {
    return this.#byNamespace.get(namespace)?.all ?? [];
  }

  /** What `selector` selects in `namespaces`, or anywhere, in the order of the set. */
  select(selector: LabelSelector, namespaces: readonly string[] | undefined): readonly T[] {
    const key = `${this.#placeKey(namespaces)}\n${keyOf(selector)}`;
    const known = this.#selected.get(key);
    if (known !== undefined) return known;
    const found = this.#candidates(selector, namespaces).filter((thing) => selects(selector, thing));
    this.#selected.set(key, found);
    return found;
  }

  #candidates(selector: LabelSelector, namespaces: readonly string[] | undefined): readonly T[] {
    if (namespaces === undefined) return this.#rarest(selector, this.#everywhere);
    const [only, ...others] = namespaces;
    if (only === undefined) return [];
    if (others.length === 0) return this.#rarest(selector, this.#byNamespace.get(only));
    const anywhere = this.#rarest(selector, this.#everywhere);
    const { names } = this.#placeOf(namespaces);
    if (anywhere.length <= names.size) return anywhere.filter(({ namespace }) => names.has(namespace));
    return this.#inOrder([...names].flatMap((name) => this.#rarest(selector, this.#byNamespace.get(name))));
  }

  /** The shortest list that has all that a selector can select. */
  #rarest({ matchLabels = {}, matchExpressions = [] }: LabelSelector, all?: Postings<T>): readonly T[] {
    if (all === undefined) return [];
    let best: readonly T[] = all.all;
    for (const [key, value] of Object.entries(matchLabels)) {
      if (this.#added.has(key)) continue;
      const these = all.with(key, value);
      if (these.length < best.length) best = these;
    }
    for (const { key, operator, values = [] } of matchExpressions) {
      if (this.#added.has(key)) continue;
      const lists =
        operator === 'In'
          ? [...new Set(values)].map((value) => all.with(key, value))
          : operator === 'Exists'
            ? [all.having(key)]
            : [best];
      const size = lists.reduce((sum, { length }) => sum + length, 0);
      if (size < best.length) best = lists.length === 1 ? (lists[0] ?? []) : this.#inOrder(lists.flat());
    }
    return best;
  }

  #inOrder(things: T[]): T[] {
    const position = (thing: T): number => this.#positions.get(thing) ?? 0;
    return things.sort((a, b) => position(a) - position(b));
  }

  /** A key for some namespaces. Of a long list, whoever asks has the same one, so that its identity is enough. */
  #placeKey(namespaces: readonly string[] | undefined): string {
    if (namespaces === undefined) return '*';
    const [only = ''] = namespaces;
    // Most look in one namespace, whose name has no character of JSON.
    if (namespaces.length === 1 && NAME.test(only)) return only;
    return namespaces.length <= SHORT ? JSON.stringify(namespaces) : String(this.#placeOf(namespaces).id);
  }

  #placeOf(namespaces: readonly string[]): Place {
    const known = this.#places.get(namespaces);
    if (known !== undefined) return known;
    const place = { id: this.#lists++, names: new Set(namespaces) };
    this.#places.set(namespaces, place);
    return place;
  }
}

const NAME = /^[-a-z0-9]+$/;

const keys = new WeakMap<LabelSelector, string>();

/** A selector as text. Rules ask for the same selector one after the other, and it is plain data that nobody changes. */
function keyOf(selector: LabelSelector): string {
  let key = keys.get(selector);
  if (key === undefined) keys.set(selector, (key = jsonText(selector)));
  return key;
}

/** Lists of at most so many namespaces are compared by what is in them. */
const SHORT = 16;

interface Place {
  readonly id: number;
  readonly names: ReadonlySet<string>;
}

/** Things by their labels. */
class Postings<T extends Labelled> {
  readonly all: T[] = [];
  readonly #byPair = new Map<string, T[]>();
  readonly #byKey = new Map<string, T[]>();

  add(thing: T): void {
    this.all.push(thing);
    for (const [key, value] of Object.entries(thing.labels)) {
      push(this.#byKey, key, thing);
      push(this.#byPair, pair(key, value), thing);
    }
  }

  with(key: string, value: unknown): readonly T[] {
    return this.#byPair.get(pair(key, value)) ?? [];
  }

  having(key: string): readonly T[] {
    return this.#byKey.get(key) ?? [];
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

function pair(key: string, value: unknown): string {
  return `${key}\n${String(value)}`;
}
