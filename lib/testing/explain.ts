import { isPlainRecord } from '../manifest/data';
import type { Manifest } from '../manifest/manifest';
import { formatId } from '../manifest/manifest';
import { emitYaml } from '../manifest/yaml/emit';
import { isSecretPlace } from '../check/secrets/place';
import { redactObjects, searchFor } from '../report/redact/objects';
import { redactText } from '../report/redact/text';
import { beginning, visible } from '../text';
import { own } from './match/compare';
import type { Miss } from './closest';
import type { Mismatch } from './match/look';
import { jsonText } from '../manifest/json-text';

/** The fields that identify an object for a reader. */
const ALWAYS = new Set(['apiVersion', 'kind', 'metadata', 'metadata.name']);

/** An object and where it was created: `Deployment shop/api, of shop/api at apps/shop.ts:42`. */
export function describeManifest({ id, origin }: Manifest): string {
  const construct = origin?.construct === undefined ? '' : `, of ${origin.construct}`;
  const source = origin?.source === undefined ? '' : ` at ${origin.source}`;
  return visible(`${formatId(id)}${construct}${source}`);
}

/**
 * The object with its mismatches marked, and what was expected; of the rest only the path to them. Secrets are hidden, and
 * what is expected instead of one is one too.
 *
 * @param manifests all that there are: one may repeat a secret of another
 */
export function markedObject({ manifest, mismatches }: Miss, manifests: readonly Manifest[]): string {
  const root = new Node();
  const search = searchFor(manifests);
  for (const { steps, expected } of mismatches) {
    const isSecret = isSecretPlace(manifest.object, steps);
    root.add({ steps, expected: isSecret ? 'another value' : search.hide(redactText(expected)) });
  }
  const [object = manifest.object] = redactObjects([manifest], search);
  return new Printer().record(object, root, '', '').join('\n');
}

/** The mismatches as a tree. */
class Node {
  readonly below = new Map<string | number, Node>();
  readonly expected: string[] = [];

  add({ steps, expected }: Mismatch): void {
    const node = steps.reduce<Node>((at, step) => {
      const next = at.below.get(step) ?? new Node();
      at.below.set(step, next);
      return next;
    }, this);
    node.expected.push(expected);
  }
}

const ELISION = '…';

class Printer {
  record(value: Readonly<Record<string, unknown>>, node: Node, path: string, indent: string): string[] {
    const lines: string[] = [];
    const absent = [...node.below.keys()].map(String).filter((key) => !Object.hasOwn(value, key));
    for (const key of [...Object.keys(value), ...absent]) {
      const at = path === '' ? key : `${path}.${key}`;
      const below = node.below.get(key);
      if (below !== undefined || ALWAYS.has(at))
        lines.push(...this.entry(key, own(value, key), below, at, indent));
      else if (lines.at(-1)?.trim() !== ELISION) lines.push(`  ${indent}${ELISION}`);
    }
    return lines;
  }

  private list(value: readonly unknown[], node: Node, path: string, indent: string): string[] {
    const lines: string[] = [];
    for (const [index, item] of value.entries()) {
      const below = node.below.get(index);
      if (below === undefined) {
        if (lines.at(-1)?.trim() !== ELISION) lines.push(`  ${indent}${ELISION}`);
        continue;
      }
      const [first = '', ...rest] = isPlainRecord(item)
        ? this.record(named(item), withName(below, item), path, `${indent}  `)
        : this.value(item, below, `${indent}  `);
      lines.push(...this.marks(below, item, `${indent}-`), dashed(first, indent), ...rest);
    }
    return lines;
  }

  private entry(key: string, value: unknown, node: Node | undefined, path: string, indent: string): string[] {
    const mark = node === undefined || node.expected.length === 0 ? '  ' : '> ';
    const remark = mark === '> ' ? `    ← expected ${node?.expected.join('; ') ?? ''}` : '';
    const head = `${mark}${indent}${visible(key)}:`;
    const deeper = `${indent}  `;
    if (value === undefined) return [`${head} (absent)${remark}`];
    if (node !== undefined && node.below.size > 0) {
      if (isPlainRecord(value)) return [`${head}${remark}`, ...this.record(value, node, path, deeper)];
      if (Array.isArray(value)) return [`${head}${remark}`, ...this.list(value, node, path, deeper)];
    }
    if (node === undefined && isPlainRecord(value))
      return [head, ...this.record(value, new Node(), path, deeper)];
    return [`${head} ${short(value)}${remark}`];
  }

  private value(value: unknown, node: Node, indent: string): string[] {
    return [`> ${indent}${short(value)}    ← expected ${node.expected.join('; ')}`];
  }

  /** The mismatch of an item as a whole is on a line above it. */
  private marks(node: Node, item: unknown, dash: string): string[] {
    if (!isPlainRecord(item) || node.expected.length === 0) return [];
    return [`> ${dash}    ← expected ${node.expected.join('; ')}`];
  }
}

/** The item with its name first. */
function named(item: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return 'name' in item ? { name: item['name'], ...item } : item;
}

/** The name of an item is always shown. */
function withName(node: Node, item: Readonly<Record<string, unknown>>): Node {
  if (!('name' in item) || node.below.has('name')) return node;
  const copy = new Node();
  copy.expected.push(...node.expected);
  copy.below.set('name', new Node());
  for (const [step, below] of node.below) copy.below.set(step, below);
  return copy;
}

function dashed(line: string, indent: string): string {
  const at = 2 + indent.length;
  return `${line.slice(0, at)}- ${line.slice(at + 2)}`;
}

const LONGEST = 80;

/** A value in one line of YAML's flow style. */
function short(value: unknown): string {
  const text = typeof value === 'object' ? jsonText(value) : emitYaml(value).trimEnd().split('\n').join('⏎');
  return visible(text.length > LONGEST ? `${beginning(text, LONGEST - 1)}…` : text);
}
