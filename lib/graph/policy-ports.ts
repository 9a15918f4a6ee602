import { PROXY_PORTS } from '../kube/proxy-ports';
import type { Field } from '../manifest/field';
import type { Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import type { Pods } from './pods';
import { policiesOf, type Policy, type PolicyRule } from './policies';
import { peersOf } from './policy-peers';
import { declaredPorts, portNamed } from './ports';
import { referencesIn, worldOf } from './references';

/** A port of a pod, as a policy sees it. */
export interface Port {
  readonly number: number;
  readonly protocol: string;
}

/** The port of pods that a number or name means; none where no container has a port of that name. */
export function portOf(pods: Pods | undefined, value: unknown, protocol: string): Port | undefined {
  if (typeof value === 'number') return { number: value, protocol };
  if (pods === undefined || typeof value !== 'string') return undefined;
  const found = portNamed(pods, value, protocol);
  return found && { number: found.number, protocol };
}

/** Whether a rule is about a port of `pods`, or of an address outside the cluster where there are none. */
export function isAboutPort({ ports }: PolicyRule, pods: Pods | undefined, port: Port): boolean {
  if (ports.length === 0) return true;
  return ports.some((at) => {
    const protocol = at.at('protocol').text || 'TCP';
    if (protocol !== port.protocol) return false;
    if (!at.at('port').isSet) return true;
    const first = portOf(pods, at.at('port').value, protocol)?.number;
    const last = Number(at.at('endPort').value ?? first);
    return first !== undefined && first <= port.number && port.number <= last;
  });
}

/** Policies with a wrong selector or port, which other rules report: what else they do not allow follows from that. */
export function brokenPolicies(cluster: Cluster): ReadonlySet<Manifest> {
  return cluster.derived(findBroken);
}

function findBroken(cluster: Cluster): ReadonlySet<Manifest> {
  const selecting = referencesIn(cluster).references.filter(
    ({ type, role, found }) => type === 'selects' && role.startsWith('policy') && [found].flat().length === 0,
  );
  return new Set([
    ...selecting.map(({ from }) => from),
    ...policyPorts(cluster).map(({ policy }) => policy.manifest),
  ]);
}

/** A port of a rule that none of the rule's pods has. */
export interface ForeignPort {
  readonly policy: Policy;
  readonly at: Field;
  readonly pods: readonly Pods[];
}

/** All ports of policies that no pod has. */
export function policyPorts(cluster: Cluster): readonly ForeignPort[] {
  return cluster.derived(findForeignPorts);
}

function findForeignPorts(cluster: Cluster): readonly ForeignPort[] {
  const world = worldOf(cluster);
  return policiesOf(cluster).flatMap((policy) => [
    ...(policy.rules.ingress ?? []).flatMap((rule) =>
      policy.isForAll ? [] : foreignPorts(policy, rule, policy.pods),
    ),
    ...(policy.rules.egress ?? []).flatMap((rule) =>
      rule.ports.length === 0 ? [] : foreignPorts(policy, rule, peersOf(world, policy, rule) ?? []),
    ),
  ]);
}

function foreignPorts(policy: Policy, { ports }: PolicyRule, pods: readonly Pods[]): ForeignPort[] {
  if (pods.length === 0) return [];
  return ports
    .filter((at) => at.at('port').isSet && lackPort(pods, at))
    .map((at) => ({ policy, at: at.at('port'), pods }));
}

/** Whether none of the pods has a port: pods that do not say which ports they have may have any number. */
function lackPort(pods: readonly Pods[], at: Field): boolean {
  const declared = declaredPorts(pods);
  if (declared.isUnknown) return false;
  const { value } = at.at('port');
  const protocol = at.at('protocol').text || 'TCP';
  if (typeof value === 'string') return !declared.has(value, protocol);
  if (declared.isSilent || PROXY_PORTS.has(Number(value))) return false;
  if (typeof value !== 'number') return true;
  return !declared.hasBetween(value, Number(at.at('endPort').value ?? value), protocol);
}
