import type { IConstruct } from 'constructs';
import type { External } from '../../manifest/manifest';
import { isPlainRecord, type PlainRecord } from '../../manifest/data';
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
    } else if (Array.isArray(value)) waiting.push(...(value as unknown[]));
    else if (isPlainRecord(value)) {
      for (const { kind, name } of namedIn(value)) add(found, kind, name);
      waiting.push(...Object.values(value));
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The props that take an object of a kind by its name, as a string. */
const NAMED: Readonly<Record<string, string>> = {
  claim: 'PersistentVolumeClaim',
  imagePullSecrets: 'Secret',
  serviceAccount: 'ServiceAccount',
};

/** The objects that some props name by strings. */
function namedIn(props: PlainRecord): External[] {
  return Object.entries(NAMED).flatMap(([prop, kind]) =>
    [Object.hasOwn(props, prop) ? props[prop] : undefined]
      .flat()
      .filter((value) => typeof value === 'string')
      .map((name) => ({ kind, name })),
  );
}

/** A reference that says that the object exists counts before a name, which may be that of one of the app. */
function add(found: Map<string, External>, kind: string, name: string): void {
  const key = `${kind}/${name}`;
  if (!found.has(key)) found.set(key, { kind, name, isNamed: true });
}
