import { isDeepStrictEqual } from 'node:util';
import type { SeaworthyError } from '../../errors';
import { setOwn, type PlainRecord } from '../data';
import { pathOf } from '../path';
import { Aliases } from './aliases';
import type { Dropped } from '../manifest';
import { fault, type Chunk, type Recorder } from './chunk';
import type { LineNumbers } from './lines';
import type { AliasNode, MappingNode, Node, ScalarNode, SequenceNode } from './nodes';
import { resolve, resolveKey, type Resolved } from './resolve';
import { MERGE_TAG, nameOfTag, resolveTagged } from './tags';

/** The keys of one map so far, and the offset of each. */
type Keys = Map<string, number>;

/** Interprets the nodes of one document as kubectl does: decode.go of go-yaml v2, then sigs.k8s.io/yaml. */
export class Reading {
  /** What stands in the document and is lost. */
  readonly dropped: Dropped[] = [];
  private readonly chunk: Chunk;
  private readonly lines: LineNumbers;
  private readonly record: Recorder | undefined;
  private readonly aliases: Aliases;
  /** The first value that JSON cannot hold. A key that stands again may still replace it. */
  private unsupported: SeaworthyError | undefined;
  /** The way from the document to the node that is read. */
  private readonly steps: (string | number)[] = [];

  constructor(chunk: Chunk, lines: LineNumbers, record: Recorder | undefined) {
    this.chunk = chunk;
    this.lines = lines;
    this.record = record;
    this.aliases = new Aliases((node, message, hint) => this.fault(node, message, hint));
  }

  /**
   * The value of a document.
   *
   * @throws SeaworthyError INVALID_YAML
   */
  document(root: Node): unknown {
    const value = this.value(root);
    if (this.unsupported !== undefined && holdsUnsupported(value)) throw this.unsupported;
    return value;
  }

  private value(node: Node): unknown {
    this.aliases.enter();
    switch (node.kind) {
      case 'alias':
        return this.aliases.follow(node, (target) => this.value(target));
      case 'mapping': {
        const record: PlainRecord = {};
        this.fill(record, node, new Map());
        return record;
      }
      case 'sequence':
        return this.list(node);
      case 'scalar':
        return this.finite(node);
    }
  }

  private list({ items }: SequenceNode): unknown[] {
    const values: unknown[] = [];
    for (const item of items) {
      this.record?.(values, values.length, item.offset);
      this.steps.push(values.length);
      values.push(this.value(item));
      this.steps.pop();
    }
    return values;
  }

  /**
   * Writes the entries of `map` into `record`. The entries of a merge key override those before it and are
   * overridden by those after it: kubectl fills the map in the order of the text.
   *
   * @param keys the keys that the text of this map, or of a map around a merge key, has had so far
   */
  private fill(record: PlainRecord, map: MappingNode, keys: Keys): void {
    for (const { key: keyNode, value: valueNode } of map.entries) {
      if (isMergeKey(keyNode)) {
        this.merge(record, valueNode, keys);
        continue;
      }
      const key = this.key(keyNode);
      if (key === NO_STRING) {
        this.value(valueNode);
        Object.defineProperty(record, NO_STRING, { value: true });
        continue;
      }
      const place = this.noteDuplicate(key, keyNode.offset, keys);
      this.record?.(record, key, keyNode.offset);
      this.steps.push(key);
      const value = this.value(valueNode);
      this.steps.pop();
      const duplicate = place === undefined ? undefined : this.dropped[place];
      if (place !== undefined && duplicate !== undefined && isDeepStrictEqual(record[key], value))
        this.dropped[place] = { ...duplicate, isSame: true };
      setOwn(record, key, value);
    }
  }

