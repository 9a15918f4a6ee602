import { App } from 'cdk8s';
import { check } from '../check/check';
import type { Finding } from '../check/finding';
import { Chart } from '../constructs/core/chart';
import { Environment } from '../constructs/core/environment';
import { describeProblem, SeaworthyError } from '../errors';
import { describeThrown } from '../manifest/data';
import { scopeOf } from '../kube/kinds';
import { jsonText } from '../manifest/json-text';
import { formatId, groupOf, type Manifest, type ObjectId } from '../manifest/manifest';
import { Scopes } from '../manifest/scopes';
import { ManifestSet } from '../manifest/set';
import { synth } from '../synth/synth';
import { cut } from '../text';
import { readProps } from './props';
import {
  RENDERED_BY,
  type CustomResource,
  type Render,
  type RenderContext,
  type RenderProblem,
  type RenderReason,
  type Rendered,
  type ResourceDefinition,
} from './types';

/** Bytes of a resource: the API server stores 1.5 MiB, and what it renders has to fit as well. */
const LARGEST_RESOURCE = 512 * 1024;

const MOST_OBJECTS = 1_000;

/** What a person reads of a problem; a condition is written on each change of it. */
const LONGEST = 4_000;

const MOST_FINDINGS = 5;

export const render: Render = (definition, resource, context) => {
  const size = Buffer.byteLength(jsonText(resource.spec ?? null));
  if (size > LARGEST_RESOURCE) {
    const message = `spec has ${size} bytes, at most ${LARGEST_RESOURCE} are rendered`;
    return refused('ResourceTooLarge', message);
  }
  const read = readProps(definition, resource);
  if ('problem' in read) return refused('InvalidSpec', read.problem);
  const described = describe(definition, resource, read.props, context);
  if (!('set' in described)) return { findings: [], problem: described };
  const { set } = described;
  const misplaced = placeProblem(definition, resource, set, context);
  return misplaced === undefined
    ? checked(definition, withTrace(definition, resource, set, context), context)
    : { set, findings: [], problem: misplaced };
};

function refused(reason: RenderReason, message: string): Rendered {
  return { findings: [], problem: problem(reason, message) };
}

function problem(reason: RenderReason, message: string): RenderProblem {
  return { reason, message: cut(message, LONGEST) };
}

/** Runs the construct, and synthesizes what it describes. */
function describe(
  definition: ResourceDefinition,
  resource: CustomResource,
  props: unknown,
  { profile = {} }: RenderContext,
): { readonly set: ManifestSet } | RenderProblem {
  const app = new App();
  try {
    const environment = new Environment(app, 'cluster', profile);
    const { name = '' } = resource.metadata;
    const namespace = namespaceOf(definition, resource);
    const chart = new Chart(environment, name, namespace === undefined ? {} : { namespace });
    const result: unknown = definition.construct(chart, props as never, resource);
    if (isPromise(result)) {
      void result.then(undefined, () => undefined);
      return problem(
        'ConstructFailed',
        'the construct is asynchronous: it has to describe its objects at once',
      );
    }
  } catch (error) {
    return problem('ConstructFailed', `the construct threw: ${thrown(error)}`);
  }
  try {
    return { set: synth(app) };
  } catch (error) {
    return problem('SynthFailed', thrown(error));
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as Partial<PromiseLike<unknown>> | null | undefined)?.then === 'function';
}

function thrown(error: unknown): string {
  if (!(error instanceof SeaworthyError)) return describeThrown(error);
  return error.problems.map(describeProblem).join('; ');
}

/** Why the objects are not those of this resource. */
function placeProblem(
  definition: ResourceDefinition,
  resource: CustomResource,
  set: ManifestSet,
  context: RenderContext,
): RenderProblem | undefined {
  const { group, kind } = definition;
  const ids = set.manifests.map(({ id }) => id);
  const { annotations = {} } = resource.metadata;
  const own = `${kind}.${group}`;
  const above = (annotations[RENDERED_BY] ?? '').split(',');
  if (ids.length === 0) return problem('NothingRendered', 'the construct describes no object');
  if (ids.length > MOST_OBJECTS)
    return problem(
      'TooManyObjects',
      `the construct describes ${ids.length} objects, at most ${MOST_OBJECTS} are applied`,
    );
  const itself = ids.find((id) => id.kind === kind && groupOf(id.apiVersion) === group);
  if (itself !== undefined)
    return problem('RendersItself', `it renders a resource of its own kind: ${formatId(itself)}`);
  if (above.includes(own))
    return problem(
      'RendersItself',
      `it renders itself, by way of ${above.slice(above.indexOf(own) + 1).join(', ') || own}`,
    );
  const misplaced = namespaceProblem(definition, resource, set, context);
  if (misplaced !== undefined) return misplaced;
  const { permitted } = context;
  const barred = ids.filter((id) => permitted !== undefined && !permitted.some((each) => isOf(id, each)));
  if (barred.length === 0) return undefined;
  return problem(
    'NotPermitted',
    `the operator may not write ${listed(barred)}: no example of the definition renders the kind, so that it has no permission`,
  );
}

