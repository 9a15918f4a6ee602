import type { Construct, IConstruct } from 'constructs';
import type { Patches } from '../../kube/patches';
import { push } from '../../kube/grouped';
import { Environment } from '../core/environment';
import { KubeObject } from '../core/object';
import { DNS_RULE, type RulePorts } from './connection-options';
import type { Peer } from './peer';
import { namespaceOf } from './peer';

/** A connection that a workload of ours declares to pods that are not. */
export interface DeclaredCall {
  readonly from: Peer;
  readonly to: Peer;
  readonly ports: RulePorts;
}

/**
 * The isolated namespaces of one environment, and the workloads of each: whichever comes first, the namespace or the
 * workload.
 */
class Isolation {
  /** The first policy that isolates each namespace. */
  readonly #policies = new Map<string, KubeObject>();
  readonly #all = new Set<unknown>();
  readonly #members = new Map<string, (() => void)[]>();
  /** The connections to pods of others, by the namespace of these. */
  readonly calls = new Map<string | undefined, DeclaredCall[]>();

  isolate(namespace: string, policy: KubeObject): void {
    this.#all.add(policy);
    if (this.#policies.has(namespace)) return;
    this.#policies.set(namespace, policy);
    for (const isolateMember of this.#members.get(namespace) ?? []) isolateMember();
  }

  join(namespace: string, isolateMember: () => void): void {
    const members = this.#members.get(namespace);
    if (members === undefined) this.#members.set(namespace, [isolateMember]);
    else members.push(isolateMember);
    if (this.#policies.has(namespace)) isolateMember();
  }

  has(object: unknown): boolean {
    return this.#all.has(object);
  }

  policyOf(namespace: string): KubeObject | undefined {
    return this.#policies.get(namespace);
  }
}

/** By environment, or by app where there is none: what an object without a namespace is in is one of it. */
const isolations = new WeakMap<IConstruct, Isolation>();

function isolationOf(construct: IConstruct): Isolation {
  const whole = Environment.of(construct) ?? construct.node.root;
  const isolation = isolations.get(whole) ?? new Isolation();
  isolations.set(whole, isolation);
  return isolation;
}

/**
 * Denies all pods of a namespace every connection but DNS, by a policy in `scope`, and gives each workload in it a policy
 * of its own with what is allowed.
 */
export function isolate(
  scope: Construct,
  id: string,
  namespace: string | undefined,
  name?: string,
): KubeObject<Patches['NetworkPolicy']> {
  const policy = new KubeObject<Patches['NetworkPolicy']>(scope, id, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { ...(name === undefined ? {} : { name }), ...(namespace === undefined ? {} : { namespace }) },
    content: () => ({
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'], egress: [DNS_RULE] },
    }),
  });
  isolationOf(scope).isolate(namespace ?? '', policy);
  return policy;
}

/** Calls `isolateMember` once the namespace of a workload is isolated, which it may be already. */
export function joinNamespace(workload: Peer, isolateMember: () => void): void {
  isolationOf(workload).join(namespaceOf(workload) ?? '', isolateMember);
}

/** Remembers a connection to pods that have no policy of ours; their namespace may be isolated. */
export function declareCall(call: DeclaredCall): void {
  push(isolationOf(call.from).calls, namespaceOf(call.to), call);
}

/** The connections to pods of others in a namespace that workloads of the environment of `construct` declare. */
export function declaredCalls(construct: IConstruct, namespace: string | undefined): readonly DeclaredCall[] {
  return isolationOf(construct).calls.get(namespace) ?? [];
}

/** Whether an object isolates a namespace. */
export function isIsolating(object: IConstruct): boolean {
  return isolationOf(object).has(object);
}

/** The first policy that isolates a namespace in the environment of `construct`; `undefined` where none does. */
export function isolatingPolicy(
  construct: IConstruct,
  namespace: string | undefined,
): KubeObject | undefined {
  return isolationOf(construct).policyOf(namespace ?? '');
}
