import { kindTable, type KindFacts } from '../kube/schema/kind-table';
import { groupOf } from '../manifest/manifest';
import { Field } from '../manifest/field';
import type { Cluster } from './cluster';

/** A resource of the API, and its subresources. */
export interface Resource {
  readonly group: string;
  readonly plural: string;
  readonly kind: string;
  readonly isNamespaced: boolean;
  readonly subresources: ReadonlySet<string>;
  /** Other names of it, which RBAC does not know. */
  readonly aliases: readonly string[];
}

/**
 * Subresources, and resources that only permissions have.
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
  // OpenShift asks for these of whoever sets addresses by hand (admission plugin RestrictedEndpointsAdmission).
  '/endpoints': ['restricted'],
  'discovery.k8s.io/endpointslices': ['restricted'],
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

/** Whether all resources of a group are known: true for the groups of Kubernetes; CRDs can add to any other. */
export function isClosed(group: string): boolean {
  return CLOSED.has(group);
}

/** Resources by group and plural: of Kubernetes in any release, and of the definitions in the cluster. */
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
    // Its own name has plural and group again; admission reports it where the two differ.
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
