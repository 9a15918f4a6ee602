import { push } from '../../kube/grouped';
import { Field } from '../../manifest/field';
import type { Manifest } from '../../manifest/manifest';
import { accountName } from '../accounts';
import type { Cluster } from '../cluster';
import { knownOf, type Entry } from '../objects';
import { podIndex, type Pods } from '../pods';
import { portOf, type Port } from '../policy-ports';
import { worldOf } from '../references';
import { EVERYTHING, selectorAt } from '../selectors';
import type { Refuser } from './mesh-refusal';

const GROUP = 'policy.linkerd.io';

/**
 * The Server of Linkerd that refuses a call: what none of its policies may allow is denied, unless its `accessPolicy` opens
 * it. Policies of routes, of addresses, and of authentications that are not known may allow everyone.
 *
 * Source: Server, AuthorizationPolicy, MeshTLSAuthentication and ServerAuthorization of policy.linkerd.io.
 */
export const linkerdRefusal: Refuser = (cluster, client, server, port) => {
  const servers = (cluster.derived(readServers).get(server) ?? []).filter(({ root }) =>
    isPort(root.at('spec', 'port').value, server, port),
  );
  const [first] = servers;
  if (first === undefined || !servers.every((each) => isRefusing(cluster, each, client))) return undefined;
  return { policy: first.manifest, isDenied: false, isMeshed: isMeshed(cluster, server) };
};

function isPort(value: unknown, pods: Pods, port: Port): boolean {
  return portOf(pods, value, port.protocol)?.number === port.number;
}

function readServers(cluster: Cluster): ReadonlyMap<Pods, readonly Entry[]> {
  const found = new Map<Pods, Entry[]>();
  for (const entry of knownOf(cluster, `${GROUP}/Server`)) {
    const spec = entry.root.child('spec');
    if (!spec.child('podSelector').isSet) continue;
    const selector = selectorAt(spec.child('podSelector')) ?? EVERYTHING;
    for (const pods of podIndex(cluster).select(selector, [entry.namespace])) push(found, pods, entry);
  }
  return found;
}

function isRefusing(cluster: Cluster, { manifest, namespace, root }: Entry, client: Pods): boolean {
  if (!['', 'deny'].includes(root.at('spec', 'accessPolicy').text)) return false;
  const { older, policies } = cluster.derived(indexPolicies);
  const keys = [keyOf(namespace, manifest.id.name), keyOf(namespace, '')];
  if (keys.some((key) => older.has(key))) return false;
  return !keys
    .flatMap((key) => policies.get(key) ?? [])
    .some(({ root: policy }) =>
      policy
        .list('spec', 'requiredAuthenticationRefs')
        .every((ref) => mayAuthenticate(cluster, ref, namespace, client)),
    );
}

/** Policies by namespace and name of their Server; those of other targets, which may be about any, have none. */
interface Policies {
  readonly policies: ReadonlyMap<string, readonly Entry[]>;
  readonly older: ReadonlySet<string>;
  /** Authentications by namespace and name. */
  readonly listed: ReadonlyMap<string, readonly Entry[]>;
}

function indexPolicies(cluster: Cluster): Policies {
  const [policies, listed] = [new Map<string, Entry[]>(), new Map<string, Entry[]>()];
  for (const each of knownOf(cluster, `${GROUP}/AuthorizationPolicy`)) {
    const target = each.root.at('spec', 'targetRef');
    const server = target.child('kind').text === 'Server' ? target.child('name').text : '';
    push(policies, keyOf(each.namespace, server), each);
  }
  for (const each of knownOf(cluster, `${GROUP}/MeshTLSAuthentication`))
    push(listed, keyOf(each.namespace, each.manifest.id.name), each);
  const older = knownOf(cluster, `${GROUP}/ServerAuthorization`).map(({ namespace, root: each }) =>
    keyOf(namespace, each.at('spec', 'server', 'name').text),
  );
  return { policies, listed, older: new Set(older) };
}

function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

function mayAuthenticate(cluster: Cluster, ref: Field, here: string, client: Pods): boolean {
  const [kind, name] = [ref.child('kind').text, ref.child('name').text];
  const namespace = ref.child('namespace').text || here;
  if (kind === 'ServiceAccount') return namespace === client.namespace && name === accountName(client);
  if (kind !== 'MeshTLSAuthentication') return true;
  const found = cluster.derived(indexPolicies).listed.get(keyOf(namespace, name));
  return found === undefined || found.some((each) => mayList(each, client));
}

/** Whether a MeshTLSAuthentication may list the account of a client. The trust domain of an identity is not known. */
function mayList({ root, namespace }: Entry, client: Pods): boolean {
  const spec = root.child('spec');
  const account = accountName(client);
  const own = `${account}.${client.namespace}.serviceaccount.`;
  return (
    spec.child('identities').texts.some((each) => {
      if (each === '*') return true;
      if (!each.startsWith('*.')) return each.startsWith(own);
      const [place = '', kind] = each.slice(2).split('.');
      return kind !== 'serviceaccount' || place === client.namespace;
    }) ||
    spec.list('identityRefs').some((ref) => {
      const name = ref.child('name').text;
      if (ref.child('kind').text === 'Namespace') return name === client.namespace;
      const there = ref.child('namespace').text || namespace;
      return there === client.namespace && ['', account].includes(name);
    })
  );
}

/** Whether pods are known to have a proxy: by an annotation of theirs or of their namespace, or by its container. */
function isMeshed(cluster: Cluster, { metadata, namespace, containers }: Pods): boolean {
  const own = metadata.at('annotations', INJECT).text || ofNamespace(cluster, namespace);
  return ['enabled', 'ingress'].includes(own) || containers.some(({ name }) => name === 'linkerd-proxy');
}

function ofNamespace(cluster: Cluster, name: string): string {
  const found: Manifest | undefined = worldOf(cluster).find({ group: '', kind: 'Namespace', name })?.manifest;
  return found === undefined ? '' : Field.root(found.object).at('metadata', 'annotations', INJECT).text;
}

const INJECT = 'linkerd.io/inject';
