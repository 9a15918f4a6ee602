import type { Field } from '../manifest/field';
import { knownBindings, type Subject } from './bindings';
import type { Cluster } from './cluster';
import { knownOf, type Entry } from './objects';
import type { Pods } from './pods';

/** The field that names the ServiceAccount of pods; `serviceAccount` is its deprecated name. */
export function accountField({ spec }: Pick<Pods, 'spec'>): Field {
  const field = spec.child('serviceAccountName');
  return field.text === '' ? spec.child('serviceAccount') : field;
}

/** The name of the ServiceAccount that pods run as: `default`, unless they name one. */
export function accountName(pods: Pick<Pods, 'spec'>): string {
  return accountField(pods).text || 'default';
}

/** The ServiceAccount that pods run as, if it is known. */
export function accountOf(cluster: Cluster, pods: Pods): Entry | undefined {
  return cluster.derived(accounts).get(`${pods.namespace}/${accountName(pods)}`);
}

/** Whether pods get a token for the API server; `undefined` where their ServiceAccount, which may decide it, is not known. */
export function mountsToken(cluster: Cluster, pods: Pods): boolean | undefined {
  const mount = pods.spec.child('automountServiceAccountToken');
  if (mount.isSet) return mount.value !== false;
  const account = accountOf(cluster, pods);
  // Each namespace has an account `default`, which mounts it unless it is told otherwise.
  if (account === undefined && accountName(pods) !== 'default') return undefined;
  return account?.root.child('automountServiceAccountToken').value !== false;
}

/** Whether a known binding grants something to a ServiceAccount by its name. */
export function isGrantedByName(cluster: Cluster, namespace: string, name: string): boolean {
  return cluster.derived(grantees).has(`${namespace}/${name}`);
}

/** Whether a known binding grants something to a ServiceAccount, by name or by a group that it is in. */
export function isGranted(cluster: Cluster, namespace: string, name: string): boolean {
  const granted = cluster.derived(grantees);
  return granted.has(`${namespace}/${name}`) || granted.has(`${namespace}/`) || granted.has('/');
}

function accounts(cluster: Cluster): ReadonlyMap<string, Entry> {
  const known = knownOf(cluster, '/ServiceAccount');
  return new Map(known.map((entry) => [`${entry.namespace}/${entry.manifest.id.name}`, entry]));
}

function grantees(cluster: Cluster): ReadonlySet<string> {
  const subjects = knownBindings(cluster).flatMap((binding) => binding.subjects);
  return new Set(subjects.map(granteeOf).filter((grantee) => grantee !== undefined));
}

const OF_NAMESPACE = 'system:serviceaccounts:';

/**
 * A ServiceAccount, all of a namespace (`shop/`), or all of the cluster (`/`).
 *
 * Source: MakeGroupNames of apiserver `pkg/authentication/serviceaccount`.
 */
function granteeOf({ kind, namespace, name: { text } }: Subject): string | undefined {
  if (kind === 'ServiceAccount') return `${namespace}/${text}`;
  if (text === 'system:serviceaccounts' || text === 'system:authenticated') return '/';
  return text.startsWith(OF_NAMESPACE) ? `${text.slice(OF_NAMESPACE.length)}/` : undefined;
}
