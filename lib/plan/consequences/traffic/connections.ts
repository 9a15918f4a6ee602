import { equal } from '../../../apiserver/update/equal';
import type { Cluster } from '../../../graph/cluster';
import { Network, portsOf, type PodPort } from '../../../graph/connections';
import { podsByOwner, type Pods } from '../../../graph/pods';
import { policiesOf } from '../../../graph/policies';
import { formatId, identityKey, type Manifest } from '../../../manifest/manifest';
import type { ConsequenceRule, Report, Step, Steps } from '../rule';
import { kindOf, listed } from '../words';

const POLICY = 'networking.k8s.io/NetworkPolicy';

/** More workloads than this are counted. */
const MOST_NAMED = 3;
/** More destinations than this are counted. */
const MOST_TOLD = 5;

/**
 * Connections that NetworkPolicies allowed and no longer do, or the other way round, between workloads that exist before
 * and after. Only pods that a change reaches are looked at, and nothing at all where no policy, no label of a
 * namespace, and neither labels nor ports of pods change.
 */
export const connections: ConsequenceRule = {
  kind: 'traffic',
  about: 'Network policies no longer allow a connection between workloads, or allow a new one.',
  run(steps, report) {
    const causes = causesOf(steps);
    if (causes.length === 0 || !steps.steps.some((step) => kindOf(step) === POLICY)) return;
    const [was, now] = [new Network(steps.before), new Network(steps.after)];
    const lasting = lastingPods(was, now);
    for (const [step, { lost, gained }] of changedConnections(reachedPods(causes, lasting, steps), {
      was,
      now,
      lasting,
    })) {
      say(step, lost, 'no longer', report);
      say(step, gained, 'now', report);
    }
  },
};

/** The pods whose connections a change can alter, each with the first of the changes. */
function reachedPods(
  causes: readonly Step[],
  lasting: readonly Lasting[],
  { before, after }: Steps,
): ReadonlyMap<Lasting, Step> {
  const [old, now] = [podsByPolicy(before), podsByPolicy(after)];
  const selected = causes.map((cause) => {
    const { before: was, after: will } = cause.change;
    return kindOf(cause) === POLICY
      ? new Set([...(old.get(was) ?? []), ...(now.get(will) ?? [])])
      : undefined;
  });
  const reached = new Map<Lasting, Step>();
  for (const pod of lasting) {
    const cause = causes.find((each, index) => reaches(each, pod, selected[index]));
    if (cause !== undefined) reached.set(pod, cause);
  }
  return reached;
}

/** The network on both sides, and the workloads that are on both. */
interface Networks {
  readonly was: Network;
  readonly now: Network;
  readonly lasting: readonly Lasting[];
}

/** What changes, by the change that it comes of. */
function changedConnections(
  reached: ReadonlyMap<Lasting, Step>,
  { was, now, lasting }: Networks,
): ReadonlyMap<Step, Found> {
  const found = new Map<Step, Found>();
  for (const [pod, cause] of reached) {
    const own = found.get(cause) ?? { lost: new Map(), gained: new Map() };
    found.set(cause, own);
    for (const peer of lasting) {
      if (peer === pod) continue;
      compare(was, now, peer, pod, own);
      // If both ends are reached, the other one compares this direction.
      if (!reached.has(peer)) compare(was, now, pod, peer, own);
    }
  }
  return found;
}

/** A workload on both sides of a change. */
interface Lasting {
  readonly was: Pods;
  readonly now: Pods;
  readonly ports: { readonly was: readonly PodPort[]; readonly now: readonly PodPort[] };
}

/** Who may or may not reach a workload on which ports, by workload and ports. */
type Reached = Map<string, { readonly to: string; readonly ports: string; readonly from: string[] }>;

interface Found {
  readonly lost: Reached;
  readonly gained: Reached;
}

function lastingPods(was: Network, now: Network): Lasting[] {
  const old = new Map(was.pods.map((pod) => [identityKey(pod.manifest.id), pod]));
  return now.pods.flatMap((pod): Lasting[] => {
    const before = old.get(identityKey(pod.manifest.id));
    return before === undefined
      ? []
      : [{ was: before, now: pod, ports: { was: portsOf(before), now: portsOf(pod) } }];
  });
}

