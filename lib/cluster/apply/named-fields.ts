import { nearest, SeaworthyError } from '../../errors';
import { APPLYSET } from '../../kube/applyset';
import { isPlainRecord, ownValue } from '../../manifest/data';
import type { KubeObject, Manifest, ObjectId } from '../../manifest/manifest';
import { matches, parseName, refuseUnknownNames, type ObjectName } from './named';

/** A field that an option names, of one object or of all. */
interface FieldName {
  readonly text: string;
  /** The name of the object, as it was written. */
  readonly of?: string;
  readonly object?: ObjectName;
  readonly path: string;
}

/** @throws SeaworthyError USAGE */
function parse(text: string, option: string): FieldName {
  // A path has no slash before its first colon, unless an object is named before it.
  const [, of, path = text] = /^([^:[\s]+\/[^:[\s]+):(.+)$/.exec(text) ?? [];
  return of === undefined ? { text, path } : { text, path, of, object: parseName(of, option) };
}

/** Whether fields are taken over from the managers that hold them. @throws SeaworthyError USAGE */
export function takenBy(fields: readonly string[], option: string): (id: ObjectId, path: string) => boolean {
  const parsed = fields.map((text) => parse(text, option));
  return (id, path) =>
    parsed.some(
      (each) => (each.object === undefined || matches(each.object, id)) && isBelow(path, each.path),
    );
}

function isBelow(path: string, above: string): boolean {
  return path === above || (path.startsWith(above) && /^[.[]/.test(path.slice(above.length)));
}

/**
 * Refuses fields that no object has, as it is applied.
 *
 * @throws SeaworthyError USAGE
 */
export function refuseUnknownFields(
  fields: readonly string[],
  option: string,
  manifests: readonly Manifest[],
): void {
  for (const { text, of, object, path } of fields.map((each) => parse(each, option))) {
    const ids = manifests.map(({ id }) => id);
    if (of !== undefined) refuseUnknownNames([of], option, ids);
    const own = manifests
      .filter(({ id }) => object === undefined || matches(object, id))
      .map((manifest) => member(manifest.object));
    if (own.some((each) => has(each, `.${path}`))) continue;
    const near = nearest(
      path,
      own.flatMap((each) => [...pathsIn(each)]),
    );
    throw new SeaworthyError({
      code: 'USAGE',
      path: option,
      message: `${of ?? 'no object of the application'} ${of === undefined ? 'has' : 'does not have'} the field ${path}`,
      hint:
        near === undefined
          ? `A path is written as the server writes it in a conflict, such as spec.replicas: '${text}'.`
          : `Did you mean ${of === undefined ? '' : `${of}:`}${near}?`,
    });
  }
}

/** An object with the label of the application, which may be held by another one. */
function member({ metadata, ...rest }: KubeObject): KubeObject {
  return {
    ...rest,
    metadata: { ...metadata, labels: { ...metadata.labels, [APPLYSET.partOf]: '' } },
  };
}

/**
 * Whether a value has a field, by its path as a conflict has it: `.spec.containers[name="web"].image`. Names of fields are
 * not quoted, so that each that fits is tried.
 *
 * @source sigs.k8s.io/structured-merge-diff/v6 fieldpath/element.go PathElement v6.3.0
 */
function has(value: unknown, path: string): boolean {
  if (path === '') return true;
  if (Array.isArray(value)) {
    const [step = '', inside = ''] = /^\[((?:"(?:[^"\\]|\\.)*"|[^"\]])*)\]/.exec(path) ?? [];
    return (
      step !== '' &&
      value.some((each, index) => isItem(each, index, inside) && has(each, path.slice(step.length)))
    );
  }
  if (!isPlainRecord(value) || !path.startsWith('.')) return false;
  return Object.keys(value).some(
    (key) => isBelow(path, `.${key}`) && has(ownValue(value, key), path.slice(key.length + 1)),
  );
}

/** Whether an item of a list is meant by `0`, `name="web"` or `="value"`. What it lacks is a default of the server. */
function isItem(each: unknown, index: number, inside: string): boolean {
  if (/^\d+$/.test(inside)) return Number(inside) === index;
  if (inside.startsWith('=')) return JSON.stringify(each) === inside.slice(1);
  const keys = [...inside.matchAll(/(\w+)=("(?:[^"\\]|\\.)*"|[^,]+)/g)];
  return (
    keys.length > 0 &&
    keys.every(([, key = '', text]) => {
      const own = ownValue(each, key);
      return isPlainRecord(each) && (own === undefined || JSON.stringify(own) === text);
    })
  );
}

/** The paths of the fields of an object; those of items of lists are not among them. */
function* pathsIn(value: unknown, above = ''): Generator<string> {
  if (!isPlainRecord(value)) return;
  for (const [key, each] of Object.entries(value)) {
    const path = above === '' ? key : `${above}.${key}`;
    yield path;
    yield* pathsIn(each, path);
  }
}
