import { RuleSet } from '../../../cel';
import type { Scope } from '../../../kube/kinds';
import { ByRelease } from '../../../kube/stretch';
import { kindSchema, type KubernetesRelease } from '../../../kube/schema';
import { compareVersions } from '../../../kube/schema/served';
import { isPlainRecord, type PlainRecord } from '../../../manifest/data';
import { decode } from '../decode/decode';
import { API_VERSION, KIND } from './is-definition';
import type { Scale } from './scale';
import { compileSchema, type CustomSchema } from './schema';

/** The kind that a CustomResourceDefinition defines. */
export interface CustomDefinition {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: Scope;
  /** By name, in the order of the definition. */
  readonly versions: ReadonlyMap<string, CustomVersion>;
}

/** One version of a custom kind. Its schema and rules are compiled when the first object of the version is checked. */
export interface CustomVersion {
  readonly served: boolean;
  readonly definition: CustomDefinition;
  /** What the server says of each object of the version, if it is deprecated. */
  readonly deprecation: string | undefined;
  /** Whether `status` is a subresource, so that the server drops it from a new object. */
  readonly hasStatus: boolean;
  readonly scale: Scale | undefined;
  readonly schema: CustomSchema;
  /** The CEL rules, if there are any. */
  readonly rules: RuleSet | undefined;
}

/**
 * Cached by release, because releases decode differently. Definitions are large, and many objects share a few kinds.
 */
const known = new ByRelease<object, CustomDefinition>();

/**
 * Reads a definition, once for each object. An invalid definition is read as far as possible: its errors are reported
 * separately.
 */
export function definitionOf(object: PlainRecord, kubernetes: KubernetesRelease): CustomDefinition {
  return known.get(object, kubernetes, () => read(object, kubernetes));
}

function read(object: PlainRecord, kubernetes: KubernetesRelease): CustomDefinition {
  const struct = kindSchema(kubernetes, API_VERSION, KIND);
  const { value } = struct === undefined ? { value: {} } : decode(object, struct, kubernetes);
  const spec = part(value, 'spec');
  const names = part(spec, 'names');
  const facts = {
    group: text(spec, 'group'),
    kind: text(names, 'kind'),
    plural: text(names, 'plural'),
    scope: spec['scope'] === 'Cluster' ? 'Cluster' : 'Namespaced',
  } as const;
  const all = Array.isArray(spec['versions']) ? (spec['versions'] as unknown[]).filter(isPlainRecord) : [];
  return definitionWith(facts, all, kubernetes);
}

/** @param all its versions, as the server decodes them */
export function definitionWith(
  facts: Omit<CustomDefinition, 'versions'>,
  all: readonly PlainRecord[],
  kubernetes: KubernetesRelease,
): CustomDefinition {
  const versions = new Map<string, CustomVersion>();
  const definition: CustomDefinition = { ...facts, versions };
  for (const version of all)
    versions.set(text(version, 'name'), new Version(version, definition, kubernetes, all));
  return definition;
}

class Version implements CustomVersion {
  readonly served: boolean;
  readonly definition: CustomDefinition;
  readonly deprecation: string | undefined;
  readonly hasStatus: boolean;
  readonly scale: Scale | undefined;
  readonly #source: PlainRecord;
  readonly #kubernetes: KubernetesRelease;

  constructor(
    version: PlainRecord,
    definition: CustomDefinition,
    kubernetes: KubernetesRelease,
    all: readonly PlainRecord[],
  ) {
    this.#kubernetes = kubernetes;
    this.served = version['served'] === true;
    this.definition = definition;
    this.deprecation = deprecationOf(version, definition, all);
    const subresources = part(version, 'subresources');
    this.hasStatus = isPlainRecord(subresources['status']);
    this.scale = isPlainRecord(subresources['scale']) ? scaleOf(subresources['scale']) : undefined;
    this.#source = part(part(version, 'schema'), 'openAPIV3Schema');
  }

  get schema(): CustomSchema {
    let schema = schemas.get(this.#source);
    if (schema === undefined) schemas.set(this.#source, (schema = compileSchema(this.#source)));
    return schema;
  }

  get rules(): RuleSet | undefined {
    if (!this.schema.hasRules) return undefined;
    return ruleSets.get(this.#source, this.#kubernetes, () => RuleSet.of(this.#source, this.#kubernetes));
  }
}

/** By the schema as it is written, which releases share. */
const schemas = new WeakMap<PlainRecord, CustomSchema>();
const ruleSets = new ByRelease<PlainRecord, RuleSet>();

/** @source k8s.io/apiextensions-apiserver pkg/apiserver/customresource_handler.go defaultDeprecationWarning 1.36 */
function deprecationOf(
  version: PlainRecord,
  { group, kind }: CustomDefinition,
  all: readonly PlainRecord[],
): string | undefined {
  if (version['deprecated'] !== true) return undefined;
  const own = version['deprecationWarning'];
  if (typeof own === 'string') return own;
  const name = text(version, 'name');
  const [best] = all
    .filter((each) => each['served'] === true && each['deprecated'] !== true)
    .map((each) => text(each, 'name'))
    .filter((each) => compareVersions(name, each) < 0)
    .sort((a, b) => compareVersions(b, a));
  const use = best === undefined ? '' : `; use ${group}/${best} ${kind}`;
  return `${group}/${name} ${kind} is deprecated${use}`;
}

function scaleOf(scale: PlainRecord): Scale {
  const labelSelectorPath = text(scale, 'labelSelectorPath');
  return {
    specReplicasPath: text(scale, 'specReplicasPath'),
    statusReplicasPath: text(scale, 'statusReplicasPath'),
    ...(labelSelectorPath !== '' && { labelSelectorPath }),
  };
}

function part(value: unknown, name: string): PlainRecord {
  const found = isPlainRecord(value) ? value[name] : undefined;
  return isPlainRecord(found) ? found : {};
}

function text(record: PlainRecord, name: string): string {
  const value = record[name];
  return typeof value === 'string' ? value : '';
}
