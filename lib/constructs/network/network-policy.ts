import { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import { jsonText } from '../../manifest/json-text';
import { KubeObject } from '../core/object';
import { PART, WHOLE } from '../core/origin';
import type { Reporter, UnplacedProblem } from '../core/problems';
import { podsOf } from '../rollout/primary';
import type { TraitPlace } from '../workloads/trait';
import { apiServerEgress, isCallingApiServer } from './api-server';
import { DNS_RULE, type RulePorts } from './connection-options';
import { identityOfPeer, placeOf, podsIn } from './ends';
import type { IngressCall } from './mesh/calls';
import { identityOf, membershipOf } from './mesh/membership';
import { MeshPolicies, type MeshPatch } from './mesh/policies';
import { meshEgress, meshIngress, withProxyPort } from './mesh/proxy-ports';
import type { Peer } from './peer';
import { scrapeRules } from './scrape-rules';
import { telemetryRules } from './telemetry-egress';
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
  /** Ports at which Prometheus reads metrics. */
  #scraped: RulePorts = [];
  #isIsolated = false;
  #referenced: References = NONE;
  /** The workloads whose calls its rules allow. */
  readonly #callers = new Map<ConnectionRule, Peer>();
  readonly #mesh: MeshPolicies;
  #scope: PolicyScope | undefined;
  #object: KubeObject<Patches['NetworkPolicy']> | undefined;

  constructor(place: TraitPlace) {
    this.#place = place;
    this.#mesh = new MeshPolicies(place, {
      scope: () => (this.#scope ??= new OwnPolicyScope(place.workload, 'connections')),
      calls: () => this.#calledBy(),
    });
  }

  /** Its policies in the mesh of the cluster. */
  get meshPolicies(): readonly KubeObject<MeshPatch>[] {
    return this.#mesh.objects;
  }

  get object(): KubeObject<Patches['NetworkPolicy']> | undefined {
    return this.#object;
  }

  /** Lets others in, which may be a workload. */
  allowFrom(from: readonly object[], ports: RulePorts, caller?: Peer): void {
    const rule = { from, ports };
    this.#ingress.push(rule);
    if (caller !== undefined) this.#callers.set(rule, caller);
    this.#make();
    this.#mesh.limit();
  }

  /** Lets its pods out, to nothing where there are no ends yet. */
  allowTo(to: readonly object[] | undefined, ports: RulePorts): void {
    if (this.#egress.length === 0) this.#egress.push(DNS_RULE);
    if (to !== undefined) this.#egress.push({ to, ports });
    this.#make();
  }

  /** Lets everyone in at these ports, as a load balancer or a route needs it; that alone makes no policy. */
  allowFromAnywhere(ports: RulePorts, by: 'route' | 'service'): void {
    const isRouted = by === 'route';
    const sign = jsonText(ports);
    const isKnown = (rule: ConnectionRule): boolean =>
      rule.from === undefined && this.#routed.has(rule) === isRouted && jsonText(rule.ports) === sign;
    if (this.#ingress.some(isKnown)) return;
    const rule = { ports };
    this.#ingress.push(rule);
    if (isRouted) this.#routed.add(rule);
    this.#scope ??= new OwnPolicyScope(this.#place.workload, 'connections');
  }

  /** Lets Prometheus in at these ports, from where the profile says that it is; that alone makes no policy. */
  allowScrape(ports: RulePorts): void {
    this.#scraped = [...this.#scraped, ...ports];
  }

  /** Restricts both directions from now on, and lets a route's requests come from the ingress controller alone. */
  isolate(): void {
    this.#isIsolated = true;
    this.#scope ??= new OwnPolicyScope(this.#place.workload, 'connections');
    this.#make();
    this.#mesh.limit();
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
    const before = jsonText([this.#referencedRules(), this.#calledBy()]);
    this.#referenced = referenced;
    const now = this.#referencedRules();
    return {
      allowsMore: jsonText([now, this.#calledBy()]) !== before,
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

  /** Its ingress rules, with those of monitoring. */
  #declaredIngress(report: Reporter = () => undefined): readonly ConnectionRule[] {
    return [...this.#routedIngress(report), ...scrapeRules(this.#place.workload, this.#scraped, report)];
  }

  /** Its ingress rules: in an isolated namespace, requests of routes come from where the profile says. */
  #routedIngress(report: Reporter): readonly ConnectionRule[] {
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

  /** Who calls the workload, for the mesh: also where no policy restricts it. */
  #calledBy(): readonly IngressCall[] {
    const { workload, podsCallEachOther } = this.#place;
    const declared = this.#declaredIngress();
    const { calls } = referencedRules('from', namespaceOf(workload), declared, this.#referenced.from);
    const callers = declared.map((rule): IngressCall => {
      const caller = this.#callers.get(rule);
      const [peer, ...others] = rule.from ?? [];
      if (caller !== undefined || peer === undefined || others.length > 0)
        return { rule, identity: caller && identityOf(caller) };
      return { rule, identity: identityOfPeer(peer) };
    });
    const own = podsCallEachOther ? [{ rule: {}, identity: identityOf(workload) }] : [];
    return [...callers, ...calls, ...own];
  }

  #render(report: Reporter): object {
    const { workload } = this.#place;
    const [isCalled, calls] = [this.#isCalled, this.#calls];
    return {
      podSelector: podsOf(workload),
      policyTypes: [...(isCalled ? ['Ingress'] : []), ...(calls ? ['Egress'] : [])],
      ...(isCalled && { ingress: this.#renderIngress(report) }),
      ...(calls && { egress: this.#renderEgress(report) }),
    };
  }

  #renderIngress(report: Reporter): readonly object[] {
    const membership = membershipOf(this.#place.workload);
    const rules = [...this.#declaredIngress(report), ...this.#referencedRules().ingress.rules];
    const others = this.#within('from');
    if (membership === undefined) return [...rules, ...others];
    const { mesh } = membership;
    return [...rules.map((rule) => withProxyPort(rule, mesh, 'from')), ...others, ...meshIngress(membership)];
  }

  #renderEgress(report: Reporter): readonly object[] {
    const mesh = membershipOf(this.#place.workload)?.mesh;
    const rules = [
      ...(this.#egress.length > 0 ? this.#egress : [DNS_RULE]),
      ...this.#referencedRules().egress.rules,
    ];
    const others = [
      ...this.#apiServerRules(report),
      ...tokenRules(this.#place.workload),
      ...telemetryRules(this.#place.workload),
      ...this.#within('to'),
    ];
    if (mesh === undefined) return [...rules, ...others];
    return [...rules.map((rule) => withProxyPort(rule, mesh, 'to')), ...others, ...meshEgress(mesh)];
  }

  #within(side: 'from' | 'to'): readonly object[] {
    const { workload, podsCallEachOther } = this.#place;
    return podsCallEachOther ? [{ [side]: [selectPods(workload, workload)] }] : [];
  }
}

/** `peer` as a NetworkPolicyPeer in the namespace of `from`. */
export function selectPods(from: Peer, peer: Peer): object {
  const [here, there] = [namespaceOf(from), namespaceOf(peer)];
  const podSelector = podsOf(peer);
  if (there === undefined || here === there) return { podSelector };
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': there } }, podSelector };
}

/** The scope of the policy. It is made when it is first needed, which sets its place among the objects of the workload. */
class PolicyScope extends Construct {}

Object.defineProperty(PolicyScope.prototype, WHOLE, { value: true });

/** The scope of a policy that a route, a Service or the namespace asked for: its origin is the workload's. */
class OwnPolicyScope extends PolicyScope {}

Object.defineProperty(OwnPolicyScope.prototype, PART, { value: true });
