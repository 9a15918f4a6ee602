import { nameOf, NAME_LENGTH } from '../constructs/core/names';
import { locate } from '../constructs/core/problems';
import { optional } from '../constructs/core/props';
import { DNS_RULE } from '../constructs/network/connection-options';
import { declaredCalls } from '../constructs/network/isolation';
import { selectPods } from '../constructs/network/network-policy';
import {
  referencedRules,
  unselectable,
  type ConnectionRule,
  type Referenced,
} from '../constructs/network/referenced';
import { shorten } from '../kube/names';
import { jsonText } from '../manifest/json-text';
import { identify, type Manifest } from '../manifest/manifest';
import type { Rendered } from './render';
import type { Report } from './report';

/** A call that a text shows, of pods of the app or of others. */
export interface Call {
  readonly client: End;
  readonly server: End;
}

/** One side of a call, as the other side sees it. */
export interface End extends Referenced {
  /** Name of the object of the pods. */
  readonly object: string;
  /** Whether a workload of ours has a policy for it. */
  readonly isOurs: boolean;
}

/** Pods in an isolated namespace that no workload of ours made, with what they need. */
interface Other {
  readonly pods: Pick<Referenced, 'name' | 'labels' | 'isOnNode'> & { readonly object: string };
  readonly declared: ConnectionRule[];
  readonly from: Referenced[];
  readonly to: Referenced[];
}

/**
 * The policies of pods in an isolated namespace that are not of our workloads, such as those of cdk8s-plus: they may do
 * what texts show and workloads of ours declare. Each belongs to the policy that isolates the namespace.
 */
export function policiesOfOthers(
  isolating: Rendered,
  calls: readonly Call[],
  report: Report,
): readonly Manifest[] {
  const { object: policy } = isolating.placed;
  const { namespace } = isolating.manifest.id;
  const others = new Map<string, Other>();
  const at = (pods: Other['pods']): Other => {
    const key = jsonText(Object.entries(pods.labels).sort());
    const other = others.get(key) ?? { pods, declared: [], from: [], to: [] };
    others.set(key, other);
    return other;
  };
  const isHere = ({ namespace: there, isOurs, isOnNode }: End): boolean =>
    !isOurs && !isOnNode && there === namespace;
  for (const { client, server } of calls) {
    if (isHere(client)) at(client).to.push(server);
    if (isHere(server)) at(server).from.push(client);
  }
  for (const { from, to, ports } of declaredCalls(policy, namespace)) {
    const name = nameOf(to);
    const pods = { name, object: name, labels: to.matchLabels, isOnNode: false };
    at(pods).declared.push({ from: [selectPods(to, from)], ports });
  }
  return [...others.values()].flatMap((other) => {
    const wrong = unselectable(other.pods);
    if (wrong === undefined) return [policyOf(other, isolating, report)];
    const message = `would cut off ${other.pods.name}: ${wrong}`;
    report(locate(policy, { code: 'INVALID_PROP', path: 'isolated', message }));
    return [];
  });
}

function policyOf(
  { pods, declared, from, to }: Other,
  { placed, manifest: isolating }: Rendered,
  report: Report,
): Manifest {
  const { namespace } = isolating.id;
  const ingress = referencedRules('from', namespace, declared, from);
  const egress = referencedRules('to', namespace, [], to);
  for (const problem of [...ingress.problems, ...egress.problems])
    report(locate(placed.object, { ...problem, path: 'isolated' }));
  const { labels } = isolating.object.metadata;
  const object = {
    apiVersion: isolating.id.apiVersion,
    kind: isolating.id.kind,
    metadata: {
      name: shorten([isolating.id.name, pods.object], NAME_LENGTH),
      ...optional('namespace', namespace),
      ...optional('labels', labels),
    },
    spec: {
      podSelector: { matchLabels: pods.labels },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [...declared, ...ingress.rules],
      egress: [DNS_RULE, ...egress.rules],
    },
  };
  const { origin } = isolating;
  return { object, id: identify(object), ...optional('origin', origin) };
}
