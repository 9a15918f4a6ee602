import type { Construct } from 'constructs';
import { SeaworthyError, type Problem } from '../errors';
import { dns1035Label, dnsSubdomain } from '../kube/names';
import { schemaAt } from './schema/paths';
import type { StructuralSchema } from './schema/schema';
import { structural } from './schema/structural';
import type { PropsOf, PropsSchema } from './props-schema';
import type {
  CustomResource,
  DefinedVersion,
  DefinitionChecks,
  DriftMode,
  PrinterColumn,
  PropsRule,
  ResourceDefinition,
  ResourceScope,
} from './types';
import { versionSchemas } from './versions';

/** One version of a resource, by the schema of its props. */
export interface ResourceVersion<Schema extends PropsSchema = PropsSchema> {
  /** The props, as a value of zod 4: `z.object({ image: z.string() })`. */
  readonly props: Schema;
  /**
   * Makes the props of the last version of those of this one: there is no webhook, the operator does it when it renders.
   * @default the props agree with those of the last version
   */
  readonly convert?: (props: PropsOf<Schema>) => object;
  /** What kubectl warns of who uses the version: `use v2`. @default no warning */
  readonly deprecated?: string;
}

/** What a resource is defined by, apart from its props. */
export interface ResourceOptions {
  /** API group: `shop.example`. */
  readonly group: string;
  /** Kind, in CamelCase: `WebApp`. */
  readonly kind: string;
  /** Name in URLs and for kubectl. @default the kind in lower case with an s: `webapps` */
  readonly plural?: string;
  /** Shorter names for kubectl: `wa`. @default none */
  readonly shortNames?: readonly string[];
  /** Categories for kubectl: `all`. @default none */
  readonly categories?: readonly string[];
  /**
   * `Namespaced`: resources live in namespaces, and render into their own. `Cluster`: they live in none, and render into
   * any; each of their objects that lives in a namespace names it.
   *
   * @default 'Namespaced'
   */
  readonly scope?: ResourceScope;
  /** What `kubectl explain` says of the kind. @default nothing */
  readonly description?: string;
  /** CEL rules for what spans props: the API server refuses what breaks one. @default none */
  readonly rules?: readonly PropsRule[];
  /** Props that cannot change once a resource is there, as paths: `storage.class`. @default those with `.meta({ immutable: true })` */
  readonly immutable?: readonly string[];
  /** Columns that `kubectl get` prints between the name and Ready. @default none */
  readonly columns?: readonly PrinterColumn[];
  /** The integer prop that `kubectl scale` and autoscalers set, as a path: `replicas`. @default there is no scale */
  readonly scale?: string;
  /** Whether a resource may render objects that are in no namespace, such as ClusterRoles. @default only with scope 'Cluster' */
  readonly clusterScopedObjects?: boolean;
  /** Settings and custom rules for `check`, which judges what a resource renders. @default the preset 'recommended' */
  readonly checks?: DefinitionChecks;
  /** What becomes of what somebody else changes in an object, unless the resource says. @default 'correct' */
  readonly drift?: DriftMode;
  /**
   * Props that resources may have, as their authors write them: tests render each, and the operator gets permissions for
   * just the kinds that they render. With a name, `{ name, props }`. @default none: the operator has no permissions
   */
  readonly examples?: readonly ResourceExample[];
}

/** Props of a resource that shows what a construct renders. */
export interface ResourceExample {
  /** Name of the resource. @default 'example', 'example-2' … */
  readonly name?: string;
  /** Namespace of the resource; with scope 'Cluster' it has none. @default 'default' */
  readonly namespace?: string;
  /** The props, as an author writes them. */
  readonly props: unknown;
}

/** Options of a resource with one version, `v1`. */
export interface OneVersion<Schema extends PropsSchema> extends ResourceOptions {
  readonly props: Schema;
  readonly versions?: never;
  /** Makes the objects of a resource in a chart that has its name, and its namespace where it has one. */
  readonly construct: (scope: Construct, props: PropsOf<Schema>, resource: CustomResource) => void;
}

/** Schemas of props by the name of their version. */
export type VersionedProps = Readonly<Record<string, PropsSchema>>;

