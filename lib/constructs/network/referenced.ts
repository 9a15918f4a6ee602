import type { LabelSelector } from '../../kube/labels';
import { jsonText } from '../../manifest/json-text';
import type { UnplacedProblem } from '../core/problems';
import { optional } from '../core/props';
import type { MeshIdentity } from './mesh/membership';

/** A port of pods. */
interface PodPort {
  readonly number: number;
  readonly protocol: string;
}

/** The other side of a call that a text shows: a variable, an argument or a file with the host of a Service. */
export interface Referenced {
  /** Kind and name, for messages. */
  readonly name: string;
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** Selects the pods. @default by all of the labels */
  readonly pods?: LabelSelector;
  /** Whether the pods are on the network of their node. */
  readonly isOnNode: boolean;
  readonly ports: readonly PodPort[];
  /** Whether the text says which ports; otherwise they are all of the Service. */
  readonly isSaid: boolean;
  /** As whom the pods call others in the mesh; `undefined` where it is not known that they are in it. */
  readonly identity?: MeshIdentity | undefined;
}

/** A rule of a policy. */
export interface ConnectionRule {
  readonly from?: readonly object[];
  readonly to?: readonly object[];
  readonly ports?: readonly { readonly protocol: string; readonly port: number | string }[];
}

/** Rules for calls that texts show. */
export interface ReferencedRules {
  readonly rules: readonly ConnectionRule[];
  /** The rules, each with the identity of its pods. */
  readonly calls: readonly { readonly rule: ConnectionRule; readonly identity: MeshIdentity | undefined }[];
  readonly problems: readonly UnplacedProblem[];
}

/** The rules for calls that texts show and no declared rule allows, and who cannot be allowed. */
export function referencedRules(
  side: 'from' | 'to',
  namespace: string | undefined,
  declared: readonly ConnectionRule[],
  all: readonly Referenced[],
): ReferencedRules {
  const rules = new Map<string, { peer: object; ports: Ports; identity: MeshIdentity | undefined }>();
  const problems = new Map<string, UnplacedProblem>();
  for (const each of all) {
    const peer = peerOf(each, namespace);
    if (isAllowed(side, declared, each, peer)) continue;
    const wrong = cutOff(side, each);
    if (wrong !== undefined) {
      problems.set(each.name, wrong);
      continue;
    }
    const key = jsonText(peer);
    const rule = rules.get(key) ?? { peer, ports: new Map(), identity: each.identity };
    rules.set(key, rule);
    for (const { protocol, number } of each.ports)
      rule.ports.set(`${number}/${protocol}`, { protocol, port: number });
  }
  const calls = [...rules.values()].map(({ peer, ports, identity }) => ({
    rule: { [side]: [peer], ports: [...ports.values()] },
    identity,
  }));
  return { calls, rules: calls.map(({ rule }) => rule), problems: [...problems.values()] };
}

type Ports = Map<string, { protocol: string; port: number }>;

function peerOf({ namespace: there, labels, pods }: Referenced, here: string | undefined): object {
  const podSelector = pods ?? { matchLabels: labels };
  if (there === undefined || there === here) return { podSelector };
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': there } }, podSelector };
}

/** Whether a declared rule allows a call. Who declares a connection says its ports, unless the text says others. */
function isAllowed(
  side: 'from' | 'to',
  declared: readonly ConnectionRule[],
  { ports, isSaid, isOnNode }: Referenced,
  peer: object,
): boolean {
  const key = jsonText(peer);
  const about = declared.filter((rule) => {
    const peers = rule[side];
    if (peers === undefined) return side === 'from';
    return peers.some((each) => (isOnNode ? 'ipBlock' in each : jsonText(each) === key));
  });
  const isPeer = about.some((rule) => rule[side] !== undefined);
  if (isPeer && !isSaid) return true;
  return ports.every(({ number, protocol }) =>
    about.some(
      (rule) =>
        rule.ports === undefined ||
        rule.ports.length === 0 ||
        rule.ports.some((each) => each.port === number && each.protocol === protocol),
    ),
  );
}

/** Why no policy can select pods; `undefined` where one can. */
export function unselectable({
  isOnNode,
  labels,
}: Pick<Referenced, 'isOnNode' | 'labels'>): string | undefined {
  if (isOnNode) return 'its pods are on the network of their node, where no policy can select them';
  return Object.keys(labels).length === 0 ? 'its pods have no labels to select them by' : undefined;
}

/** Why no policy can allow a call that it would cut off. */
function cutOff(side: 'from' | 'to', referenced: Referenced): UnplacedProblem | undefined {
  const why = unselectable(referenced);
  if (why === undefined) return undefined;
  const { name, isOnNode } = referenced;
  const [called, method] =
    side === 'from' ? ['names its host', 'allowFrom'] : ['is named as a host', 'allowTo'];
  return {
    code: 'INVALID_PROP',
    path: 'connectsTo',
    message: `would cut off ${name}, which ${called}: ${why}`,
    ...optional(
      'hint',
      isOnNode ? `Allow the addresses of the nodes: \`${method}(cidr('10.0.0.0/16'))\`.` : undefined,
    ),
  };
}
