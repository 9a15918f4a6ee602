import type { Finding } from '../../check/finding';
import { formatId } from '../../manifest/manifest';
import { parseSource, type Source } from '../../manifest/source';
import type { Part } from './report';

/** A finding, and the environments with the same one: one line of code often makes an object in each. */
export interface Merged {
  readonly finding: Finding;
  readonly source: Source | undefined;
  /** Names of the environments, after the name of the app if it has one; empty if there are none. */
  readonly places: readonly string[];
}

/** The findings of all parts, equal ones as one, by file and line; those without a file come last. */
export function merge(parts: readonly Part[]): Merged[] {
  const merged = new Map<string, Merged & { readonly places: string[] }>();
  for (const part of parts) {
    const place = placeOf(part);
    // A broken document is of its file, and of no part.
    const ofFiles = new Set((part.broken ?? []).flatMap(({ findings }) => findings.map(keyOf)));
    for (const finding of part.findings) {
      const key = keyOf(finding);
      const known = merged.get(key) ?? { finding, source: parseSource(finding.origin?.source), places: [] };
      if (place !== '' && !ofFiles.has(key) && !known.places.includes(place)) known.places.push(place);
      merged.set(key, known);
    }
  }
  return [...merged.values()].sort(bySource);
}

/** `shop/production`, `production`, `shop` or nothing. */
export function placeOf({ app, environment }: Pick<Part, 'app' | 'environment'>): string {
  return [app, environment].filter((name) => name !== undefined).join('/');
}

function keyOf({ rule, severity, id, path, message, hint, origin }: Finding): string {
  return JSON.stringify([origin?.source, formatId(id), id.apiVersion, severity, rule, path, message, hint]);
}

function bySource({ source: a }: Merged, { source: b }: Merged): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || (a.column ?? 0) - (b.column ?? 0);
}

/** Groups of the items with the same key, in order of appearance. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
