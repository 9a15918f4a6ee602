import { isDeepStrictEqual } from 'node:util';
import { nearest } from '../../errors';
import type { FieldSchema, Schema, StructSchema } from '../../kube/schema';
import { ownValue, setOwn } from '../../manifest/data';
import { child } from '../../manifest/path';
import type { Drafts } from './drafts';
import { fieldOf, isOpen, isSetOfHosts, itemKeyOf } from './list-items';
import type { ItemKey } from './list-items';
import type { Reporter, UnplacedProblem } from './problems';
import { firstOf, isRecord, shown } from './props';
import { typeOf } from './shape';

/** What an override is: a part of an object, in which `null` removes. */
export type Patch = Readonly<Record<string, unknown>>;

type Known = Schema | FieldSchema | undefined;

/** Merges one override into an object. */
export class Merge {
  changed = false;
  reported = false;
  readonly #report: Reporter;
  readonly #drafts: Drafts;

  /** @param drafts what earlier overrides of the object have made, which is changed in place */
  constructor(report: Reporter, drafts: Drafts) {
    this.#report = report;
    this.#drafts = drafts;
  }

  /** Merges a map whose keys are the fields of `schema`, where it is known. */
  struct(target: unknown, patch: Patch, schema: StructSchema | undefined, path: string): Patch {
    const fieldAt = (key: string, at: string): Known => {
      const field = schema?.fields.get(key);
      if (schema !== undefined && field === undefined) this.#unknown(schema, key, at);
      return field;
    };
    return this.#fields(target, patch, path, fieldAt, schema?.name);
  }

