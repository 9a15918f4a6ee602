import { Network, portsOf, type PodPort } from '../../graph/connections';
import type { Pods } from '../../graph/pods';
import { matches, type Labels } from '../../kube/labels';
import { podTemplatePath } from '../../graph/pod-template';
import { recordIn, recordsIn } from '../../apiserver/defaults/plain';
import type { PlainRecord } from '../../manifest/data';
import { formatId, identityKey, type Manifest } from '../../manifest/manifest';
import { equal } from '../../apiserver/update/equal';
import type { Step, Steps, Report } from './rule';
import { kindOf } from './workload';

const POLICY = 'networking.k8s.io/NetworkPolicy';

/** More workloads than this are told by their number. */
const MOST_NAMED = 3;
/** More destinations than this are told by their number. */
const MOST_TOLD = 5;

/**
 * Connections that NetworkPolicies allowed and no longer do, or the other way round, between workloads that are there
 * before and after. Only pods that a change reaches are looked at, and nothing at all where no policy, no label of a
 * namespace, and neither labels nor ports of pods change.
 */
export function connections(steps: Steps, report: Report): void {
  const causes = causesOf(steps.steps);
  if (causes.length === 0 || !hasPolicies(steps)) return;
  const [was, now] = [new Network(steps.before), new Network(steps.after)];
  const lasting = lastingPods(was, now);
  const reached = new Map<Lasting, Step>();
  for (const pod of lasting) {
    const cause = causes.find((each) => reaches(each, pod));
    if (cause !== undefined) reached.set(pod, cause);
  }
  const found = new Map<Step, Found>();
  for (const [pod, cause] of reached) {
    const own = found.get(cause) ?? { lost: new Map(), gained: new Map() };
    found.set(cause, own);
    for (const peer of lasting) {
      if (peer === pod) continue;
      compare(was, now, peer, pod, own);
      // Where both ends are reached, the turn of the other one is for this direction.
      if (!reached.has(peer)) compare(was, now, pod, peer, own);
    }
  }
  for (const [step, { lost, gained }] of found) {
    say(step, lost, 'no longer', report);
    say(step, gained, 'from now on', report);
  }
}

function hasPolicies({ steps }: Steps): boolean {
  return steps.some((step) => kindOf(step) === POLICY);
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
function causesOf(steps: readonly Step[]): Step[] {
  const found = steps.filter(({ change }) => change.effect !== 'none' && change.effect !== 'rejected');
  const policies = found.filter((step) => kindOf(step) === POLICY);
  const namespaces = found.filter((step) => kindOf(step) === '/Namespace' && changesLabels(step));
  return [...policies, ...namespaces, ...found.filter(changesPods)];
}

function changesLabels({ change: { before, after } }: Step): boolean {
  const [old, now] = [before, after].map((each) => recordIn(each?.object.metadata ?? {}, 'labels') ?? {});
  return !equal(old, now);
}

function changesPods(step: Step): boolean {
  const { before, after, effect } = step.change;
  if (before === undefined || after === undefined || effect === 'deleted') return false;
  const path = podTemplatePath(kindOf(step));
  return path !== undefined && !equal(networkSide(before, path), networkSide(after, path));
}

/** What a NetworkPolicy can tell of pods: their labels, and the ports of their containers. */
function networkSide({ object }: Manifest, path: readonly string[]): unknown {
  const template = path.reduce<PlainRecord>((each, step) => recordIn(each, step) ?? {}, object);
  const spec = recordIn(template, 'spec') ?? {};
  const containers = [...recordsIn(spec, 'containers'), ...recordsIn(spec, 'initContainers')];
  return {
    labels: recordIn(recordIn(template, 'metadata') ?? {}, 'labels') ?? {},
    ports: containers.map((container) => container['ports'] ?? []),
  };
}

/** Whether connections of a workload can differ by a change: a policy speaks for the pods that it selects. */
function reaches({ change: { id, before, after } }: Step, { was, now }: Lasting): boolean {
  if (id.kind === 'Namespace') return now.namespace === id.name;
  if (id.kind !== 'NetworkPolicy') return identityKey(now.manifest.id) === identityKey(id);
  if (now.namespace !== (id.namespace ?? 'default')) return false;
  return selects(before, was.labels) || selects(after, now.labels);
}

function selects(policy: Manifest | undefined, labels: Labels): boolean {
  if (policy === undefined) return false;
  const spec = recordIn(policy.object, 'spec') ?? {};
  return matches(recordIn(spec, 'podSelector') ?? {}, labels);
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

function say(step: Step, reached: Reached, when: 'no longer' | 'from now on', report: Report): void {
  const severity = when === 'no longer' ? 'warning' : 'info';
  const all = [...reached.values()];
  for (const { to, ports, from } of all.slice(0, MOST_TOLD)) {
    report(
      step,
      severity,
      `${listed(from)} may ${when} reach ${to} on ${ports}, as the network policies have it.`,
    );
  }
  const rest = all.length - MOST_TOLD;
  if (rest > 0)
    report(
      step,
      severity,
      `The same is so of connections to ${rest} more ${rest === 1 ? 'workload' : 'workloads'}: ${when === 'no longer' ? 'policies no longer let them through' : 'policies let them through from now on'}.`,
    );
}

function listed(names: readonly string[]): string {
  const told = names.slice(0, MOST_NAMED);
  const rest = names.length - told.length;
  if (rest > 0) return `${told.join(', ')} and ${rest} more`;
  return told.length < 2 ? told.join('') : `${told.slice(0, -1).join(', ')} and ${told.at(-1) ?? ''}`;
}