/** Why objects are not where this resource may have them. */
function namespaceProblem(
  definition: ResourceDefinition,
  resource: CustomResource,
  set: ManifestSet,
  { assume }: RenderContext,
): RenderProblem | undefined {
  const ids = set.manifests.map(({ id }) => id);
  const namespace = namespaceOf(definition, resource);
  const others = ids.filter((id) => id.namespace !== undefined && id.namespace !== namespace);
  if (namespace !== undefined && others.length > 0)
    return problem(
      'OtherNamespace',
      `a resource renders into its own namespace, ${namespace}; it has ${listed(others)}`,
    );
  const bare = ids.filter((id) => id.namespace === undefined);
  if (!definition.clusterScopedObjects && bare.length > 0)
    return problem(
      'ClusterScopedObject',
      `${listed(bare)} would be in no namespace, which clusterScopedObjects of the definition does not allow`,
    );
  if (namespace !== undefined) return undefined;
  const scopes = new Scopes([...(assume ?? []), ...set].map(({ object }) => object));
  const homeless = bare.filter((id) => !scopes.isClusterScoped(id));
  if (homeless.length === 0) return undefined;
  return problem(
    'NamespaceMissing',
    `${listed(homeless)} names no namespace, and the resource is in none; give the object or its chart one` +
      (homeless.every(({ apiVersion, kind }) => scopeOf(apiVersion, kind) === undefined)
        ? `, or pass the definition of ${homeless[0]?.kind ?? ''} in assume if its objects are in none`
        : ''),
  );
}

/** The namespace of a resource and of its objects; undefined where its definition has scope Cluster. */
function namespaceOf(
  { scope }: ResourceDefinition,
  { metadata: { namespace = 'default' } }: CustomResource,
): string | undefined {
  return scope === 'Cluster' ? undefined : namespace;
}

function isOf(
  { apiVersion, kind }: ObjectId,
  of: { readonly group: string; readonly kind: string },
): boolean {
  return kind === of.kind && groupOf(apiVersion) === of.group;
}

function listed(ids: readonly ObjectId[]): string {
  const shown = ids.slice(0, MOST_FINDINGS).map(formatId).join(', ');
  return ids.length > MOST_FINDINGS ? `${shown} and ${ids.length - MOST_FINDINGS} more` : shown;
}

/** The objects, where resources that the operator serves say by which others they were rendered. */
function withTrace(
  { group, kind }: ResourceDefinition,
  { metadata }: CustomResource,
  set: ManifestSet,
  { served = [] }: RenderContext,
): ManifestSet {
  const above = metadata.annotations?.[RENDERED_BY];
  const own = `${kind}.${group}`;
  const trace = above === undefined ? own : `${above},${own}`;
  const traced = (manifest: Manifest): Manifest => {
    if (!served.some((each) => isOf(manifest.id, each))) return manifest;
    const { object } = manifest;
    const annotations = { ...object.metadata.annotations, [RENDERED_BY]: trace };
    return { ...manifest, object: { ...object, metadata: { ...object.metadata, annotations } } };
  };
  return served.length === 0 ? set : ManifestSet.from(set.manifests.map(traced), set.clusters);
}

function checked({ checks }: ResourceDefinition, set: ManifestSet, { assume }: RenderContext): Rendered {
  let findings: Finding[];
  try {
    findings = check(set, { ...checks, ...(assume !== undefined && { assume }) });
  } catch (error) {
    return { set, findings: [], problem: problem('CheckFailed', thrown(error)) };
  }
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return { set, findings };
  const shown = errors.slice(0, MOST_FINDINGS).map(toldFinding).join('; ');
  const rest = errors.length > MOST_FINDINGS ? `; and ${errors.length - MOST_FINDINGS} more` : '';
  return { set, findings, problem: problem('CheckFailed', `${shown}${rest}`) };
}

function toldFinding({ id, path, message, rule }: Finding): string {
  return `${formatId(id)}${path === '' ? '' : ` ${path}`}: ${message} (${rule})`;
}
