import { hide, HIDDEN, secretSpans } from '../../check/secrets/spans';
import { FieldSources } from '../../manifest/field-sources';
import type { Manifest } from '../../manifest/manifest';
import { originalsOf } from '../../manifest/rebuilt';
import { parseSource, type Source } from '../../manifest/source';
import { codeFrame } from '../frame';
import { redactCode } from './code';
import { secretLeaves } from './objects';

/** What is to be hidden of the lines of a file, counted from 1. */
interface Covered {
  /** Lines of which nothing is shown. */
  readonly whole: Set<number>;
  /** The columns, counted from 1, of the first field of a line with a secret: its value and the rest are not shown. */
  readonly from: Map<number, number>;
  /** Lines as they are shown: neighbours have them in common. */
  readonly shown: Map<number, string>;
}

/** Shows lines of files around a finding, without any that a Secret or another secret covers, whatever the finding is about. */
export class Frames {
  readonly #read: (file: string) => readonly string[] | undefined;
  readonly #hide: (text: string) => string;
  readonly #files: ReadonlyMap<string, ReadonlySet<Manifest>>;
  readonly #covered = new Map<string, Covered>();

  /**
   * @param read the lines of a file
   * @param hide hides the values of all secrets in a text
   */
  constructor(
    manifests: readonly Manifest[],
    read: (file: string) => readonly string[] | undefined,
    hide: (text: string) => string,
  ) {
    this.#read = read;
    this.#hide = hide;
    this.#files = byFile(manifests);
  }

  /** The line of a source and `around` lines on both sides; nothing if it cannot be read, or nothing of it can be shown. */
  of({ file, line }: Source, around: number): string | undefined {
    const lines = this.#read(file);
    if (lines === undefined) return undefined;
    const covered = this.#coveredIn(file);
    if (covered.whole.has(line)) return undefined;
    const isData = this.#files.has(file) || /\.(?:ya?ml|json|tpl|env|ini|toml|properties)$/i.test(file);
    return codeFrame(lines, line, around, (text, number) => {
      let shown = covered.shown.get(number);
      if (shown === undefined) {
        const open = openPart(text, number, covered);
        shown = this.#hide(isData ? redactData(lines, number, open) : redactCode(lines, number));
        covered.shown.set(number, shown);
      }
      return shown;
    });
  }

  #coveredIn(file: string): Covered {
    let covered = this.#covered.get(file);
    if (covered === undefined)
      this.#covered.set(file, (covered = coveredBy(this.#files.get(file) ?? new Set())));
    return covered;
  }
}

/** The manifests that were read from each file, those that others are built from among them. */
function byFile(manifests: readonly Manifest[]): Map<string, Set<Manifest>> {
  const files = new Map<string, Set<Manifest>>();
  for (const manifest of manifests.flatMap((each) => [each, ...originalsOf(each.object)])) {
    const source = manifest.origin?.construct === undefined && parseSource(manifest.origin?.source);
    if (!source) continue;
    const own = files.get(source.file);
    if (own === undefined) files.set(source.file, new Set([manifest]));
    else own.add(manifest);
  }
  return files;
}

function coveredBy(manifests: ReadonlySet<Manifest>): Covered {
  const covered: Covered = { whole: new Set(), from: new Map(), shown: new Map() };
  const sources = new FieldSources();
  for (const manifest of manifests) {
    const leaves = secretLeaves(manifest.object);
    const places = manifest.object.kind === 'Secret' ? [[]] : leaves.map(({ steps }) => steps);
    for (const steps of places) cover(manifest, steps, sources, covered);
    coverDropped(manifest, sources, covered);
  }
  return covered;
}

/** Adds what kubectl does not read of a file: it is in no object, so nobody knows what it is. */
function coverDropped(manifest: Manifest, sources: FieldSources, covered: Covered): void {
  for (const { what, lines } of manifest.dropped ?? []) {
    if (what === 'duplicate-key') cover(manifest, [], sources, covered);
    else for (let line = lines[0] ?? 0; line <= (lines[1] ?? 0); line++) covered.whole.add(line);
  }
}

/** Adds the lines of a field, or without steps those of a whole object. */
function cover(
  manifest: Manifest,
  steps: readonly (string | number)[],
  sources: FieldSources,
  { whole, from }: Covered,
): void {
  const first = parseSource(manifest.origin?.source)?.line ?? 1;
  const extent = sources.extentOf(manifest, steps);
  if (extent === undefined) return;
  const { start, end, endsWithLine } = extent;
  const last = end.line - (endsWithLine ? 1 : 0);
  for (let line = start.line; line <= last; line++) {
    const number = first + line - 1;
    if (steps.length === 0 || line > start.line) whole.add(number);
    else from.set(number, Math.min(start.column, from.get(number) ?? Infinity));
  }
}

/** The part of a line before its first secret, with the key of that. */
function openPart(text: string, line: number, { whole, from }: Covered): string {
  if (whole.has(line)) return `${/^\s*/.exec(text)?.[0] ?? ''}${HIDDEN}`;
  const column = from.get(line);
  if (column === undefined) return text;
  const rest = text.slice(column - 1);
  const key = /^(?:"[^"]*"|'[^']*'|[^\s"':,{}[\]]+)\s*:(?=\s|$)\s?/.exec(rest)?.[0] ?? '';
  return `${text.slice(0, column - 1)}${key === '' || key.endsWith(' ') ? key : `${key} `}${HIDDEN}`;
}

/** Lines before one that may say what is on it: the name of a variable, the start of a block. */
const ABOVE = 6;

/** A line of data, which may belong to no object: a comment, or a document of another kind. */
function redactData(lines: readonly string[], number: number, open: string): string {
  if (isEncoded(open)) return HIDDEN;
  const above = lines.slice(Math.max(0, number - 1 - ABOVE), number - 1).map((line) => `${line}\n`);
  const lead = above.join('');
  const spans = secretSpans(lead + open, 'lines').filter(({ end }) => end > lead.length);
  return hide(
    open,
    spans.map(({ start, end }) => ({ start: Math.max(0, start - lead.length), end: end - lead.length })),
  );
}

/** A line of a key or a certificate. */
function isEncoded(text: string): boolean {
  return /^[\s"'+-]*[A-Za-z0-9+/]{40,}={0,2}(?:\\n)?[\s"',;+]*$/.test(text);
}
