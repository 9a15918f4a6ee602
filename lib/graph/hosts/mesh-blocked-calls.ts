import { Field } from '../../manifest/field';
import type { Manifest } from '../../manifest/manifest';
import { accountName } from '../accounts';
import type { Cluster } from '../cluster';
import { knownOf } from '../objects';
import { podIndex, type Pods } from '../pods';
import { portOf, type Port } from '../policy-ports';
import { worldOf } from '../references';
import { EVERYTHING, selectorAt } from '../selectors';
import { serviceOf } from '../services';
import { hostUses } from './all-uses';
import type { HostUse } from './host-uses';

/** A call of pods to a Service that no AuthorizationPolicy of Istio allows, where one has to. */
export interface MeshBlockedCall extends Pick<HostUse, 'client' | 'text' | 'target'> {
  readonly port: Port;
  /** The first policy for the pods of the Service. */
  readonly policy: Manifest;
  /** The account of the client, as a policy names it. */
  readonly principal: string;
  /** Whether it is known that the pods are in the mesh, so that the policy counts. */
  readonly isMeshed: boolean;
}

/** A policy that allows. */
interface AllowPolicy {
  readonly manifest: Manifest;
  readonly rules: readonly Field[];
}

/**
 * The calls that the policies of the mesh refuse to all pods of a Service: there are some that allow, and no rule of them
 * may be about the client and the port. Calls through waypoints are left out.
 *
 * Source: AuthorizationPolicy of security.istio.io/v1: where one policy allows, what none allows is denied.
 */
export function meshBlockedCalls(cluster: Cluster): readonly MeshBlockedCall[] {
  const policies = policiesByPods(cluster);
  if (policies.size === 0) return [];
  const seen = new Set<string>();
  return hostUses(cluster).flatMap((use): MeshBlockedCall[] => {
    const { client, text, target, manifest, ports } = use;
    if (manifest === undefined || hasWaypoint(cluster, manifest, target.namespace ?? '')) return [];
    const servers = serviceOf(cluster, manifest)?.pods ?? [];
    const [server] = servers;
    const [policy] = server === undefined ? [] : (policies.get(server) ?? []);
    if (server === undefined || policy === undefined || servers.includes(client)) return [];
    const calls = ports.map(({ target: to, protocol }) => portOf(server, to, protocol));
    const isDenied = (pods: Pods): boolean =>
      !pods.spec.child('hostNetwork').isTrue &&
      ports.every(({ target: to, protocol }) => {
        const port = portOf(pods, to, protocol);
        const own = policies.get(pods) ?? [];
        if (port?.protocol !== 'TCP' || own.length === 0) return false;
        return !own.some(({ rules }) => rules.some((rule) => mayAllow(rule, client, port)));
      });
    const [port] = calls;
    const key = `${client.namespace}/${client.manifest.id.kind}/${client.manifest.id.name} ${target.namespace ?? ''}/${target.name}`;
    if (port === undefined || seen.has(key) || !servers.every(isDenied)) return [];
    seen.add(key);
    const principal = principalOf(client);
    return [
      { client, text, target, port, policy: policy.manifest, principal, isMeshed: isMeshed(cluster, server) },
    ];
  });
}

function policiesByPods(cluster: Cluster): ReadonlyMap<Pods, readonly AllowPolicy[]> {
  return cluster.derived(readPolicies);
}

/** In the root namespace, a policy is for all of them; it is called so unless the mesh is told otherwise. */
const ROOT = 'istio-system';

function readPolicies(cluster: Cluster): ReadonlyMap<Pods, readonly AllowPolicy[]> {
  const found = new Map<Pods, AllowPolicy[]>();
  const everywhere = [...worldOf(cluster).namespaces];
  for (const { manifest, namespace, root } of knownOf(cluster, 'security.istio.io/AuthorizationPolicy')) {
    const spec = root.child('spec');
    if (!['', 'ALLOW'].includes(spec.child('action').text)) continue;
    if (spec.child('targetRef').isSet || spec.child('targetRefs').isSet) continue;
    const policy = { manifest, rules: spec.list('rules') };
    const selector = selectorAt(spec.child('selector')) ?? EVERYTHING;
    for (const pods of podIndex(cluster).select(selector, namespace === ROOT ? everywhere : [namespace])) {
      const own = found.get(pods);
      if (own === undefined) found.set(pods, [policy]);
      else own.push(policy);
    }
  }
  return found;
}

/** Whether a rule may be about calls of the client: what depends on the request counts as if it were. */
function mayAllow(rule: Field, client: Pods, { number }: Port): boolean {
  const [from, to] = [rule.list('from'), rule.list('to')];
  const isFrom = from.length === 0 || from.some((each) => mayBeFrom(each.child('source'), client));
  return (
    isFrom &&
    (to.length === 0 ||
      to.some((each) => {
        const ports = each.at('operation', 'ports').texts;
        return ports.length === 0 || ports.includes(String(number));
      }))
  );
}

function mayBeFrom(source: Field, client: Pods): boolean {
  const account = accountName(client);
  const names: readonly (readonly [field: string, values: readonly string[]])[] = [
    ['principals', [principalOf(client)]],
    ['namespaces', [client.namespace]],
    ['serviceAccounts', [`${client.namespace}/${account}`, account]],
  ];
  return names.every(([field, values]) => {
    const patterns = source.child(field).texts;
    return (
      patterns.length === 0 || patterns.some((pattern) => values.some((value) => mayMatch(pattern, value)))
    );
  });
}

function principalOf(client: Pods): string {
  return `cluster.local/ns/${client.namespace}/sa/${accountName(client)}`;
}

/** A value, or its beginning or end with `*`. The trust domain of a principal is not known. */
function mayMatch(pattern: string, value: string): boolean {
  const text = pattern.replace(/^[^/*]+\/ns\//, 'cluster.local/ns/');
  if (text.startsWith('*')) return value.endsWith(text.slice(1));
  if (text.endsWith('*')) return value.startsWith(text.slice(0, -1)) || !text.includes('/ns/');
  return text === value;
}

/** Whether calls to a Service go through a waypoint, which asks its own policies. */
function hasWaypoint(cluster: Cluster, service: Manifest, namespace: string): boolean {
  const own = Field.root(service.object).at('metadata', 'labels').labels;
  const labels = { ...worldOf(cluster).labelsOf(namespace), ...own };
  return 'istio.io/use-waypoint' in labels;
}

/** Whether pods are known to be in the mesh: by their own labels, a proxy in them, or the labels of their namespace. */
function isMeshed(cluster: Cluster, { labels, namespace, containers }: Pods): boolean {
  const all: Readonly<Record<string, string>> = { ...worldOf(cluster).labelsOf(namespace), ...labels };
  if (all['sidecar.istio.io/inject'] === 'false' || all['istio.io/dataplane-mode'] === 'none') return false;
  return (
    all['sidecar.istio.io/inject'] === 'true' ||
    all['istio.io/dataplane-mode'] === 'ambient' ||
    all['istio-injection'] === 'enabled' ||
    'istio.io/rev' in all ||
    containers.some(({ name }) => name === 'istio-proxy')
  );
}
