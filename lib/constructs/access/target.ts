import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { nearest } from '../../errors';
import { knownKind } from '../../kube/custom/catalog';
import { kindNamed } from '../../kube/kinds';
import { builtInResources, isClosed, type Resource } from '../../kube/rbac/resources';
import { groupOf, servedVersions, type KubernetesRelease } from '../../kube/schema';
import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { isRecord } from '../core/props';
import { isReference, type Reference } from '../core/reference';
import type { Shape } from '../core/shape';
import { anyOf, list, record, text } from '../core/shapes';

/** A resource of the API by its group. */
export interface GroupResource {
  /** The group; `''` is the core group, which has pods and Services. */
  readonly group: string;
  /** The plural name, with a subresource after a slash: `widgets`, `widgets/status`. */
  readonly resource: string;
}

/**
 * What permissions are for: an object, by its construct or by `existing()`; or all objects of a kind, by its resource or
 * kind: `'pods'`, `'Pod'`, `'pods/log'`, `'deployments.apps'`, `'widgets.example.com'`, `{ group, resource }`. A path of
 * the API server begins with a slash: `'/metrics'`.
 */
export type Grantable = string | GroupResource | Reference | IConstruct;

/** What a permission is for, as RBAC has it. */
export interface Target {
  /** The group, `*` for every group; absent for a path. */
  readonly group?: string;
  /** The resource with its subresource, or the path. */
  readonly resource: string;
  /** Whether its objects live in a namespace. */
  readonly isNamespaced: boolean;
  /** The name of the only object, where there is one. It may follow from what the object holds. */
  readonly name?: () => string;
  /** Where that object is; absent where that is not known. */
  readonly namespace?: string;
}

const OBJECT: Shape<Reference | IConstruct> = {
  expected: 'a construct',
  takes: (value) => isReference(value) || (typeof value === 'object' && value !== null && 'node' in value),
};

const ONE = anyOf<Grantable>(
  [text, OBJECT, record<GroupResource>({ group: text, resource: text }, { expected: '{ group, resource }' })],
  { hint: "Write it as 'pods', 'pods/log', 'widgets.example.com', or pass a construct." },
);

export const GRANTABLE = anyOf<Grantable | readonly Grantable[]>([ONE, list(ONE)]);

/** What `what` is in RBAC; reports what is no resource. */
export function targetOf(what: Grantable, release: KubernetesRelease, report: Reporter): Target | undefined {
  if (typeof what === 'string') return named(what, release, report);
  return isGroupResource(what) ? ofGroup(what, report) : ofObject(what, report);
}

function isGroupResource(what: GroupResource | Reference | IConstruct): what is GroupResource {
  return isRecord(what) && 'resource' in what && 'group' in what;
}

/** A resource by a string, as kubectl takes it. */
function named(what: string, release: KubernetesRelease, report: Reporter): Target | undefined {
  if (what.startsWith('/')) return { resource: what, isNamespaced: false };
  if (what === '*') return { group: '*', resource: '*', isNamespaced: true };
  const [base = '', ...below] = what.split('/');
  const subresource = below.length === 0 ? undefined : below.join('/');
  if (base === '*') return { group: '*', resource: what, isNamespaced: true };
  const dot = base.indexOf('.');
  if (dot > 0)
    return ofGroup({ group: base.slice(dot + 1), resource: what.replace(base, base.slice(0, dot)) }, report);
  const found = servedResource(base, release);
  if (found !== undefined) return withSubresource(found, subresource, report);
  const near = nearest(base, [...builtInResources.values()].map(({ plural }) => plural)); // prettier-ignore
  report({
    code: 'INVALID_PROP',
    message: `unknown resource "${base}"`,
    hint:
      near === undefined
        ? "Write a custom resource with its group: 'widgets.example.com'."
        : `Did you mean "${near}"? Write a custom resource with its group: 'widgets.example.com'.`,
  });
  return undefined;
}

/** The resource that kubectl takes a name for: a plural name before a kind, the core group before others. */
function servedResource(name: string, release: KubernetesRelease): Resource | undefined {
  const served = [...builtInResources.values()]
    .filter(({ plural, aliases }) => plural === name || aliases.includes(name))
    .filter(({ group, kind }) => kind === '' || servedVersions(release, group, kind).length > 0);
  const [first] = served.sort((a, b) => rank(a, name) - rank(b, name));
  return first;
}

