import type { IConstruct } from 'constructs';
import type { External } from '../../manifest/manifest';
import { isPlainRecord } from '../../manifest/data';
import type { Reference } from './reference';

const made = new WeakSet<object>();
/** The props that objects are rendered from, which may hold such references. */
const sources = new WeakMap<IConstruct, () => readonly unknown[]>();

/**
 * Refers to an object that this app does not make. `check` assumes that the cluster has it, in the namespace of whatever
 * refers to it.
 */
export function existing<Kind extends string>(kind: Kind, name: string): Reference<Kind> {
  const reference = { kind, name };
  made.add(reference);
  return reference;
}

/** Records the props in which the references of `object` are found when it is rendered. */
export function referTo(object: IConstruct, props: () => readonly unknown[]): void {
  sources.set(object, props);
}

/** What `object` refers to and the app does not make. */
export function externalsOf(object: IConstruct): readonly External[] {
  const found = new Map<string, External>();
  const waiting: unknown[] = [...(sources.get(object)?.() ?? [])];
  const seen = new Set<unknown>();
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (made.has(value)) {
      const { kind, name } = value as External;
      found.set(`${kind}/${name}`, { kind, name });
    } else if (Array.isArray(value) || isPlainRecord(value))
      waiting.push(...(Object.values(value) as unknown[]));
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
