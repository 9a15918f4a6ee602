import type * as Yaml from 'yaml';
import type { Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { SeaworthyError } from '../../errors';
import { setOwn, type PlainRecord } from '../data';
import { Aliases } from './aliases';
import { fault, type Chunk, type Recorder } from './chunk';
import { resolve, resolveKey, type Resolved } from './resolve';

const CORE_TAG = 'tag:yaml.org,2002:';

/** Interprets the nodes of one document as kubectl does. */
export class Reading {
  private readonly yaml: typeof Yaml;
  private readonly chunk: Chunk;
  private readonly aliases: Aliases;
  private readonly record: Recorder | undefined;

  constructor(yaml: typeof Yaml, chunk: Chunk, record: Recorder | undefined) {
    this.yaml = yaml;
    this.chunk = chunk;
    this.record = record;
    this.aliases = new Aliases((node, message, hint) => this.fault(node, message, hint));
  }

  value(node: Node | null): unknown {
    this.aliases.enter(node);
    if (node === null) return null;
    if (this.yaml.isAlias(node)) return this.aliases.follow(node, (target) => this.value(target));
    if (this.yaml.isMap(node)) return this.map(node);
    if (this.yaml.isSeq(node)) return this.list(node);
    const value = this.scalar(node);
    if (typeof value === 'bigint')
      throw this.fault(node, `a number cannot hold ${value} exactly`, 'Quote it.');
    if (typeof value === 'number' && !Number.isFinite(value))
      throw this.fault(node, 'JSON has no such number');
    return value;
  }

  private list(list: YAMLSeq): unknown[] {
    const values: unknown[] = [];
    for (const item of list.items as (Node | null)[]) {
      this.placed(values, values.length, item);
      values.push(this.value(item));
    }
    return values;
  }

  private map(map: YAMLMap): PlainRecord {
    const record: PlainRecord = {};
    this.fill(record, map, new Set());
    return record;
  }

  /**
   * Writes the entries of `map` into `record`. The entries of a merge key override those before it and are
   * overridden by those after it: kubectl fills the map in the order of the text.
   */
  private fill(record: PlainRecord, map: YAMLMap, explicit: Set<string>): void {
    for (const pair of map.items as Pair<Node, Node | null>[]) {
      if (this.isMergeKey(pair.key)) {
        this.merge(record, pair.value);
        continue;
      }
      const key = this.key(pair.key);
      if (explicit.has(key)) throw this.fault(pair.key, `the key '${key}' stands twice in one map`);
      explicit.add(key);
      this.placed(record, key, pair.key);
      setOwn(record, key, this.value(pair.value));
    }
  }

  private placed(container: object, key: string | number, node: Node | null): void {
    if (this.record !== undefined && node?.range != null) this.record(container, key, node.range[0]);
  }

  private merge(record: PlainRecord, source: Node | null): void {
    if (this.yaml.isSeq(source)) {
      // The first map of the list wins, so it comes last.
      for (const item of source.items.toReversed()) this.mergeMap(record, item as Node | null);
    } else {
      this.mergeMap(record, source);
    }
  }

  private mergeMap(record: PlainRecord, source: Node | null): void {
    this.aliases.enter(source);
    if (this.yaml.isAlias(source))
      return this.aliases.follow(source, (target) => this.mergeMap(record, target));
    if (!this.yaml.isMap(source)) throw this.fault(source, 'a merge key `<<` takes a map or a list of maps');
    this.fill(record, source, new Set());
  }

  private isMergeKey(key: Node | null): boolean {
    if (!this.yaml.isScalar(key) || key.value !== '<<') return false;
    return key.tag === undefined ? isBare(key) : key.tag === `${CORE_TAG}merge`;
  }

  /** A key as a string, as JSON requires: kubectl reads `1`, `yes` and `1.50` so. */
  private key(node: Node | null): string {
    this.aliases.enter(node);
    if (this.yaml.isAlias(node)) return this.aliases.follow(node, (target) => this.key(target));
    if (!this.yaml.isScalar(node)) throw this.fault(node, 'a key must be a string');
    const key = node.tag === undefined && isBare(node) ? resolveKey(String(node.value)) : this.scalar(node);
    if (typeof key !== 'string') throw this.fault(node, 'a key must be a string', 'Quote it.');
    return key;
  }

  private scalar(node: Scalar): Resolved {
    // The failsafe schema leaves every scalar as its text.
    const text = String(node.value);
    this.aliases.enterText(text);
    if (node.tag === undefined) return isBare(node) ? resolve(text) : text;
    switch (node.tag) {
      case `${CORE_TAG}binary`:
        return Buffer.from(text, 'base64').toString();
      case `${CORE_TAG}int`:
      case `${CORE_TAG}float`:
        return this.tagged(node, ['number', 'bigint'], resolve(text));
      case `${CORE_TAG}bool`:
        return this.tagged(node, ['boolean'], resolve(text));
      case `${CORE_TAG}null`:
        return this.tagged(node, ['object'], resolve(text));
      default:
        return text;
    }
  }

  private tagged(node: Scalar, types: readonly string[], value: Resolved): Resolved {
    if (types.includes(typeof value)) return value;
    throw this.fault(node, `'${String(node.value)}' is no ${node.tag?.slice(CORE_TAG.length) ?? ''}`);
  }

  private fault(node: Node | null, message: string, hint?: string): SeaworthyError {
    return fault(this.chunk, node?.range?.[0] ?? 0, message, hint);
  }
}

/** Whether a scalar is plain, so that its text alone decides its type: no quotes, no block. */
function isBare(scalar: Scalar): boolean {
  return scalar.type === undefined || scalar.type === 'PLAIN';
}
