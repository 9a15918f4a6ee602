import type { IConstruct } from 'constructs';
import type { External } from '../../manifest/manifest';
import { isPlainRecord, ownValue, type PlainRecord } from '../../manifest/data';
import { optional } from './props';
import type { Reference } from './reference';

const made = new WeakSet<object>();
/** The props that objects are rendered from, which may hold such references. */
const sources = new WeakMap<IConstruct, () => readonly unknown[]>();

/**
 * Refers to an object that this app does not make. `check` assumes that the cluster has it, in the namespace of whatever
 * refers to it, or outside of namespaces where its kind is. A prop takes it where it takes an object of the kind.
 */
export function existing<Kind extends string>(kind: Kind, name: string): Reference<Kind> {
  const reference = { kind, name };
  made.add(reference);
  return reference;
}

/** The same of an object in a namespace of its own. */
export function existingIn<Kind extends string>(
  kind: Kind,
  name: string,
  namespace: string | undefined,
): Reference<Kind> {
  const reference = { kind, name, ...optional('namespace', namespace) };
  made.add(reference);
  return reference;
}

/** Takes `reference`, whose object the app does not make under its name, for one that the cluster has. */
export function markExisting(reference: Reference): void {
  made.add(reference);
}

/** Records the props in which the references of `object` are found when it is rendered. */
export function referTo(object: IConstruct, props: () => readonly unknown[]): void {
  sources.set(object, props);
}

/** What `object` refers to and the app does not make. */
export function externalsOf(object: IConstruct): readonly External[] {
  const found = new Map<string, External>();
  for (const { kind, name, isNamed, namespace } of namesIn(object)) {
    const key = `${kind}/${namespace ?? ''}/${name}`;
    // A reference that says that the object exists counts before a name, which may be that of one of the app.
    if (!isNamed) found.set(key, { kind, name, ...optional('namespace', namespace) });
    else if (!found.has(key)) found.set(key, { kind, name, isNamed });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** An object that props name, and where. */
export interface NameInProps {
  readonly kind: string;
  readonly name: string;
  /** The prop: `imagePullSecrets[0]`. */
  readonly path: string;
  /** Whether it is only named by a string. */
  readonly isNamed: boolean;
  readonly namespace?: string;
}

/** Every object that the props of `object` name by a string, or say to exist. */
export function namesIn(object: IConstruct): readonly NameInProps[] {
  const found: NameInProps[] = [];
  const waiting = (sources.get(object)?.() ?? []).map((props): [unknown, string] => [props, '']);
  const seen = new Set<unknown>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [value, path] = next;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (made.has(value)) {
      const { kind, name, namespace } = value as External;
      found.push({ kind, name, path, isNamed: false, ...optional('namespace', namespace) });
    } else if (Array.isArray(value)) {
      for (const [index, item] of (value as unknown[]).entries())
        if (typeof item === 'object') waiting.push([item, `${path}[${index}]`]);
    } else if (isPlainRecord(value)) {
      let hasNames = false;
      for (const key of Object.keys(value)) {
        hasNames ||= Object.hasOwn(NAMING_PROPS, key);
        if (typeof value[key] === 'object') waiting.push([value[key], below(path, key)]);
      }
      // Few records have any of them.
      if (hasNames) found.push(...stringsIn(value, path));
    }
  }
  return found;
}

/** The props that take an object by its name, as a string, and of which kind it is. The pages list them from here. */
export const NAMING_PROPS: Readonly<Record<string, string>> = {
  auth: 'TriggerAuthentication',
  claim: 'PersistentVolumeClaim',
  imagePullSecrets: 'Secret',
  priorityClass: 'PriorityClass',
  runtimeClass: 'RuntimeClass',
  serviceAccount: 'ServiceAccount',
  storageClass: 'StorageClass',
  tls: 'Secret',
};

const NAMING = Object.entries(NAMING_PROPS);

/** The objects that some props name by strings. */
function stringsIn(props: PlainRecord, path: string): NameInProps[] {
  const found: NameInProps[] = [];
  for (const [prop, kind] of NAMING) {
    const value = ownValue(props, prop);
    if (value === undefined) continue;
    const at = below(path, prop);
    const named: readonly [unknown, string][] = Array.isArray(value)
      ? value.map((each: unknown, index) => [each, `${at}[${index}]`])
      : [[value, at]];
    for (const [name, place] of named)
      if (typeof name === 'string' && name !== '') found.push({ kind, name, path: place, isNamed: true });
  }
  return found;
}

function below(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