/** Options of a resource with several versions. */
export interface SeveralVersions<Schemas extends VersionedProps, Versions> extends ResourceOptions {
  readonly props?: never;
  /** By name, the oldest first. The last one is stored, and the construct gets its props. */
  readonly versions: { readonly [Name in keyof Schemas]: ResourceVersion<Schemas[Name]> } & Versions;
  readonly construct: (
    scope: Construct,
    props: CurrentProps<Schemas, Versions>,
    resource: CustomResource,
  ) => void;
}

/** The props of the versions without a conversion, which are those of the last one. */
export type CurrentProps<Schemas extends VersionedProps, Versions> = {
  [Name in keyof Versions]: Versions[Name] extends { readonly convert: unknown }
    ? never
    : Name extends keyof Schemas
      ? PropsOf<Schemas[Name]>
      : never;
}[keyof Versions];

/**
 * Serves a construct as a kind of Kubernetes: people apply resources of the kind, and an operator renders each with
 * `construct`, checks it, plans it and applies it.
 *
 * ```ts
 * export const webApp = defineResource({
 *   group: 'shop.example',
 *   kind: 'WebApp',
 *   props: z.object({ image: z.string(), replicas: z.int().min(1).default(2) }),
 *   construct(scope, { image, replicas }) {
 *     new WebService(scope, 'Default', { image, replicas, ports: { http: 8080 }, … });
 *   },
 * });
 * ```
 *
 * @throws SeaworthyError DEFINITION_INVALID with all that is wrong: names that the API server refuses, props that a
 * CustomResourceDefinition cannot express, paths that are no props, versions that differ and have no conversion
 */
export function defineResource<Schemas extends VersionedProps, const Versions>(
  options: SeveralVersions<Schemas, Versions>,
): ResourceDefinition;
export function defineResource<Schema extends PropsSchema>(options: OneVersion<Schema>): ResourceDefinition;
export function defineResource(
  options: ResourceOptions & {
    readonly props?: PropsSchema;
    readonly versions?: Readonly<Record<string, ResourceVersion>>;
    readonly construct: (scope: Construct, props: never, resource: CustomResource) => void;
  },
): ResourceDefinition {
  const problems: Problem[] = [];
  const place = `${options.kind}.${options.group}`;
  const report = (path: string, message: string, hint?: string): void => {
    problems.push({ code: 'DEFINITION_INVALID', place, path, message, ...(hint !== undefined && { hint }) });
  };
  const versions = versionsOf(options, report);
  checkNames(options, versions, report);
  checkScope(options, report);
  if (typeof options.construct !== 'function') report('construct', 'expected a function');
  const schemas = new Map(
    versions.map(({ name, schema }) => [
      name,
      structural(schema, options.props === undefined ? `versions.${name}.props` : 'props', report),
    ]),
  );
  versionSchemas(versions, schemas, report);
  const stored = schemas.get(versions.at(-1)?.name ?? '');
  const immutable = [...(options.immutable ?? []), ...(stored?.immutable ?? [])];
  if (stored !== undefined) checkPaths({ ...options, immutable }, stored.schema, report);
  const [first, ...more] = problems;
  if (first !== undefined) throw new SeaworthyError(first, ...more);
  return Object.freeze({
    group: options.group,
    kind: options.kind,
    plural: pluralOf(options),
    singular: options.kind.toLowerCase(),
    shortNames: options.shortNames ?? [],
    categories: options.categories ?? [],
    description: options.description,
    scope: options.scope ?? 'Namespaced',
    versions: versions as unknown as ResourceDefinition['versions'],
    construct: options.construct,
    rules: options.rules ?? [],
    immutable: [...new Set(immutable)],
    columns: options.columns ?? [],
    scale: options.scale,
    clusterScopedObjects: options.clusterScopedObjects ?? options.scope === 'Cluster',
    checks: options.checks ?? {},
    drift: options.drift ?? 'correct',
    examples: (options.examples ?? []).map((example, index) => exampleOf(options, versions, example, index)),
  });
}

type Report = (path: string, message: string, hint?: string) => void;

