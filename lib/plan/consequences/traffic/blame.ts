import type { Cluster } from '../../../graph/cluster';
import type { PodPort } from '../../../graph/connections';
import type { Pods } from '../../../graph/pods';
import {
  egressPolicies,
  ingressPolicies,
  policiesOf,
  type Direction,
  type Policy,
  type PolicyRule,
} from '../../../graph/policies';
import { isPeer, peersOf } from '../../../graph/policy-peers';
import { worldOf } from '../../../graph/references';
import { RulesByPort } from '../../../graph/rules-by-port';
import { Selections } from '../../../graph/selections';
import type { Manifest } from '../../../manifest/manifest';
import type { Step } from '../rule';
import type { Lasting } from './connection-causes';

/** Of the policies that change for the same pods, more than these are not looked at. */
const MOST_LOOKED = 20;

const NO_RULES: readonly PolicyRule[] = [];

/** Whom rules are about: pods, and the rules that may be about others. */
interface Peers {
  readonly pods: Set<Pods>;
  readonly open: PolicyRule[];
}

/** One end of a connection, and the other. */
export interface Ends {
  /** The direction in which the policies of `subject` decide. */
  readonly way: Direction;
  readonly subject: Lasting;
  readonly peer: Lasting;
  readonly port: PodPort;
}

/** A policy that changes, and the step that changes it. */
interface ChangedPolicy extends Policy {
  readonly step: Step;
}

/** The policies of one side of a change, those that change apart. */
class Side {
  readonly #cluster: Cluster;
  readonly #changed: Readonly<Record<Direction, Selections<ChangedPolicy>>>;
  readonly #ports = new WeakMap<readonly PolicyRule[], RulesByPort<Peers>>();
  readonly #peers = new WeakMap<PolicyRule, Map<Pods, boolean>>();

  constructor(cluster: Cluster, steps: ReadonlyMap<Manifest | undefined, Step>) {
    this.#cluster = cluster;
    const changed = policiesOf(cluster).flatMap((policy): ChangedPolicy[] => {
      const step = steps.get(policy.manifest);
      return step === undefined ? [] : [{ ...policy, step }];
    });
    const limiting = (way: Direction): Selections<ChangedPolicy> =>
      new Selections(changed.filter(({ rules }) => rules[way] !== undefined));
    this.#changed = { ingress: limiting('ingress'), egress: limiting('egress') };
  }

  isLimited(pods: Pods, way: Direction): boolean {
    return (way === 'ingress' ? ingressPolicies : egressPolicies)(this.#cluster).has(pods);
  }

  /** The first policies that change and limit pods. */
  limiting(pods: Pods, way: Direction): readonly ChangedPolicy[] {
    return this.#changed[way].of(pods).flatMap((policies) => policies.slice(0, MOST_LOOKED));
  }

  /** Whether a policy, as it is or was, allows a connection with the pods and labels of this side. */
  allows(policy: Policy, way: Direction, peer: Pods, server: Pods, port: PodPort): boolean {
    const { namespace, rules } = policy;
    const about = this.#byPort(policy, rules[way] ?? NO_RULES).about(server, {
      number: port.port,
      protocol: port.protocol,
    });
    return about.some(
      ({ pods, open }) => pods.has(peer) || open.some((rule) => this.#isAboutPeer(rule, namespace, peer)),
    );
  }

  #byPort(policy: Policy, rules: readonly PolicyRule[]): RulesByPort<Peers> {
    const known = this.#ports.get(rules);
    if (known !== undefined) return known;
    const world = worldOf(this.#cluster);
    const byPort = new RulesByPort<Peers>(() => ({ pods: new Set(), open: [] }));
    for (const rule of rules) {
      const found = peersOf(world, policy, rule);
      for (const { pods, open } of byPort.into(rule)) {
        if (found === undefined) open.push(rule);
        else for (const each of found) pods.add(each);
      }
    }
    this.#ports.set(rules, byPort);
    return byPort;
  }

  /** Many connections are lost for one peer: its labels are compared with those of a rule once. */
  #isAboutPeer(rule: PolicyRule, namespace: string, peer: Pods): boolean {
    const asked = this.#peers.get(rule) ?? new Map<Pods, boolean>();
    this.#peers.set(rule, asked);
    const known = asked.get(peer);
    if (known !== undefined) return known;
    const world = worldOf(this.#cluster);
    const isAbout =
      rule.peers.length === 0 ||
      rule.peers.some((each) => !each.at('ipBlock').isSet && isPeer(world, namespace, each, peer));
    asked.set(peer, isAbout);
    return isAbout;
  }
}

/** Finds the policy that closes or opens a connection. */
export class Blame {
  readonly #was: Side;
  readonly #now: Side;

  /** @param steps the changes of policies */
  constructor(before: Cluster, after: Cluster, steps: readonly Step[]) {
    this.#was = new Side(before, new Map(steps.map((step) => [step.change.before, step])));
    this.#now = new Side(after, new Map(steps.map((step) => [step.change.after, step])));
  }

  /**
   * The change of a policy of `subject` that closes a connection, or opens it: where its policies limited it while it was
   * open, the one that allowed it then and would still; else the one that limits it where it is closed. Nothing where no
   * policy of its own changes that.
   */
  of(what: 'lost' | 'gained', { way, subject, peer, port }: Ends): Step | undefined {
    const isLost = what === 'lost';
    const [open, closed] = isLost ? [this.#was, this.#now] : [this.#now, this.#was];
    const [opened, shut] = isLost ? [subject.was, subject.now] : [subject.now, subject.was];
    if (!open.isLimited(opened, way)) return closed.limiting(shut, way)[0]?.step;
    const other = isLost ? peer.now : peer.was;
    const server = way === 'ingress' ? shut : other;
    return open.limiting(opened, way).find((policy) => closed.allows(policy, way, other, server, port))?.step;
  }
}
