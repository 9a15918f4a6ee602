import { SeaworthyError } from '../errors';
import type { Schema, StructSchema } from '../kube/schema';
import { kinds, kindSchema, latestRelease, releases, suggestField } from '../kube/schema';
import { isPlainRecord } from '../manifest/data';
import type { Manifest } from '../manifest/manifest';
import { pathOf } from '../manifest/path';
import { own } from './match/compare';
import { Matcher } from './match/matcher';
import type { Pattern } from './match/pattern';

type Steps = readonly (string | number)[];

/**
 * Refuses a pattern with a field that the kind does not have in any release: where nothing may be, or nothing may match,
 * it would pass whatever is rendered. Fields that an object of the kind has all the same are taken, and custom resources
 * may have any.
 *
 * @param found the objects of the kind
 * @throws SeaworthyError UNKNOWN_FIELD with the nearest field
 */
export function checkFields(name: string, pattern: Pattern, found: readonly Manifest[]): void {
  const schemas = schemasOf(name, found);
  if (schemas.length === 0) return;
  const roots: readonly Schema[] = schemas.map((top) => ({
    type: 'struct',
    struct: () => top,
    atomic: false,
  }));
  visit(pattern, { schemas: roots, values: found.map(({ object }) => object), steps: [] });
}

/** The schemas of a kind, of every release that has it; none for custom resources. */
function schemasOf(name: string, found: readonly Manifest[]): readonly StructSchema[] {
  const slash = name.lastIndexOf('/');
  const kind = name.slice(slash + 1);
  const known = kinds(latestRelease)
    .filter((each) => each.kind === kind)
    .map(({ apiVersion }) => apiVersion);
  const versions =
    slash < 0 ? new Set([...found.map(({ id }) => id.apiVersion), ...known]) : [name.slice(0, slash)];
  return releases.flatMap((release) =>
    [...versions].flatMap((apiVersion) => kindSchema(release, apiVersion, kind) ?? []),
  );
}

interface Place {
  /** What the value may be, by release. */
  readonly schemas: readonly Schema[];
  /** What objects of the kind have here. */
  readonly values: readonly unknown[];
  readonly steps: Steps;
}

function visit(pattern: unknown, place: Place): void {
  if (pattern instanceof Matcher) {
    const inside = pattern.partsAreItems ? itemsAt(place) : place;
    for (const part of pattern.parts) visit(part, inside);
  } else if (Array.isArray(pattern)) {
    for (const [index, item] of pattern.entries()) visit(item, itemsAt(place, index));
  } else if (isPlainRecord(pattern)) {
    for (const [key, value] of Object.entries(pattern)) visit(value, fieldAt(key, place));
  }
}

function itemsAt({ schemas, values, steps }: Place, index?: number): Place {
  return {
    schemas: schemas.flatMap((schema) => (schema.type === 'list' ? [schema.items] : [])),
    values: values.flatMap((value): unknown[] => (Array.isArray(value) ? value : [])),
    steps: index === undefined ? steps : [...steps, index],
  };
}

function fieldAt(key: string, { schemas, values, steps }: Place): Place {
  const at = [...steps, key];
  const structs = schemas.flatMap((schema) => (schema.type === 'struct' ? [schema.struct()] : []));
  const fields = structs.flatMap((struct) => named(struct, key));
  const found = values.flatMap((value) => {
    const there = isPlainRecord(value) ? own(value, key) : undefined;
    return there === undefined ? [] : [there];
  });
  const [struct] = structs;
  if (struct !== undefined && structs.length === schemas.length && fields.length === 0 && found.length === 0)
    throw unknownField(key, pathOf(at), structs.at(-1) ?? struct);
  const inMaps = schemas.flatMap((schema) => (schema.type === 'map' ? [schema.values] : []));
  return { schemas: [...fields, ...inMaps], values: found, steps: at };
}

function named(struct: StructSchema, key: string): readonly Schema[] {
  const field = struct.fields.get(key);
  return field === undefined ? [] : [field];
}

function unknownField(key: string, path: string, struct: StructSchema): SeaworthyError {
  const near = suggestField(struct, key);
  return new SeaworthyError({
    code: 'UNKNOWN_FIELD',
    path,
    message: `the pattern names a field that ${struct.name} does not have: "${key}"`,
    hint: near === undefined ? 'Nothing can be there, and nothing can match.' : `Did you mean "${near}"?`,
  });
}
