import { equal } from '../apiserver/update/equal';
import { describeThrown, isPlainRecord } from '../manifest/data';
import { pathOf } from '../manifest/path';
import type { SchemaIssue } from './props-schema';
import type { StructuralSchema } from './schema/schema';
import { structural } from './schema/structural';
import type { CustomResource, DefinedVersion, ResourceDefinition } from './types';

/** The props of a resource for its construct, or why there are none. */
export type ReadProps =
  | { readonly props: unknown; readonly version: string }
  | { readonly problem: string; readonly version: string };

/** Schemas by version: they are the same for all resources of a definition. */
const SHAPES = new WeakMap<ResourceDefinition, ReadonlyMap<string, StructuralSchema>>();

/**
 * The props of a resource as its construct gets them: judged by the schema of the version that they were written in, with its
 * defaults, converted to the stored version, and judged by that.
 */
export function readProps(definition: ResourceDefinition, { spec = {} }: CustomResource): ReadProps {
  const stored = definition.versions.at(-1) ?? definition.versions[0];
  const { version, mixed } = versionOf(definition, spec);
  if (mixed !== undefined) return { problem: mixed, version: version.name };
  if (version === stored || version.convert === undefined) return judged(stored, spec, version.name);
  const shape = shapesOf(definition).get(version.name);
  const first = judged(version, shape === undefined ? spec : pruned(spec, shape), version.name);
  if ('problem' in first) return first;
  let converted: unknown;
  try {
    converted = version.convert(first.props as never);
  } catch (error) {
    return {
      problem: `the conversion to ${stored.name} threw: ${describeThrown(error)}`,
      version: version.name,
    };
  }
  const result = judged(stored, converted, version.name);
  return 'problem' in result
    ? { ...result, problem: `converted to ${stored.name}: ${result.problem}` }
    : result;
}

/**
 * The version that props were written in: the one with props that no later version has, else the stored one. The API server
 * does not tell, since it stores all in one version.
 */
export function versionOf(
  definition: ResourceDefinition,
  spec: unknown,
): { readonly version: DefinedVersion; readonly mixed?: string } {
  const stored = definition.versions.at(-1) ?? definition.versions[0];
  const shapes = shapesOf(definition);
  const last = shapes.get(stored.name) ?? {};
  for (const version of definition.versions) {
    if (version.convert === undefined) continue;
    const own = shapes.get(version.name) ?? {};
    const [theirs, later] = [only(spec, own, last), only(spec, last, own)];
    const [old, recent] = [theirs[0], later[0]];
    if (old === undefined) continue;
    if (recent === undefined) return { version };
    const mixed = `"${old}" is a prop of ${version.name}, and "${recent}" one of ${stored.name}: use those of one version`;
    return { version, mixed };
  }
  return { version: stored };
}

function shapesOf(definition: ResourceDefinition): ReadonlyMap<string, StructuralSchema> {
  const known = SHAPES.get(definition);
  if (known !== undefined) return known;
  const shapes = new Map(
    definition.versions.map(
      ({ name, schema }) => [name, structural(schema, name, () => undefined).schema] as const,
    ),
  );
  SHAPES.set(definition, shapes);
  return shapes;
}

/** Paths of what a value has that one schema knows and another does not; a default says nothing of its author. */
function only(value: unknown, schema: StructuralSchema, other: StructuralSchema, path = ''): string[] {
  if (!isPlainRecord(value)) return [];
  return Object.entries(value).flatMap(([name, each]) => {
    const [own, theirs] = [schema.properties?.[name], other.properties?.[name]];
    const at = path === '' ? name : `${path}.${name}`;
    if (own === undefined || each === undefined) return [];
    if (theirs !== undefined) return only(each, own, theirs, at);
    return own['default'] !== undefined && equal(own['default'], each) ? [] : [at];
  });
}

/** A value without the props that a schema does not know. */
function pruned(value: unknown, schema: StructuralSchema): unknown {
  const { properties } = schema;
  if (!isPlainRecord(value) || properties === undefined) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => {
      const own = properties[name];
      return own === undefined ? [] : [[name, pruned(each, own)]];
    }),
  );
}

function judged({ schema }: DefinedVersion, value: unknown, version: string): ReadProps {
  try {
    const result = schema['~standard'].validate(value);
    if (result instanceof Promise) {
      result.catch(() => undefined);
      return { problem: 'its schema is asynchronous: a resource is judged at once', version };
    }
    if (result.issues === undefined) return { props: result.value, version };
    return { problem: result.issues.map(described).join('; '), version };
  } catch (error) {
    return { problem: `its schema threw: ${describeThrown(error)}`, version };
  }
}

function described({ message, path = [] }: SchemaIssue): string {
  const steps = path.map((step) => (typeof step === 'object' ? step.key : step));
  return `${pathOf(['spec', ...steps.map((step) => (typeof step === 'number' ? step : String(step)))])}: ${message}`;
}
