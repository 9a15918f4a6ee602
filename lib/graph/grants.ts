import { kindTable, type KindFacts } from '../kube/schema/kind-table';
import { groupOf, type Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import { Field } from '../manifest/field';

/** A rule of a Role or ClusterRole. */
export interface Grant {
  readonly of: Manifest;
  readonly at: Field;
  readonly groups: readonly string[];
  readonly resources: readonly Field[];
  readonly verbs: readonly Field[];
  readonly names: readonly Field[];
}

const RBAC = 'rbac.authorization.k8s.io';

/** All rules about resources, of the roles in a set. */
export function grantsOf(cluster: Cluster): readonly Grant[] {
  return cluster.derived(readGrants);
}

/**
 * The rules of a role that may grant what `grant` fails to: its own, and those of the ClusterRole of that name, which
 * charts put beside a Role.
 */
export function grantsBeside(cluster: Cluster, { of }: Grant): readonly Grant[] {
  const byRole = cluster.derived(byRoleName).get(of.id.name) ?? [];
  return byRole.filter((other) => other.of === of || other.of.id.kind === 'ClusterRole');
}

function byRoleName(cluster: Cluster): ReadonlyMap<string, readonly Grant[]> {
  const found = new Map<string, Grant[]>();
  for (const grant of grantsOf(cluster)) {
    const { name } = grant.of.id;
    const grants = found.get(name);
    if (grants === undefined) found.set(name, [grant]);
    else grants.push(grant);
  }
  return found;
}

/** Whether a rule grants a resource of a group, whatever the names of its objects. */
export function allows({ groups, resources, names }: Grant, group: string, resource: string): boolean {
  return names.length === 0 && groups.includes(group) && resources.some(({ text }) => text === resource);
}

function readGrants({ set }: Cluster): readonly Grant[] {
  return [...set].flatMap((of) => {
    if (groupOf(of.id.apiVersion) !== RBAC || !['Role', 'ClusterRole'].includes(of.id.kind)) return [];
    return Field.root(of.object)
      .list('rules')
      .filter((at) => at.list('resources').length > 0)
      .map((at) => ({
        of,
        at,
        groups: at.list('apiGroups').map(({ text }) => text),
        resources: at.list('resources'),
        verbs: at.list('verbs'),
        names: at.list('resourceNames'),
      }));
  });
}

/** A resource, and what can be below it. */
export interface Resource {
  readonly group: string;
  readonly plural: string;
  readonly kind: string;
  readonly isNamespaced: boolean;
  readonly subresources: ReadonlySet<string>;
  /** Other names of it that RBAC does not know. */
  readonly aliases: readonly string[];
}

/**
 * Subresources that have no object of their own, and things that permissions speak of without there being any.
 *
 * Source: the REST storages under kubernetes `pkg/registry`, and "Authorization" and "Impersonation" in the documentation.
 */
const MORE: Readonly<Record<string, readonly string[]>> = {
  '/pods': [
    'attach',
    'binding',
    'ephemeralcontainers',
    'eviction',
    'exec',
    'log',
    'portforward',
    'proxy',
    'resize',
    'status',
  ],
  '/nodes': [
    'checkpoint',
    'configz',
    'healthz',
    'log',
    'metrics',
    'pods',
    'proxy',
    'spec',
    'stats',
    'status',
  ],
  '/services': ['proxy', 'status'],
  '/serviceaccounts': ['token'],
  '/namespaces': ['finalize', 'status'],
  '/users': [],
  '/groups': [],
  '/podtemplates': [],
  'authentication.k8s.io/uids': [],
  'authentication.k8s.io/userextras': [],
  'certificates.k8s.io/certificatesigningrequests': ['approval', 'status'],
  'certificates.k8s.io/signers': [],
  'extensions/podsecuritypolicies': [],
  'policy/podsecuritypolicies': [],
};

/** Whether all resources of a group are known: those of Kubernetes are; to others anybody can add. */
export function isClosed(group: string): boolean {
  return CLOSED.has(group);
}

/** Resources by group and plural: of Kubernetes in any release, and of the definitions in `subject`. */
export function resourcesOf(cluster: Cluster): ReadonlyMap<string, Resource> {
  return cluster.derived(readResources);
}

function readResources({ set, assumed }: Cluster): ReadonlyMap<string, Resource> {
  const found = new Map(BUILT_IN);
  for (const { id, object } of [...set, ...assumed]) {
    if (id.kind !== 'CustomResourceDefinition') continue;
    const spec = Field.root(object).at('spec');
    const names = spec.at('names');
    const below = spec.list('versions').flatMap((version) => Object.keys(version.at('subresources').record));
    // Its own name says plural and group again; where the two disagree, admission tells of it.
    const [plural = '', ...group] = id.name.split('.');
    for (const [resource, of] of [
      [names.at('plural').text, spec.at('group').text],
      [plural, group.join('.')],
    ] as const) {
      add(found, of, names.at('kind').text, {
        plural: resource,
        scope: spec.at('scope').text === 'Cluster' ? 'Cluster' : 'Namespaced',
        shortNames: [names.at('singular').text, ...names.list('shortNames').map(({ text }) => text)],
        subresources: below,
      });
    }
  }
  return found;
}

const BUILT_IN = builtIn();
const CLOSED: ReadonlySet<string> = new Set([...BUILT_IN.values()].map(({ group }) => group));

function builtIn(): Map<string, Resource> {
  const found = new Map<string, Resource>();
  for (const [apiVersion, kinds] of kindTable) {
    for (const [kind, facts] of kinds) add(found, groupOf(apiVersion), kind, facts);
  }
  for (const key of Object.keys(MORE)) {
    const [group = '', plural = ''] = key.split('/');
    add(found, group, found.get(key)?.kind ?? '', {
      plural,
      scope: found.get(key)?.isNamespaced === true ? 'Namespaced' : 'Cluster',
    });
  }
  return found;
}

function add(
  found: Map<string, Resource>,
  group: string,
  kind: string,
  facts: Pick<KindFacts, 'plural' | 'scope' | 'shortNames' | 'subresources'>,
): void {
  const { plural, scope, shortNames = [], subresources = [] } = facts;
  const key = `${group}/${plural}`;
  const known = found.get(key);
  found.set(key, {
    group,
    plural,
    kind,
    isNamespaced: scope === 'Namespaced',
    // Whoever sets an owner needs a permission for its finalizers (OwnerReferencesPermissionEnforcement).
    subresources: new Set([
      ...(known?.subresources ?? []),
      ...subresources,
      ...(MORE[key] ?? []),
      'finalizers',
    ]),
    aliases: [...new Set([...(known?.aliases ?? []), ...shortNames, kind.toLowerCase(), kind])],
  });
}
