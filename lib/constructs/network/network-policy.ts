import { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import { jsonText } from '../../manifest/json-text';
import { KubeObject } from '../core/object';
import { PART, WHOLE } from '../core/origin';
import type { Reporter, UnplacedProblem } from '../core/problems';
import type { TraitPlace } from '../workloads/trait';
import { apiServerEgress, isCallingApiServer } from './api-server';
import { DNS_RULE, type RulePorts } from './connection-options';
import { placeOf, podsIn } from './ends';
import type { Peer } from './peer';
import { tokenRules } from './token-egress';
import { namespaceOf } from './peer';
import type { ConnectionRule, Referenced } from './referenced';
import { referencedRules } from './referenced';

/** Who calls a workload and whom it calls, by texts that name hosts. */
export interface References {
  readonly from: readonly Referenced[];
  readonly to: readonly Referenced[];
}

const NONE: References = { from: [], to: [] };

/** The NetworkPolicy of one workload. It is made with the first rule that restricts, and then lists all that is allowed. */
export class WorkloadPolicy {
  readonly #place: TraitPlace;
  readonly #ingress: ConnectionRule[] = [];
  readonly #egress: ConnectionRule[] = [];
  /** Those of its ingress rules that a route needs. */
  readonly #routed = new Set<ConnectionRule>();
  #isIsolated = false;
  #referenced: References = NONE;
  #scope: PolicyScope | undefined;
  #object: KubeObject<Patches['NetworkPolicy']> | undefined;

  constructor(place: TraitPlace) {
    this.#place = place;
  }

  get object(): KubeObject<Patches['NetworkPolicy']> | undefined {
    return this.#object;
  }

  /** Lets others in. */
  allowFrom(from: readonly object[], ports: RulePorts): void {
    this.#ingress.push({ from, ports });
    this.#make();
  }

  /** Lets its pods out, to nothing where there are no ends yet. */
  allowTo(to: readonly object[] | undefined, ports: RulePorts): void {
    if (this.#egress.length === 0) this.#egress.push(DNS_RULE);
    if (to !== undefined) this.#egress.push({ to, ports });
    this.#make();
  }

  /** Lets everyone in at these ports, as a load balancer or a route needs it; that alone makes no policy. */
  allowFromAnywhere(ports: RulePorts, by: 'route' | 'service'): void {
    const rule = { ports };
    this.#ingress.push(rule);
    if (by === 'route') this.#routed.add(rule);
    this.#scope ??= new OwnPolicyScope(this.#place.workload, 'connections');
  }

  /** Restricts both directions from now on, and lets a route's requests come from the ingress controller alone. */
  isolate(): void {
    this.#isIsolated = true;
    this.#scope ??= new OwnPolicyScope(this.#place.workload, 'connections');
    this.#make();
  }

  /**
   * Takes who calls the workload and whom it calls, as texts of the app say it, in place of those of the time before.
   *
   * @returns whether the policy allows more by that than it did, and who cannot be allowed
   */
  refer(referenced: References): {
    readonly allowsMore: boolean;
    readonly problems: readonly UnplacedProblem[];
  } {
    const before = jsonText(this.#referencedRules());
    this.#referenced = referenced;
    const now = this.#referencedRules();
    return {
      allowsMore: jsonText(now) !== before,
      problems: [...now.ingress.problems, ...now.egress.problems],
    };
  }

  #referencedRules() {
    const here = namespaceOf(this.#place.workload);
    const { from, to } = this.#referenced;
    return {
      ingress: referencedRules('from', here, this.#declaredIngress(), this.#isCalled ? from : []),
      egress: referencedRules('to', here, this.#egress, this.#calls ? to : []),
    };
  }

  /** Rules that only a route or a Service asked for restrict nothing. */
  get #isCalled(): boolean {
    return this.#isIsolated || this.#ingress.some((rule) => 'from' in rule);
  }

  get #calls(): boolean {
    return this.#isIsolated || this.#egress.length > 0;
  }

  /** Its ingress rules: in an isolated namespace, requests of routes come from where the profile says. */
  #declaredIngress(report: Reporter = () => undefined): readonly ConnectionRule[] {
    if (!this.#isIsolated || this.#routed.size === 0) return this.#ingress;
    const controller = placeOf(this.#place.workload, 'ingress');
    const letsAddressesIn = this.#ingress.some(({ from }) => from?.some((each) => 'ipBlock' in each));
    if (controller === undefined && !letsAddressesIn)
      report({
        code: 'MISSING_PROP',
        path: 'route',
        message:
          'Required value: the namespace is isolated, and the profile of the environment does not say where its ingress controller is',
        hint: "Set `ingress: { namespace: '…' }` in the profile, or allow the addresses of a load balancer: `allowFrom(cidr('10.0.0.0/16'))`.",
      });
    return this.#ingress.flatMap((rule): ConnectionRule[] => {
      if (!this.#routed.has(rule)) return [rule];
      return controller === undefined ? [] : [{ from: [podsIn(controller)], ...rule }];
    });
  }

  /** The rule for the API server, where its pods call it. */
  #apiServerRules(report: Reporter): readonly ConnectionRule[] {
    const { workload } = this.#place;
    if (!isCallingApiServer(workload)) return [];
    const egress = apiServerEgress(workload, this.#egress, this.#isIsolated);
    if (egress.by === 'nothing') report(egress.problem);
    return egress.by === 'rule' ? [egress.rule] : [];
  }

  #make(): void {
    this.#scope ??= new PolicyScope(this.#place.workload, 'connections');
    this.#object ??= new KubeObject<Patches['NetworkPolicy']>(this.#scope, 'Resource', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: this.#place.metadata(),
      content: (report) => ({ spec: this.#render(report) }),
    });
  }

  #render(report: Reporter): object {
    const { workload, podsCallEachOther } = this.#place;
    const within = (side: 'from' | 'to'): object[] =>
      podsCallEachOther ? [{ [side]: [selectPods(workload, workload)] }] : [];
    const { ingress, egress } = this.#referencedRules();
    const [isCalled, calls] = [this.#isCalled, this.#calls];
    const out = this.#egress.length > 0 ? this.#egress : [DNS_RULE];
    return {
      podSelector: { matchLabels: workload.matchLabels },
      policyTypes: [...(isCalled ? ['Ingress'] : []), ...(calls ? ['Egress'] : [])],
      ...(isCalled
        ? { ingress: [...this.#declaredIngress(report), ...ingress.rules, ...within('from')] }
        : {}),
      ...(calls
        ? {
            egress: [
              ...out,
              ...egress.rules,
              ...this.#apiServerRules(report),
              ...tokenRules(workload),
              ...within('to'),
            ],
          }
        : {}),
    };
  }
}

/** `peer` as a NetworkPolicyPeer in the namespace of `from`. */
export function selectPods(from: Peer, peer: Peer): object {
  const [here, there] = [namespaceOf(from), namespaceOf(peer)];
  const podSelector = { matchLabels: peer.matchLabels };
  if (there === undefined || here === there) return { podSelector };
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': there } }, podSelector };
}

/** The scope of the policy. It is made when it is first needed, which sets its place among the objects of the workload. */
class PolicyScope extends Construct {}

Object.defineProperty(PolicyScope.prototype, WHOLE, { value: true });

/** The scope of a policy that a route, a Service or the namespace asked for: its origin is the workload's. */
class OwnPolicyScope extends PolicyScope {}

Object.defineProperty(OwnPolicyScope.prototype, PART, { value: true });
