import { push } from '../../kube/grouped';
import type { Manifest } from '../../manifest/manifest';
import { accountName } from '../accounts';
import { resourcesOf } from '../api-resources';
import { knownBindings } from '../bindings';
import type { Cluster } from '../cluster';
import { knownOf } from '../objects';
import { podsByOwner } from '../pods';
import type { Target } from '../reference';
import { hasWildcard, rulesIn, type Grant } from '../role-rules';

/** A workload whose ServiceAccount may create objects. */
interface Operator {
  readonly by: Manifest;
  /** Where; absent for everywhere. */
  readonly namespace?: string;
  /** The rules that let it; absent where it may create everything. */
  readonly rules?: readonly Grant[];
}

/** The roles of every cluster that let their holders create nearly everything. */
const ADMINS: ReadonlySet<string> = new Set(['admin', 'cluster-admin', 'edit']);

/** The resources that pods are made of, by group and name. */
const POD_RESOURCES: Resources = [
  ['', 'pods'],
  ['apps', 'deployments'],
  ['apps', 'statefulsets'],
  ['apps', 'daemonsets'],
  ['apps', 'replicasets'],
  ['batch', 'jobs'],
  ['batch', 'cronjobs'],
];

/**
 * The first workload that may create the target: an operator, a Job that prepares an installation. Not the one that needs
 * it: a pod that does not start creates nothing.
 */
export function operatorOf(cluster: Cluster, target: Target, from: Manifest): Manifest | undefined {
  const plural = cluster.derived(pluralsByKind).get(`${target.group}/${target.kind}`);
  if (plural === undefined) return undefined;
  return creatorOf(cluster, [[target.group, plural]], target, from);
}

/** The first workload that may create pods in a namespace, in whatever way. */
export function podOperatorOf(cluster: Cluster, namespace: string | undefined): Manifest | undefined {
  return creatorOf(cluster, POD_RESOURCES, { name: '', ...(namespace !== undefined && { namespace }) });
}

type Resources = readonly (readonly [group: string, resource: string])[];

/** Those who may create objects of some resources, by namespace (none for everywhere) and name (none for any). */
type Creators = ReadonlyMap<string, readonly Manifest[]>;

function creatorOf(
  cluster: Cluster,
  resources: Resources,
  { namespace = '', name }: Pick<Target, 'namespace' | 'name'>,
  from?: Manifest,
): Manifest | undefined {
  const memo = cluster.derived(newMemo);
  const key = JSON.stringify(resources);
  const creators = memo.get(key) ?? readCreators(cluster, resources);
  memo.set(key, creators);
  for (const place of ['', namespace])
    for (const called of ['', name]) {
      const found = creators.get(`${place}/${called}`)?.find((by) => by !== from);
      if (found !== undefined) return found;
    }
  return undefined;
}

function newMemo() {
  return new Map<string, Creators>();
}

function readCreators(cluster: Cluster, resources: Resources): Creators {
  const found = new Map<string, Manifest[]>();
  for (const { by, namespace = '', rules } of cluster.derived(readOperators)) {
    const able = rules?.filter((rule) => mayCreate(rule, resources));
    const names = able?.flatMap((rule) =>
      rule.names.length === 0 ? [''] : rule.names.map(({ text }) => text),
    );
    for (const name of new Set(names ?? [''])) push(found, `${namespace}/${name}`, by);
  }
  return found;
}

function mayCreate({ groups, resources, verbs }: Grant, wanted: Resources): boolean {
  if (!hasWildcard(verbs) && !verbs.some(({ text }) => text === 'create')) return false;
  return wanted.some(
    ([group, resource]) =>
      (groups.includes(group) || groups.includes('*')) &&
      (hasWildcard(resources) || resources.some(({ text }) => text === resource)),
  );
}

/** The workloads that a binding grants a role which lets them create something. */
function readOperators(cluster: Cluster): readonly Operator[] {
  const workloads = new Map<string, Manifest[]>();
  for (const [by, pods] of podsByOwner(cluster))
    if (!pods.isOperated) push(workloads, `${pods.namespace}/${accountName(pods)}`, by);
  const roles = new Map<string, readonly Grant[]>();
  for (const kind of ['Role', 'ClusterRole'])
    for (const { manifest, namespace, root } of knownOf(cluster, `${RBAC}/${kind}`))
      roles.set(roleKey(kind, namespace, manifest.id.name), rulesIn(root).filter(isCreating));
  return knownBindings(cluster).flatMap(({ role, namespace, isClusterWide, subjects }) => {
    const isAdmin = role.kind === 'ClusterRole' && ADMINS.has(role.name);
    const rules = roles.get(roleKey(role.kind, namespace, role.name)) ?? [];
    if (!isAdmin && rules.length === 0) return [];
    return subjects
      .flatMap((subject) => workloads.get(`${subject.namespace ?? ''}/${subject.name.text}`) ?? [])
      .map((by) => ({ by, ...(!isAdmin && { rules }), ...(!isClusterWide && { namespace }) }));
  });
}

const RBAC = 'rbac.authorization.k8s.io';

function isCreating({ verbs }: Grant): boolean {
  return verbs.some(({ text }) => text === 'create' || text === '*');
}

function roleKey(kind: string, namespace: string, name: string): string {
  return `${kind}|${kind === 'Role' ? namespace : ''}|${name}`;
}

function pluralsByKind(cluster: Cluster): ReadonlyMap<string, string> {
  return new Map(
    [...resourcesOf(cluster).values()].map(({ group, kind, plural }) => [`${group}/${kind}`, plural]),
  );
}
