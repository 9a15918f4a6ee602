import type { Entry } from './objects';
import { knownOf } from './objects';
import type { Pods } from './pods';
import type { Cluster } from './cluster';

/** The ServiceAccount that pods run as, where it is known. Those that name none run as `default`. */
export function accountOf(cluster: Cluster, { spec, namespace }: Pods): Entry | undefined {
  const name = spec.child('serviceAccountName').text || spec.child('serviceAccount').text || 'default';
  return cluster.derived(accounts).get(`${namespace}/${name}`);
}

/** Whether a binding that is known grants something to a service account. */
export function isGranted(cluster: Cluster, namespace: string, name: string): boolean {
  const granted = cluster.derived(grantees);
  return granted.has(`${namespace}/${name}`) || granted.has(`${namespace}/`) || granted.has('/');
}

function accounts(cluster: Cluster): ReadonlyMap<string, Entry> {
  const known = knownOf(cluster, '/ServiceAccount');
  return new Map(known.map((entry) => [`${entry.namespace}/${entry.manifest.id.name}`, entry]));
}

/** Who is granted something: accounts, all accounts of a namespace (`shop/`), or all of the cluster (`/`). */
function grantees(cluster: Cluster): ReadonlySet<string> {
  const found = new Set<string>();
  for (const kind of ['RoleBinding', 'ClusterRoleBinding']) {
    for (const { root, namespace } of knownOf(cluster, `rbac.authorization.k8s.io/${kind}`)) {
      for (const grantee of root.child('subjects').items) {
        const name = grantee.child('name').text;
        if (grantee.child('kind').text === 'ServiceAccount')
          found.add(`${grantee.child('namespace').text || namespace}/${name}`);
        else if (name === 'system:serviceaccounts' || name === 'system:authenticated') found.add('/');
        else if (name.startsWith('system:serviceaccounts:'))
          found.add(`${name.slice('system:serviceaccounts:'.length)}/`);
      }
    }
  }
  return found;
}