function versionsOf(
  {
    props,
    versions,
  }: { readonly props?: PropsSchema; readonly versions?: Readonly<Record<string, ResourceVersion>> },
  report: Report,
): readonly DefinedVersion[] {
  const given: Readonly<Record<string, ResourceVersion>> =
    versions ?? (props === undefined ? {} : { v1: { props } });
  const names = Object.keys(given);
  if (names.length === 0) report('versions', 'Required value: expected props, or versions with props');
  return Object.entries(given).flatMap(([name, { props: schema, convert, deprecated }]) => {
    const path = versions === undefined ? 'props' : `versions.${name}.props`;
    if (!isSchema(schema)) {
      report(path, 'expected a schema with Standard JSON Schema', 'Use z.object of zod 4.2 or newer.');
      return [];
    }
    if (convert !== undefined && name === names.at(-1))
      report(`versions.${name}.convert`, 'the last version is stored: nothing converts it');
    return [
      {
        name,
        schema,
        ...(convert !== undefined && { convert }),
        ...(deprecated !== undefined && { deprecated }),
      },
    ];
  });
}

function isSchema(value: unknown): value is PropsSchema {
  const standard = (value as Partial<PropsSchema> | undefined)?.['~standard'];
  return typeof standard?.validate === 'function' && typeof standard.jsonSchema?.input === 'function';
}

/** @source k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go ValidateCustomResourceDefinitionNames 1.36 */
function checkNames(options: ResourceOptions, versions: readonly DefinedVersion[], report: Report): void {
  const refuse = (path: string, value: string, wrong: string | undefined): void => {
    if (wrong !== undefined) report(path, `Invalid value: "${value}": ${wrong}`);
  };
  const { group, kind } = options;
  refuse(
    'group',
    group,
    dnsSubdomain(group) ?? (group.includes('.') ? undefined : 'should be a domain with at least one dot'),
  );
  refuse(
    'kind',
    kind,
    dns1035Label(kind.toLowerCase()) ??
      (/^[A-Z]/.test(kind) ? undefined : 'begins with an upper case letter'),
  );
  refuse('plural', pluralOf(options), dns1035Label(pluralOf(options)));
  for (const name of options.shortNames ?? []) refuse('shortNames', name, dns1035Label(name));
  for (const name of options.categories ?? []) refuse('categories', name, dns1035Label(name));
  for (const { name } of versions) refuse(`versions.${name}`, name, dns1035Label(name));
}

function checkScope({ scope = 'Namespaced', examples = [] }: ResourceOptions, report: Report): void {
  if (scope !== 'Namespaced' && scope !== 'Cluster')
    report('scope', `Unsupported value: "${String(scope)}": supported values: "Cluster", "Namespaced"`);
  if (scope !== 'Cluster') return;
  examples.forEach(({ namespace }, index) => {
    if (namespace !== undefined)
      report(`examples[${index}].namespace`, 'Forbidden: a resource with scope "Cluster" is in no namespace');
  });
}

function checkPaths(options: ResourceOptions, schema: StructuralSchema, report: Report): void {
  const at = (path: string, field: string): StructuralSchema | undefined => {
    const { found, message } = schemaAt(schema, path);
    if (message !== undefined) report(field, message);
    return found;
  };
  options.rules?.forEach(({ path = '' }, index) => at(path, `rules[${index}].path`));
  options.immutable?.forEach((path, index) => {
    at(path, `immutable[${index}]`);
    if (path.includes('[]'))
      report(
        `immutable[${index}]`,
        `Invalid value: "${path}": items of a list have no identity`,
        'Name the list.',
      );
  });
  options.columns?.forEach(({ path }, index) => {
    if (!path.startsWith('.')) at(path, `columns[${index}].path`);
  });
  const { scale } = options;
  if (scale === undefined) return;
  const found = at(scale, 'scale');
  if (found !== undefined && found.type !== 'integer')
    report('scale', `Invalid value: "${scale}": expected an integer, such as z.int()`);
}

function pluralOf({ kind, plural }: ResourceOptions): string {
  return plural ?? `${kind.toLowerCase()}s`;
}

function exampleOf(
  { group, kind, scope }: ResourceOptions,
  versions: readonly DefinedVersion[],
  { name, namespace = 'default', props }: ResourceExample,
  index: number,
): CustomResource {
  const fallback = index === 0 ? 'example' : `example-${index + 1}`;
  return {
    apiVersion: `${group}/${versions.at(-1)?.name ?? 'v1'}`,
    kind,
    metadata: { name: name ?? fallback, ...(scope !== 'Cluster' && { namespace }), generation: 1 },
    spec: props,
  };
}