  /**
   * The place among what is lost of a key that stands again. A copy of what an alias repeats has the duplicates of the
   * original, which are reported there.
   */
  private noteDuplicate(key: string, offset: number, keys: Keys): number | undefined {
    const before = keys.get(key);
    keys.set(key, offset);
    if (before === undefined || this.aliases.areFollowed) return undefined;
    const lines = [this.lines.at(before), this.lines.at(offset)];
    return this.dropped.push({ what: 'duplicate-key', path: pathOf([...this.steps, key]), lines }) - 1;
  }

  private merge(record: PlainRecord, source: Node, keys: Keys): void {
    if (source.kind === 'sequence') {
      // The first map of the list wins, so it comes last.
      for (const item of source.items.toReversed()) this.mergeMap(record, item, keys);
    } else {
      this.mergeMap(record, source, keys);
    }
  }

  /** Merges a map. Keys that it overrides are lost: to YAML, a key of the map itself counts more. */
  private mergeMap(record: PlainRecord, source: Node, keys: Keys): void {
    const target = source.kind === 'alias' ? source.target : source;
    if (target.kind !== 'mapping')
      throw this.fault(
        source,
        'map merge requires map or sequence of maps as the value',
        'Quote the key "<<".',
      );
    this.aliases.enter();
    if (source.kind === 'alias')
      this.aliases.follow(source, () => this.mergeEntries(record, target, keys, true));
    else this.mergeEntries(record, target, keys, false);
  }

  private mergeEntries(record: PlainRecord, map: MappingNode, keys: Keys, isCopy: boolean): void {
    if (isCopy) this.aliases.enter();
    const own: Keys = new Map();
    this.fill(record, map, own);
    for (const [key, offset] of own) {
      const before = keys.get(key);
      if (before === undefined) continue;
      const lines = [this.lines.at(before), this.lines.at(offset)];
      this.dropped.push({ what: 'duplicate-key', path: pathOf([...this.steps, key]), lines });
    }
  }

  /** A key as a string, as JSON requires: kubectl reads `1`, `yes` and `1.50` so, but not null. */
  private key(node: Node): string | typeof NO_STRING {
    this.aliases.enter();
    if (node.kind === 'alias') return this.aliases.follow(node, (target) => this.key(target));
    if (node.kind !== 'scalar')
      throw this.fault(node, 'invalid map key: a key is a string', 'Quote text that starts with [ or {.');
    const key = node.tag === '' && node.isPlain ? resolveKey(node.text) : this.scalar(node);
    if (typeof key === 'string') return key;
    if (typeof key === 'boolean' || typeof key === 'bigint') return String(key);
    if (typeof key === 'number') {
      const resolved = resolveKey(node.text);
      if (resolved !== undefined) return resolved;
    }
    this.unsupported ??= this.fault(node, 'unsupported map key: a key is a string', 'Quote it.');
    return NO_STRING;
  }

  private scalar(node: ScalarNode): Resolved {
    const { text, tag } = node;
    this.aliases.enterText(text);
    if (tag === '') return node.isPlain ? resolve(text) : text;
    const value = resolveTagged(tag, text);
    if (value === undefined)
      throw this.fault(node, `cannot decode the value as !!${nameOfTag(tag)}`, 'Remove the tag.');
    return value;
  }

  private finite(node: ScalarNode): Resolved {
    const value = this.scalar(node);
    if (typeof value === 'number' && !Number.isFinite(value))
      this.unsupported ??= this.fault(
        node,
        'unsupported value: JSON has no infinity and no NaN',
        'Quote it.',
      );
    return value;
  }

  private fault(node: ScalarNode | AliasNode | Node, message: string, hint?: string): SeaworthyError {
    return fault(this.chunk, node.offset, message, hint);
  }
}

/** Stands in a map whose text has a key that is no string. */
const NO_STRING = Symbol('a key that is no string');

function holdsUnsupported(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return false;
  return NO_STRING in value || Object.values(value).some(holdsUnsupported);
}

function isMergeKey(key: Node): boolean {
  return key.kind === 'scalar' && key.text === '<<' && (key.isPlain || key.tag === MERGE_TAG);
}