/** Changes that can open or close a connection: policies first, since they mean to. */
function causesOf({ steps, before, after }: Steps): Step[] {
  const found = steps.filter(({ change }) => change.effect !== 'none' && change.effect !== 'rejected');
  const policies = found.filter((step) => kindOf(step) === POLICY);
  const namespaces = found.filter((step) => kindOf(step) === '/Namespace' && changesLabels(step));
  return [...policies, ...namespaces, ...found.filter((step) => changesPods(step, before, after))];
}

function changesLabels({ change: { before, after } }: Step): boolean {
  return !equal(before?.object.metadata.labels ?? {}, after?.object.metadata.labels ?? {});
}

function changesPods({ change }: Step, before: Cluster, after: Cluster): boolean {
  if (change.before === undefined || change.after === undefined) return false;
  const [old, now] = [podsByOwner(before).get(change.before), podsByOwner(after).get(change.after)];
  return now !== undefined && !equal(networkSide(old), networkSide(now));
}

/** What a NetworkPolicy can refer to in pods: their labels, and the ports of their containers. */
function networkSide(pods: Pods | undefined): unknown {
  const ports = pods?.containers.map((container) =>
    container.ports.map(({ name, number, protocol }) => ({ name, number, protocol })),
  );
  return { labels: pods?.labels ?? {}, ports: ports ?? [] };
}

/** The pods that each policy is for. */
function podsByPolicy(cluster: Cluster): ReadonlyMap<Manifest | undefined, readonly Pods[]> {
  return new Map(policiesOf(cluster).map(({ manifest, pods }) => [manifest, pods]));
}

/** Whether connections of a workload can differ by a change: a policy affects the pods that it selects. */
function reaches(
  { change: { id } }: Step,
  { was, now }: Lasting,
  selected: ReadonlySet<Pods> | undefined,
): boolean {
  if (selected === undefined && id.kind === 'Namespace') return now.namespace === id.name;
  if (selected === undefined) return identityKey(now.manifest.id) === identityKey(id);
  return selected.has(was) || selected.has(now);
}

function compare(was: Network, now: Network, from: Lasting, to: Lasting, { lost, gained }: Found): void {
  const { ports } = to;
  const before = ports.was.filter((port) => was.allows(from.was, to.was, port));
  const after = ports.now.filter((port) => now.allows(from.now, to.now, port));
  add(lost, from, to, gone(before, after, ports.now));
  add(gained, from, to, gone(after, before, ports.was));
}

/**
 * The ports in `some` that others have lost, and still declare. Ports that come and go with the containers are nothing
 * that a policy does, unless no other port is left.
 */
function gone(
  some: readonly PodPort[],
  others: readonly PodPort[],
  declared: readonly PodPort[],
): readonly PodPort[] {
  if (others.length === 0 && declared.length > 0) return some;
  const has = (ports: readonly PodPort[], port: PodPort): boolean =>
    ports.some((each) => each.port === port.port && each.protocol === port.protocol);
  return some.filter((port) => has(declared, port) && !has(others, port));
}

function add(
  reached: Reached,
  { now: from }: Lasting,
  { now: to }: Lasting,
  ports: readonly PodPort[],
): void {
  if (ports.length === 0) return;
  const [name, text] = [formatId(to.manifest.id), ports.map(formatPort).join(' and ')];
  const key = `${name} ${text}`;
  const known = reached.get(key);
  if (known === undefined) reached.set(key, { to: name, ports: text, from: [formatId(from.manifest.id)] });
  else known.from.push(formatId(from.manifest.id));
}

function formatPort({ port, protocol }: PodPort): string {
  return `${port}/${protocol}`;
}

function say(step: Step, reached: Reached, when: 'no longer' | 'now', report: Report): void {
  const severity = when === 'no longer' ? 'warning' : 'info';
  const all = [...reached.values()];
  for (const { to, ports, from } of all.slice(0, MOST_TOLD))
    report(
      step,
      severity,
      `Network policies ${when} allow ${listed(from, MOST_NAMED)} to reach ${to} on ${ports}.`,
    );
  const rest = all.length - MOST_TOLD;
  if (rest > 0)
    report(
      step,
      severity,
      `Network policies ${when} allow connections to ${rest} more ${rest === 1 ? 'workload' : 'workloads'}.`,
    );
}
