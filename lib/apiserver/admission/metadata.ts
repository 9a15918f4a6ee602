import type { FeatureGates } from '../../kube/feature-gates';
import { kindSchema, type KubernetesRelease, type StructSchema } from '../../kube/schema';
import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import { CheckedField } from './checked-field';
import { decode } from './decode/decode';
import type { Review } from './review';
import { objectMeta } from './rules/meta';

/**
 * The metadata of an object of a built-in kind as the API server holds it, if it is right by itself; `undefined` where
 * something is wrong with it, or may be.
 *
 * @param gates of the server
 */
export function rightMetadata(
  { apiVersion, kind, metadata }: KubeObject,
  kubernetes: KubernetesRelease,
  gates: FeatureGates,
): PlainRecord | undefined {
  const schema = kindSchema(kubernetes, apiVersion, kind);
  if (schema === undefined) return undefined;
  const { value, violations, dropped } = decode({ metadata }, holderOf(schema), kubernetes, gates);
  if (violations.length > 0 || dropped.length > 0) return undefined;
  const review: Review = { kubernetes, gates, errors: [] };
  const field = CheckedField.of(value, review).child('metadata');
  objectMeta(field, apiVersion, kind);
  return review.errors.length === 0 && isPlainRecord(field.value) ? field.value : undefined;
}

const holders = new WeakMap<StructSchema, StructSchema>();

/** The schema of an object with the metadata of a kind, and no other field. */
function holderOf(schema: StructSchema): StructSchema {
  let holder = holders.get(schema);
  if (holder === undefined) {
    const field = schema.fields.get('metadata');
    holder = { name: '', fields: new Map(field && [['metadata', field]]) };
    holders.set(schema, holder);
  }
  return holder;
}

/**
 * Learns what somebody asks for in the metadata of an object: the verdict is the same on another object of which the answers
 * are the same.
 */
export class MetadataReads {
  /** The metadata that is watched. */
  metadata: PlainRecord | undefined;
  /** What was asked for and is not there, as the names of fields from the metadata down. */
  readonly #absent = new Map<string, readonly string[]>();
  /** Maps, such as the annotations, in which something was asked for. */
  readonly #maps = new Set<string>();
  #isOther = false;

  /** Replaces the metadata of a decoded object by one that tells what is asked for. */
  watch(object: PlainRecord): void {
    const { metadata } = object;
    if (!isPlainRecord(metadata)) return this.readOther();
    this.metadata = metadata;
    object['metadata'] = this.#watched(metadata, []);
  }

  /** Something is asked for that may be otherwise in another object. */
  readOther(): void {
    this.#isOther = true;
  }

  /** Whether other metadata gives the same answers. */
  isSameIn(metadata: PlainRecord): boolean {
    if (this.#isOther) return false;
    for (const name of this.#maps) if (!isPlainRecord(metadata[name])) return false;
    for (const [name = '', key] of this.#absent.values()) {
      const value = metadata[name];
      if ((key === undefined ? value : (value as PlainRecord)[key]) !== undefined) return false;
    }
    return true;
  }

  #watched(record: PlainRecord, above: readonly string[]): PlainRecord {
    const all = <T>(value: T): T => {
      this.readOther();
      return value;
    };
    return new Proxy(record, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof name !== 'string') return all(value);
        if (value === undefined) this.#absent.set([...above, name].join('/'), [...above, name]);
        else if (above.length > 0 || !isPlainRecord(value)) return all(value);
        else {
          this.#maps.add(name);
          return this.#watched(value, [name]);
        }
        return undefined;
      },
      has: (target, name) => all(Reflect.has(target, name)),
      ownKeys: (target) => all(Reflect.ownKeys(target)),
      getOwnPropertyDescriptor: (target, name) => all(Reflect.getOwnPropertyDescriptor(target, name)),
    });
  }
}
