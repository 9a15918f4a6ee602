import { isMap, isScalar, isSeq, LineCounter, parseDocument, type ParsedNode } from 'yaml';
import type { Finding } from '../../check/finding';
import { parseSource } from '../../report/source';
import type { Reader } from '../files/sources';

/** A document of a file, and how to tell its lines. */
interface Parsed {
  readonly root: ParsedNode | null;
  readonly lineOf: (offset: number) => number;
}

/** Finds the lines that findings are about in the files that manifests were read from. */
export class Pinpoint {
  private readonly lines: Reader;
  private readonly documents = new Map<string, Parsed | undefined>();

  constructor(lines: Reader) {
    this.lines = lines;
  }

  /** `finding` at the line of its field, or of what comes nearest to it, where it only had that of its object. */
  at(finding: Finding): Finding {
    const source = parseSource(finding.origin?.source);
    const document = source && this.document(source.file, source.line);
    if (source === undefined || document === undefined) return finding;
    const line = document.lineOf(offsetOf(objectIn(document.root, finding), finding.path) ?? 0);
    return { ...finding, origin: { ...finding.origin, source: `${source.file}:${line}` } };
  }

  /** The document whose content begins on `line`. Only documents with findings are parsed, and each once. */
  private document(file: string, line: number): Parsed | undefined {
    const key = `${file}:${line}`;
    if (!this.documents.has(key)) this.documents.set(key, parse(this.lines(file) ?? [], line));
    return this.documents.get(key);
  }
}

function parse(lines: readonly string[], line: number): Parsed | undefined {
  if (lines[line - 1] === undefined) return undefined;
  let end = line;
  while (end < lines.length && !/^(?:---|\.\.\.)(?:\s|$)/.test(lines[end] ?? '')) end++;
  const counter = new LineCounter();
  const text = lines.slice(line - 1, end).join('\n');
  const { contents } = parseDocument(text, { lineCounter: counter, uniqueKeys: false, logLevel: 'silent' });
  return { root: contents, lineOf: (offset) => line - 1 + counter.linePos(offset).line };
}

/** The object that a finding is about: the document itself, or one of its items where it is a list. */
function objectIn(root: ParsedNode | null, { id }: Finding): ParsedNode | null {
  const items = isMap(root) ? root.get('items', true) : undefined;
  if (!isMap(root) || !isSeq(items) || !/List$/.test(String(root.get('kind')))) return root;
  const found = items.items.find(
    (item) => isMap(item) && item.get('kind') === id.kind && item.getIn(['metadata', 'name']) === id.name,
  );
  return (found as ParsedNode | undefined) ?? root;
}

/** Where the field at `path` begins, or the innermost part of it that there is. */
function offsetOf(node: ParsedNode | null, path: string): number | undefined {
  let offset = node?.range[0];
  let here: unknown = node;
  let rest = path;
  while (rest !== '') {
    const step = isMap(here) ? keyAt(here, rest) : isSeq(here) ? itemAt(here, rest) : undefined;
    if (step === undefined) break;
    offset = step.offset ?? offset;
    here = step.value;
    rest = step.rest;
  }
  return offset;
}

interface Step {
  readonly offset: number | undefined;
  readonly value: unknown;
  readonly rest: string;
}

/** The entry of `map` that `path` begins with: `key`, `.key` or `[any key]`; of two, the one with the longer key. */
function keyAt(
  map: { readonly items: readonly { readonly key: unknown; readonly value: unknown }[] },
  path: string,
): Step | undefined {
  let found: (Step & { readonly length: number }) | undefined;
  for (const { key, value } of map.items) {
    if (!isScalar(key)) continue;
    const name = String(key.value);
    const written = [name, `.${name}`, `[${name}]`].find(
      (form) => path.startsWith(form) && /^(?:[.[]|$)/.test(path.slice(form.length)),
    );
    if (written === undefined || written.length <= (found?.length ?? 0)) continue;
    found = { offset: key.range?.[0], value, rest: path.slice(written.length), length: written.length };
  }
  return found;
}

function itemAt(list: { readonly items: readonly unknown[] }, path: string): Step | undefined {
  const match = /^\[(\d+)\]/.exec(path);
  const value = list.items[Number(match?.[1] ?? -1)];
  if (match === null || value === undefined) return undefined;
  return { offset: (value as ParsedNode | null)?.range[0], value, rest: path.slice(match[0].length) };
}
