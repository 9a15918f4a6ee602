import { SeaworthyError, type Problem } from '../errors';
import { describeType, isPlainRecord, setOwn, type PlainRecord } from './data';
import { joined, keepPlace } from './field-sources';
import type { Dropped, KubeObject } from './manifest';
import { child, item } from './path';
import type { DocumentText } from './yaml/chunk';

/** A value that should be a Kubernetes object or a list of them, and where it is. */
export interface Authored {
  readonly value: unknown;
  /** Its index among the others: `objects[3]`. */
  readonly place: string;
  /** File and line, if it was read from a file. */
  readonly source?: string;
  /** The document, if it was read from YAML. */
  readonly document?: DocumentText;
  /** What kubectl drops of its text. @default nothing */
  readonly dropped?: readonly Dropped[];
}

/** A value that is a Kubernetes object. */
export interface Checked {
  readonly object: KubeObject;
  readonly source?: string;
  readonly dropped?: readonly Dropped[];
}

/** A value that is no Kubernetes object, and why. */
export interface Faulty {
  readonly value: unknown;
  readonly problem: Problem;
  /** The field at fault, from the value. */
  readonly path: string;
  /** Whether it may be whole elsewhere, such as where a missing file is generated first. @default false */
  readonly isUncertain?: boolean;
}

/**
 * The Kubernetes objects among `authored`, lists expanded in place.
 *
 * @throws SeaworthyError NOT_AN_OBJECT with a problem for each value that is not one.
 */
export function checkedObjects(authored: Iterable<Authored>): Checked[] {
  const { objects, faulty } = sortedOut(authored);
  const [first, ...more] = faulty.map(({ problem }) => problem);
  if (first !== undefined) throw new SeaworthyError(first, ...more);
  return objects;
}

/** The Kubernetes objects among `authored`, lists expanded in place, and the values that are none. */
export function sortedOut(authored: Iterable<Authored>): {
  readonly objects: Checked[];
  readonly faulty: Faulty[];
} {
  const objects: Checked[] = [];
  const faulty: Faulty[] = [];
  for (const { value, place, source, document, dropped = [] } of authored) {
    const origin = source === undefined ? {} : { source };
    let isFirst = true;
    for (const [path, element] of expand(value, '')) {
      if (source !== undefined && document !== undefined && isPlainRecord(element))
        keepPlace(element, document, path);
      const fault = faultOf(element);
      if (fault !== undefined) {
        const problem: Problem = {
          code: 'NOT_AN_OBJECT',
          place,
          path: joined(path, fault.path),
          message: fault.message,
          ...(fault.hint !== undefined && { hint: fault.hint }),
          ...origin,
        };
        faulty.push({ value: element, problem, path: fault.path });
        continue;
      }
      const own = droppedOf(dropped, path, isFirst);
      objects.push({ object: element as KubeObject, ...origin, ...(own.length > 0 && { dropped: own }) });
      isFirst = false;
    }
  }
  return { objects, faulty };
}

/** What is dropped of the object at `path`, by paths of its own. What is of no object counts for the first one. */
function droppedOf(dropped: readonly Dropped[], path: string, isFirst: boolean): Dropped[] {
  return dropped.flatMap((part) => {
    if (path === '') return [part];
    if (part.path.startsWith(`${path}.`) || part.path.startsWith(`${path}[`))
      return [{ ...part, path: part.path.slice(path.length).replace(/^\./, '') }];
    return isFirst && !/^items\[\d+\]/.test(part.path) ? [{ ...part, path: '' }] : [];
  });
}

/**
 * `value` itself, or the items if it is a list, each with its path.
 * Items of a typed list (`PodList`) may omit `apiVersion` and `kind`: API servers write them so, and kubectl
 * takes both from the list.
 */
function* expand(value: unknown, path: string): Generator<[path: string, value: unknown]> {
  const items = itemsOf(value);
  if (items === undefined) {
    yield [path, value];
    return;
  }
  const list = value as PlainRecord;
  for (const [index, element] of items.entries())
    yield* expand(typed(element, list), item(child(path, 'items'), index));
}

function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (!isPlainRecord(value) || typeof value['kind'] !== 'string' || !value['kind'].endsWith('List'))
    return undefined;
  if (Array.isArray(value['items'])) return value['items'] as unknown[];
  return value['kind'] === 'List' && value['items'] == null ? [] : undefined;
}

function typed(element: unknown, list: PlainRecord): unknown {
  const { apiVersion, kind } = list;
  if (kind === 'List' || !isPlainRecord(element) || 'kind' in element || 'apiVersion' in element)
    return element;
  const object: PlainRecord = { apiVersion, kind: (kind as string).slice(0, -'List'.length) };
  for (const key of Object.keys(element)) setOwn(object, key, element[key]);
  return object;
}

/** What is wrong with a field, and how to fix it. */
interface Fault {
  readonly path: string;
  readonly message: string;
  readonly hint?: string;
}

/** Why `value` is not a Kubernetes object: the field and its value. */
function faultOf(value: unknown): Fault | undefined {
  if (!isPlainRecord(value))
    return { path: '', message: `expected a Kubernetes object, got ${describeType(value)}` };
  const { apiVersion, kind, metadata } = value;
  if (!isName(apiVersion)) return expectedString('apiVersion', apiVersion);
  if (!isName(kind)) return expectedString('kind', kind);
  if (!isPlainRecord(metadata))
    return { path: 'metadata', message: `expected an object, got ${describeType(metadata)}` };
  const { name, generateName, namespace } = metadata;
  // The API server takes an empty name for none.
  const [field, said] =
    isUnset(name) && !isUnset(generateName) ? ['generateName', generateName] : ['name', name];
  if (!isName(said)) return expectedString(`metadata.${field}`, said);
  if (namespace != null && typeof namespace !== 'string')
    return expectedString('metadata.namespace', namespace);
  return undefined;
}

function isUnset(value: unknown): boolean {
  return value == null || value === '';
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function expectedString(path: string, value: unknown): Fault {
  const message = `expected a string, got ${value === '' ? 'an empty one' : describeType(value)}`;
  const isMisread = typeof value === 'boolean' || typeof value === 'number';
  return {
    path,
    message,
    ...(isMisread && { hint: 'Write it in quotes: YAML 1.1 reads words such as y and no as booleans.' }),
  };
}
