import { isDeepStrictEqual } from 'node:util';
import { nearest } from '../../errors';
import type { FieldSchema, KubernetesRelease, Schema, StructSchema } from '../../kube/schema';
import { kindSchema } from '../../kube/schema';
import type { KubeObject } from '../../manifest/manifest';
import { child } from '../../manifest/path';
import { plain, plainValue } from '../../manifest/plain';
import type { Reporter } from './problems';
import { isRecord } from './props';

/** `T` with everything optional, all the way down; `null` removes a field. */
export type DeepPartial<T> = {
  readonly [K in keyof T]?: (T[K] extends object ? DeepPartial<T[K]> : T[K]) | null;
};

type Patch = Readonly<Record<string, unknown>>;

/**
 * `object` with each of `overrides` merged into it, in order.
 *
 * Reports UNKNOWN_FIELD for a field that the kind does not have in `release`, and OVERRIDE_WITHOUT_EFFECT for an override
 * that changes nothing. Kinds without a known schema, such as custom resources, take any field.
 */
export function applyOverrides(
  object: KubeObject,
  overrides: readonly Patch[],
  release: KubernetesRelease,
  report: Reporter,
): KubeObject {
  const schema = kindSchema(release, object.apiVersion, object.kind);
  return overrides.reduce<KubeObject>((before, override) => {
    const patch = plainValue(override) as Patch;
    const merge = new Merge(report);
    const merged = merge.struct(before, patch, schema, '');
    if (!merge.changed && !merge.reported) {
      report({
        code: 'OVERRIDE_WITHOUT_EFFECT',
        message: `the override of ${fieldsOf(patch)} changes nothing`,
        hint: 'The object already has these values; remove the override.',
      });
    }
    return plain(merged);
  }, object);
}

/** Merges one override into an object. */
class Merge {
  changed = false;
  reported = false;
  private readonly report: Reporter;

  constructor(report: Reporter) {
    this.report = report;
  }

  /** Merges a map whose keys are the fields of `schema`, where it is known. */
  struct(target: unknown, patch: Patch, schema: StructSchema | undefined, path: string): Patch {
    return this.fields(target, patch, path, (key, at) => {
      const field = schema?.fields.get(key);
      if (schema !== undefined && field === undefined) this.unknown(schema, key, at);
      return field;
    });
  }

  private fields(
    target: unknown,
    patch: Patch,
    path: string,
    fieldOf: (key: string, path: string) => Schema | undefined,
  ): Patch {
    const result = new Map(isRecord(target) ? Object.entries(target) : []);
    for (const [key, value] of Object.entries(patch)) {
      const at = path === '' ? key : child(path, key);
      const field = fieldOf(key, at);
      if (value === null) this.changed = result.delete(key) || this.changed;
      else result.set(key, this.value(result.get(key), value, field, at));
    }
    return Object.fromEntries(result);
  }

  private value(
    target: unknown,
    patch: unknown,
    schema: Schema | FieldSchema | undefined,
    path: string,
  ): unknown {
    if (isRecord(patch)) {
      if (!isRecord(target)) this.changed = true;
      if (schema?.type === 'struct') return this.struct(target, patch, schema.struct(), path);
      return this.fields(target, patch, path, () => (schema?.type === 'map' ? schema.values : undefined));
    }
    if (Array.isArray(patch)) return this.list(target, patch as unknown[], schema, path);
    if (patch !== target) this.changed = true;
    return patch;
  }

  private list(
    target: unknown,
    patch: readonly unknown[],
    schema: Schema | FieldSchema | undefined,
    path: string,
  ): readonly unknown[] {
    const existing: readonly unknown[] = Array.isArray(target) ? target : [];
    const list = schema?.type === 'list' ? schema : undefined;
    const key: unknown = list !== undefined && 'mergeKey' in list ? list.mergeKey : undefined;
    if (
      list === undefined ||
      typeof key !== 'string' ||
      !patch.every((item) => isRecord(item) && key in item)
    )
      return this.replaced(target, existing, patch, list?.items, path);
    const merged = [...existing];
    for (const item of patch as readonly Patch[]) {
      const found = findItem(merged, item, key, list.listKeys);
      const at = found < 0 ? merged.length : found;
      merged[at] = this.value(merged[at], item, list.items, `${path}[${at}]`);
    }
    if (!Array.isArray(target)) this.changed = true;
    return merged;
  }

  /** A list without keys is replaced as a whole. */
  private replaced(
    target: unknown,
    existing: readonly unknown[],
    patch: readonly unknown[],
    items: Schema | undefined,
    path: string,
  ): readonly unknown[] {
    const { changed } = this;
    const list = patch.map((item, index) => this.value(undefined, item, items, `${path}[${index}]`));
    this.changed = changed || !Array.isArray(target) || !isDeepStrictEqual(list, existing);
    return list;
  }

  private unknown(schema: StructSchema, key: string, path: string): void {
    this.reported = true;
    const suggestion = nearest(key, schema.fields.keys());
    this.report({
      code: 'UNKNOWN_FIELD',
      path,
      message: `unknown field "${path}": ${schema.name} has no such field`,
      ...(suggestion === undefined ? {} : { hint: `Did you mean "${suggestion}"?` }),
    });
  }
}

/**
 * Index of the item that `item` is merged into: the one with the same key, and among several of them, such as a port with
 * two protocols, the one that agrees in the other keys too. Negative where there is none.
 */
function findItem(list: readonly unknown[], item: Patch, key: string, keys: readonly string[]): number {
  const agrees = (other: unknown, on: readonly string[]): boolean =>
    isRecord(other) && on.every((field) => other[field] === item[field]);
  const exact = list.findIndex((other) => agrees(other, [key, ...keys]));
  return exact < 0 ? list.findIndex((other) => agrees(other, [key])) : exact;
}

/** Fields of an override that a message names. */
const MOST_NAMED = 5;

/** The fields that an override sets, without their values: those of a Secret are in no message. */
function fieldsOf(patch: Patch): string {
  const paths = pathsIn(patch, '');
  const shown = paths.slice(0, MOST_NAMED).join(', ');
  return paths.length > MOST_NAMED ? `${shown} and ${paths.length - MOST_NAMED} more` : shown;
}

function pathsIn(value: unknown, path: string): string[] {
  if (!isRecord(value) || Object.keys(value).length === 0) return [path === '' ? 'nothing' : path];
  return Object.entries(value).flatMap(([key, each]) => pathsIn(each, child(path, key)));
}
