import { isMap, isScalar, type Node, type Pair, type YAMLMap } from 'yaml';

/** A replacement of a part of a text. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A pair with a key that is a plain word. */
export interface Entry {
  readonly key: Node & { readonly value: string };
  readonly value: Node | null;
}

/**
 * Changes of a YAML text by what its nodes say of their places, so that comments, order and style of all the rest stay. The text
 * is changed when all are known.
 */
export class Edits {
  readonly #text: string;
  readonly #edits: Edit[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** Puts `text` in the place of a scalar, without its quotes. */
  replace(node: Node, text: string): void {
    const [start, end] = rangeOf(node);
    this.#edits.push({ start, end, text });
  }

  /** Puts the value of an entry below new keys: `a: 1` becomes `b:`, and in it `c: 1`. The first of several opens `outer`. */
  nest(entry: Entry, outer: string, inner: string, isFirst = true): void {
    const column = this.columnOf(entry);
    const head = isFirst ? `${outer}:\n${' '.repeat(column + 2)}` : '  ';
    this.replace(entry.key, `${head}${inner}`);
    // What stands on lines of its own goes along.
    const [start] = rangeOf(entry.key);
    const end = entry.value === null ? start : rangeOf(entry.value)[1];
    for (
      let at = this.#text.indexOf('\n', start);
      at >= 0 && at + 1 < end;
      at = this.#text.indexOf('\n', at + 1)
    )
      this.#edits.push({ start: at + 1, end: at + 1, text: '  ' });
  }

  /** Adds an entry before the others of a map that has some. */
  prepend(map: YAMLMap, text: string): void {
    const [first] = entriesOf(map);
    if (first === undefined) return;
    const [start] = rangeOf(first.key);
    const rest = map.flow === true ? ', ' : `\n${' '.repeat(this.columnOf(first))}`;
    this.#edits.push({ start, end: start, text: `${text}${rest}` });
  }

  /** A node as it is written. */
  source(node: Node): string {
    return this.#text.slice(...rangeOf(node));
  }

  /** The text with all changes. */
  applied(): string {
    // Of two changes of one place, the one made first stands first.
    const edits = this.#edits.map((edit, order) => ({ ...edit, order }));
    edits.sort((a, b) => b.start - a.start || b.order - a.order);
    let text = this.#text;
    for (const { start, end, text: instead } of edits)
      text = text.slice(0, start) + instead + text.slice(end);
    return text;
  }

  /** Where the key of an entry stands in its line, counted from 0. */
  columnOf({ key }: Entry): number {
    const [start] = rangeOf(key);
    return start - (this.#text.lastIndexOf('\n', start - 1) + 1);
  }
}

function rangeOf(node: Node): [start: number, end: number] {
  const [start = 0, end = start] = node.range ?? [];
  return [start, end];
}

const known = new WeakMap<YAMLMap, readonly Entry[]>();

/** The entries of a map whose keys are words; the same each time. */
export function entriesOf(map: unknown): readonly Entry[] {
  if (!isMap(map)) return [];
  const entries =
    known.get(map) ??
    (map.items as Pair<Node, Node | null>[]).flatMap(({ key, value }) =>
      isScalar(key) && typeof key.value === 'string' ? [{ key, value } as Entry] : [],
    );
  known.set(map, entries);
  return entries;
}

/** The entry of a map with a key. */
export function entry(map: unknown, key: string): Entry | undefined {
  return entriesOf(map).find((each) => each.key.value === key);
}

/** What stands at some keys, one below the other. */
export function at(map: unknown, ...keys: readonly string[]): Node | undefined {
  let node = map;
  for (const key of keys) node = entry(node, key)?.value ?? undefined;
  return node as Node | undefined;
}

/** The text of a scalar. */
export function textAt(map: unknown, ...keys: readonly string[]): string | undefined {
  const node = at(map, ...keys);
  return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
}