  #fields(
    target: unknown,
    patch: Patch,
    path: string,
    fieldAt: (key: string, path: string) => Known,
    owner = '',
  ): Patch {
    const result = this.#drafts.record(target);
    for (const [key, value] of Object.entries(patch)) {
      const at = path === '' ? key : child(path, key);
      const field = fieldAt(key, at);
      const before = ownValue(result, key);
      if (value !== null) setOwn(result, key, this.#value(before, value, field, at, `${owner}.${key}`));
      else if (Object.hasOwn(result, key)) {
        delete result[key];
        this.changed = true;
      }
    }
    return result;
  }

  #value(target: unknown, patch: unknown, schema: Known, path: string, field?: string): unknown {
    if (Array.isArray(patch)) return this.#list(target, patch as unknown[], schema, path, field);
    if (!isRecord(patch)) {
      if (patch !== target) this.changed = true;
      return patch;
    }
    const isList = isOpen(schema) ? Array.isArray(target) : schema?.type === 'list';
    if (isList) return this.#byKey(target, patch, schema, path);
    if (!isRecord(target)) this.changed = true;
    if (schema?.type === 'struct') return this.struct(target, patch, schema.struct(), path);
    return this.#fields(target, patch, path, () => (schema?.type === 'map' ? schema.values : undefined));
  }

  #list(
    target: unknown,
    patch: readonly unknown[],
    schema: Known,
    path: string,
    field?: string,
  ): readonly unknown[] {
    const existing: readonly unknown[] = Array.isArray(target) ? target : [];
    if (!Array.isArray(target)) this.changed = true;
    if (isSetOfHosts(field)) return this.#union(existing, patch);
    const key = itemKeyOf(schema, existing, patch);
    if (key === undefined) return this.#replaced(existing, patch, schema, path);
    const merged = this.#drafts.list(existing);
    for (const [index, item] of patch.entries()) this.#mergeItem(merged, item, { key, schema, path, index });
    return merged;
  }

  #union(existing: readonly unknown[], patch: readonly unknown[]): readonly unknown[] {
    const all = new Set([...existing, ...patch]);
    if (all.size > existing.length) this.changed = true;
    return [...all];
  }

  #mergeItem(
    merged: unknown[],
    item: unknown,
    {
      key,
      schema,
      path,
      index,
    }: { readonly key: ItemKey; readonly schema: Known; readonly path: string; readonly index: number },
  ): void {
    const by = isRecord(item) ? identityOf(item, key) : undefined;
    if (!isRecord(item) || by === undefined) {
      const message = `Required value: \`${key.field}\` says which ${key.noun} is meant`;
      const hint = `To remove one, write an object by key instead of a list: { ${labels(merged, key).next().value ?? '…'}: null }.`;
      return this.#tell({ code: 'MISSING_PROP', path: `${path}[${index}]`, message, hint });
    }
    const found = this.#drafts.find(merged, item, key, by);
    // One that is only named cannot be new: a port needs its number.
    if (found < 0 && by !== key.field && by === 'name') return this.#missing(merged, item[by], key, path);
    if (found < 0 && !this.#mayAdd(merged, item, key, path)) return;
    const at = found < 0 ? merged.length : found;
    this.#drafts.put(merged, at, this.#value(merged[at], item, itemsOf(schema), `${path}[${at}]`), by);
  }

  /** Whether an item that is not there may be added: it is complete, and its name is none that was mistyped. */
  #mayAdd(merged: readonly unknown[], item: Patch, key: ItemKey, path: string): boolean {
    const { needs, instead = key.field } = key;
    const name = fieldOf(item, key.field) ?? fieldOf(item, instead);
    const mayBe = key.mistyped === true && typeof name === 'string' && Object.keys(item).length === 2;
    const isMistyped = mayBe && nearest(name, labels(merged, key)) !== undefined;
    if (needs === undefined || (fieldOf(item, needs) !== undefined && !isMistyped)) return true;
    this.#missing(merged, name, key, path, `One that is added needs \`${needs}\`.`);
    return false;
  }

  #missing(merged: readonly unknown[], name: unknown, key: ItemKey, path: string, otherwise?: string): void {
    const near = nearest(String(name), labels(merged, key));
    const hint = near === undefined ? otherwise : `Did you mean ${shown(near)}?`;
    const message = `there is no ${key.noun} ${shown(name)}; there is ${firstOf(labels(merged, key))}`;
    this.#tell({ code: 'INVALID_PROP', path, message, ...(hint === undefined ? {} : { hint }) });
  }

  /** Merges items that are named by the keys of an object; `null` removes one. */
  #byKey(target: unknown, patch: Patch, schema: Known, path: string): unknown {
    const existing: readonly unknown[] = Array.isArray(target) ? target : [];
    const key = itemKeyOf(schema, existing, []);
    if (key === undefined) {
      this.#tell({
        code: 'INVALID_PROP',
        path,
        message: `Invalid value: expected a list, got ${typeOf(patch)}`,
      });
      return target;
    }
    const merged = this.#drafts.list(existing);
    this.#drafts.forgetPlaces(merged);
    for (const [label, value] of Object.entries(patch)) {
      const at = merged.findIndex((item) => labelsOf(item, key).includes(label));
      if (at < 0) this.#missing(merged, label, key, path);
      else if (value === null) {
        this.changed = true;
        merged.splice(at, 1);
      } else merged[at] = this.#value(merged[at], value, itemsOf(schema), `${path}[${at}]`);
    }
    return merged;
  }

  /** A list without keys is replaced as a whole. */
  #replaced(
    existing: readonly unknown[],
    patch: readonly unknown[],
    schema: Known,
    path: string,
  ): readonly unknown[] {
    const { changed } = this;
    const list = patch.map((item, index) =>
      this.#value(undefined, item, itemsOf(schema), `${path}[${index}]`),
    );
    this.changed = changed || !isDeepStrictEqual(list, existing);
    return list;
  }

  #unknown(schema: StructSchema, key: string, path: string): void {
    const near = nearest(key, schema.fields.keys());
    const hint = key.startsWith('$')
      ? 'An override has no directives. `null` removes a field, and an item of a list by its key: { containers: { proxy: null } }.'
      : near === undefined
        ? undefined
        : `Did you mean "${near}"?`;
    this.#tell({
      code: 'UNKNOWN_FIELD',
      path,
      message: `unknown field "${path}": ${schema.name} has no such field`,
      ...(hint === undefined ? {} : { hint }),
    });
  }

  #tell(problem: UnplacedProblem): void {
    this.reported = true;
    this.#report(problem);
  }
}

function itemsOf(schema: Known): Schema | undefined {
  return schema?.type === 'list' ? schema.items : undefined;
}

/** The field that an item of a patch is told by; nothing where it has none. */
function identityOf(item: Patch, { field, instead, mayMiss }: ItemKey): string | undefined {
  if (mayMiss === true) return field;
  return [field, instead].find((each) => each !== undefined && fieldOf(item, each) !== undefined);
}

/** What an item can be called by, as text: a port by its number, or its name. */
function labelsOf(item: unknown, { field, instead }: ItemKey): readonly string[] {
  return [field, instead].flatMap((each) => {
    const value = each === undefined ? undefined : fieldOf(item, each);
    return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
  });
}

function* labels(list: readonly unknown[], key: ItemKey): Generator<string, undefined> {
  for (const item of list) yield* labelsOf(item, key);
}
