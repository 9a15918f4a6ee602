import { kindTable, type KindFacts } from '../schema/kind-table';
import { groupOf } from '../schema/served';

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

/** Resources of Kubernetes in any release, by group and plural: `apps/deployments`, `/pods`. */
export const builtInResources: ReadonlyMap<string, Resource> = readBuiltIn();

const CLOSED: ReadonlySet<string> = new Set([...builtInResources.values()].map(({ group }) => group));

/** Whether all resources of a group are known: true for the groups of Kubernetes; CRDs can add to any other. */
export function isClosed(group: string): boolean {
  return CLOSED.has(group);
}

function readBuiltIn(): Map<string, Resource> {
  const found = new Map<string, Resource>();
  for (const [apiVersion, kinds] of kindTable) {
    for (const [kind, facts] of kinds) addResource(found, groupOf(apiVersion), kind, facts);
  }
  for (const key of Object.keys(MORE)) {
    const [group = '', plural = ''] = key.split('/');
    addResource(found, group, found.get(key)?.kind ?? '', {
      plural,
      scope: found.get(key)?.isNamespaced === true ? 'Namespaced' : 'Cluster',
    });
  }
  return found;
}

/** Adds a resource to those of `found`, by group and plural. */
export function addResource(
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