function rank({ plural, group }: Resource, name: string): number {
  return (plural === name ? 0 : 2) + (group === '' ? 0 : 1);
}

function ofGroup({ group, resource }: GroupResource, report: Reporter): Target | undefined {
  const [plural = '', ...below] = resource.split('/');
  const subresource = below.length === 0 ? undefined : below.join('/');
  const own = [...builtInResources.values()].filter((each) => each.group === group);
  const found = own.find((each) => each.plural === plural || each.aliases.includes(plural));
  if (found !== undefined) return withSubresource(found, subresource, report);
  if (isClosed(group) && plural !== '*') {
    const near = nearest(plural, own.map((each) => each.plural)); // prettier-ignore
    const where = group === '' ? 'the core group' : `group "${group}"`;
    const message = `unknown resource "${plural}" in ${where}`;
    report({
      code: 'INVALID_PROP',
      message,
      ...(near === undefined ? {} : { hint: `Did you mean "${near}"?` }),
    });
    return undefined;
  }
  if (plural === '' || plural !== plural.toLowerCase()) {
    const message = `Invalid value: "${resource}": expected the plural name of a resource`;
    report({ code: 'INVALID_PROP', message, hint: "Write it in lower case: 'widgets'." });
    return undefined;
  }
  return { group, resource, isNamespaced: true };
}

function withSubresource(
  { group, plural, isNamespaced, subresources }: Resource,
  subresource: string | undefined,
  report: Reporter,
): Target | undefined {
  if (subresource === undefined) return { group, resource: plural, isNamespaced };
  // `userextras/<key>` has any key.
  if (plural !== 'userextras' && !subresources.has(subresource)) {
    const all = [...subresources].sort();
    const near = nearest(subresource, all);
    report({
      code: 'INVALID_PROP',
      message: `"${plural}" has no subresource "${subresource}"`,
      hint: near === undefined ? `It has ${all.join(', ')}.` : `Did you mean "${plural}/${near}"?`,
    });
    return undefined;
  }
  return { group, resource: `${plural}/${subresource}`, isNamespaced };
}

/** One object, whose kind decides the resource. */
function ofObject(what: Reference | IConstruct, report: Reporter): Target | undefined {
  const object = apiObjectOf(what);
  const { kind, apiVersion } = kindOf(object ?? what);
  const group = apiVersion === undefined ? kindNamed(kind)?.group : groupOf(apiVersion);
  const resource = group === undefined ? undefined : resourceOf(group, kind);
  if (group === undefined || resource === undefined) {
    report({
      code: 'INVALID_PROP',
      message: kind === '' ? 'expected a construct of one object' : `the resource of ${kind} is not known`,
      hint: "Name the resource: `grant(verbs, 'widgets.example.com', { names: ['name'] })`.",
    });
    return undefined;
  }
  const { plural, isNamespaced } = resource;
  const namespace = object === undefined ? textAt(what, 'namespace') : object.metadata.namespace;
  return {
    group,
    resource: plural,
    isNamespaced,
    name: () => (object === undefined ? (textAt(what, 'name') ?? '') : nameOf(object)),
    ...(isNamespaced && namespace !== undefined ? { namespace } : {}),
  };
}

function apiObjectOf(what: Reference | IConstruct): ApiObject | undefined {
  if (!('node' in what)) return undefined;
  const main: IConstruct | undefined = ApiObject.isApiObject(what) ? what : what.node.defaultChild;
  return main !== undefined && ApiObject.isApiObject(main) ? main : undefined;
}

/** The name in the cluster: that of some objects follows from their content. */
function nameOf(object: ApiObject): string {
  return object instanceof KubeObject ? (object.render().object.metadata.name ?? '') : object.name;
}

function kindOf(what: object): { readonly kind: string; readonly apiVersion: string | undefined } {
  return { kind: textAt(what, 'kind') ?? '', apiVersion: textAt(what, 'apiVersion') };
}

function textAt(object: object, key: string): string | undefined {
  const value: unknown = Reflect.get(object, key);
  return typeof value === 'string' ? value : undefined;
}

function resourceOf(group: string, kind: string): Pick<Resource, 'plural' | 'isNamespaced'> | undefined {
  const own = [...builtInResources.values()].find((each) => each.group === group && each.kind === kind);
  const custom = own === undefined ? knownKind(group, kind) : undefined;
  return own ?? (custom && { plural: custom.plural, isNamespaced: custom.scope === 'Namespaced' });
}
