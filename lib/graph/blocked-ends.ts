import type { Cluster } from './cluster';
import { push } from '../kube/grouped';
import { Field } from '../manifest/field';
import type { Manifest } from '../manifest/manifest';
import { IngressSide } from './ingress-side';
import type { Policy } from './policies';
import { mayBeOutside } from './policy-peers';
import { portOf, type Port } from './policy-ports';
import type { Pods } from './pods';
import { referencesIn } from './references';
import { RulesByPort } from './rules-by-port';
import { serviceOf } from './services';

/** A port of pods that something exposes outside the cluster, and that a policy lets only pods of its namespace reach. */
export interface BlockedEnd extends OpenEnd {
  /** The first policy for the pods. */
  readonly policy: Manifest;
  /** Whether one of the policies for the pods is wrong in itself, so that it may be meant otherwise. */
  readonly isBroken: boolean;
}

/** The ports that are exposed outside the cluster, and that no rule of a policy lets anybody from outside reach. */
export function blockedEnds(cluster: Cluster): readonly BlockedEnd[] {
  return cluster.derived(findBlocked);
}

function findBlocked(cluster: Cluster): readonly BlockedEnd[] {
  const side = new IngressSide(cluster);
  const open = new Map<readonly Policy[], RulesByPort<object>>();
  const letsOutsidersIn = (pods: Pods, port: Port): boolean =>
    side.policiesFor(pods).some((policies) => {
      const rules = open.get(policies) ?? openRules(policies);
      open.set(policies, rules);
      return rules.about(pods, port).length > 0;
    });
  return openEnds(cluster, side).flatMap((end): BlockedEnd[] => {
    const right = side.firstFor(end.pods);
    const policy = right ?? side.policiesFor(end.pods)[0]?.[0]?.manifest;
    if (policy === undefined || letsOutsidersIn(end.pods, end.port)) return [];
    return [{ ...end, policy, isBroken: right === undefined }];
  });
}

/** Peers in other namespaces and IP blocks may be a controller or a node; the pods of this namespace are known. */
function openRules(policies: readonly Policy[]): RulesByPort<object> {
  const open = new RulesByPort<object>(() => ({}));
  for (const rule of policies.flatMap(({ rules }) => rules.ingress ?? []))
    if (rule.peers.length === 0 || rule.peers.some(mayBeOutside)) open.into(rule);
  return open;
}

interface OpenEnd {
  readonly by: Manifest;
  readonly pods: Pods;
  readonly port: Port;
}

/** The ports of pods that are exposed outside the cluster: where many expose the same ones, as the first of them does. */
function openEnds(cluster: Cluster, side: IngressSide): OpenEnd[] {
  const kinds = new Map<readonly Pods[], readonly Pods[]>();
  const seen = new Map<readonly Pods[], Set<string>>();
  const targetsByService = new Map<Manifest, PortTargets>();
  const endsOf = (service: Manifest, by: Manifest, wanted?: string | number): OpenEnd[] => {
    const { pods = [] } = serviceOf(cluster, service) ?? {};
    const those = kinds.get(pods) ?? side.kindsOf(pods);
    const ports = seen.get(pods) ?? new Set<string>();
    kinds.set(pods, those);
    seen.set(pods, ports);
    const targets = targetsByService.get(service) ?? targetsOf(service);
    targetsByService.set(service, targets);
    const meant = wanted === undefined ? targets.all : (targets.named.get(wanted) ?? []);
    return meant.flatMap(({ target, protocol }) => {
      const key = JSON.stringify([target, protocol]);
      if (ports.has(key)) return [];
      ports.add(key);
      return those.flatMap((each) => {
        const port = portOf(each, target, protocol);
        return port === undefined ? [] : [{ by, pods: each, port }];
      });
    });
  };
  const exposed = [...cluster.set].filter(isExposed).map((service) => endsOf(service, service));
  const routed = referencesIn(cluster).references.map((reference) => {
    if (reference.type !== 'names' || reference.found?.id.kind !== 'Service') return [];
    if (reference.role !== 'ingress-backend' && reference.role !== 'route-backend') return [];
    return endsOf(reference.found, reference.from, reference.part?.value);
  });
  return [...exposed, ...routed].flat();
}

function isExposed({ id, object }: Manifest): boolean {
  const type = Field.root(object).at('spec', 'type').text;
  return id.apiVersion === 'v1' && id.kind === 'Service' && ['LoadBalancer', 'NodePort'].includes(type);
}

/** Where a port of a Service leads to. */
interface PortTarget {
  readonly target: unknown;
  readonly protocol: string;
}

/** Where all ports of a Service lead to, and where those of each name and number do. */
interface PortTargets {
  readonly all: readonly PortTarget[];
  readonly named: ReadonlyMap<unknown, readonly PortTarget[]>;
}

function targetsOf(service: Manifest): PortTargets {
  const all: PortTarget[] = [];
  const named = new Map<unknown, PortTarget[]>();
  for (const at of Field.root(service.object).list('spec', 'ports')) {
    const [name, number] = [at.at('name').value, at.at('port').value];
    const target = { target: at.at('targetPort').value ?? number, protocol: at.at('protocol').text || 'TCP' };
    all.push(target);
    for (const key of new Set([name, number])) push(named, key, target);
  }
  return { all, named };
}
