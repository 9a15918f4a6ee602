/** kubeconform, and what it needs to judge built-in kinds without a network: JSON schemas, made from our own data. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kindTable } from '../lib/kube/schema/kind-table';
import { kindSchema, latestRelease } from '../lib/kube/schema';
import type { FieldSchema, Schema, StructReference } from '../lib/kube/schema';
import type { KindVersion } from '../lib/kube/schema';
import { goBinary } from './go';
import type { Command } from './measure';

const MODULE = 'github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0';

/** The file of the binary, built with Go where it is not there yet; nothing where there is no Go. */
export function kubeconformBinary(): string | undefined {
  return goBinary('kubeconform', MODULE);
}

/**
 * What judges all files in a folder, strictly, on as many threads as `threads` says. Kinds without a schema are left
 * out, as Seaworthy leaves out custom resources without a definition.
 */
export function kubeconform(binary: string, schemas: string, folder: string, threads: number): Command {
  const location = join(schemas, '{{.ResourceKind}}{{.KindSuffix}}.json');
  return {
    program: binary,
    args: ['-strict', '-ignore-missing-schemas', '-schema-location', location, '-n', String(threads), folder],
  };
}

/** The kinds of `objects` that need no definition. */
export function builtIn<T extends KindVersion>(objects: readonly T[]): T[] {
  return objects.filter(({ apiVersion, kind }) => kindTable.get(apiVersion)?.has(kind));
}

/** Writes the JSON schema of each kind, as kubeconform looks for it. */
export function writeSchemas(folder: string, kinds: readonly KindVersion[]): void {
  mkdirSync(folder, { recursive: true });
  for (const { apiVersion, kind } of kinds) {
    const [first, ...rest] = apiVersion
      .toLowerCase()
      .replace(/\..*\//, '/')
      .split('/');
    const file = [kind.toLowerCase(), first, ...rest].join('-');
    writeFileSync(join(folder, `${file}.json`), JSON.stringify(document(apiVersion, kind)));
  }
}

function document(apiVersion: string, kind: string): object {
  const struct = kindSchema(latestRelease, apiVersion, kind);
  if (struct === undefined) throw new Error(`${apiVersion} ${kind} is not built in`);
  const definitions: Record<string, object> = {};
  const root = reference({ type: 'struct', struct: () => struct, atomic: false }, definitions);
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...root, definitions };
}

function reference(schema: StructReference, definitions: Record<string, object>): object {
  const { name, fields } = schema.struct();
  const key = name.replace(/\//g, '.');
  if (definitions[key] === undefined) {
    definitions[key] = {};
    const all = [...fields.values()];
    definitions[key] = {
      type: 'object',
      properties: Object.fromEntries(all.map((field) => [field.name, property(field, definitions)])),
      required: all.filter(({ required }) => required).map((field) => field.name),
      additionalProperties: false,
    };
  }
  return { $ref: `#/definitions/${key}` };
}

/** As the published schemas have it, any field may be null. */
function property(field: FieldSchema, definitions: Record<string, object>): object {
  const schema = jsonSchema(field, definitions);
  return 'type' in schema ? { ...schema, type: [schema.type, 'null'].flat() } : schema;
}

function jsonSchema(schema: Schema, definitions: Record<string, object>): object {
  switch (schema.type) {
    case 'boolean':
    case 'integer':
    case 'number':
      return { type: schema.type };
    case 'string':
    case 'bytes':
    case 'time':
    case 'duration':
      return { type: 'string' };
    case 'quantity':
    case 'intOrString':
      return { type: ['string', 'number'] };
    case 'list':
      return { type: 'array', items: jsonSchema(schema.items, definitions) };
    case 'map':
      return { type: 'object', additionalProperties: jsonSchema(schema.values, definitions) };
    case 'struct':
      return reference(schema, definitions);
    case 'union':
    case 'any':
      return {};
  }
}
