import { judge } from '../apiserver/admission/judge';
import type { FieldError } from '../apiserver/admission/review';
import type { Server } from '../apiserver/update/kind';
import type { Update } from '../apiserver/update/update';
import { isPolicy, SetPolicies } from '../check/set-policies';
import type { Cluster } from '../graph/cluster';
import { identityKey, type Manifest } from '../manifest/manifest';

/**
 * The ValidatingAdmissionPolicies that are in force while a change is applied: those that the cluster has before it. What
 * the change does to policies counts for later ones: they are applied last.
 */
export class StandingPolicies {
  readonly #before: Cluster;
  readonly #after: Cluster;
  readonly #server: Server;
  #policies: SetPolicies | undefined;

  constructor(before: Cluster, after: Cluster, server: Server) {
    this.#before = before;
    this.#after = after;
    this.#server = server;
  }

  /** The errors for an object that a policy denies. One that is refused otherwise is not shown to policies. */
  errors({ was, now, violations }: Update): FieldError[] {
    if (violations.length > 0) return [];
    this.#policies ??= this.#read();
    const denials = this.#policies.denials(now, was);
    return denials.map((message) => ({ reason: 'forbidden', path: '', message }));
  }

  /** Policies as they are before, and what they look up: as it comes before workloads, as it is after. */
  #read(): SetPolicies {
    const { kubernetes, gates, definitions } = this.#server;
    const there = [...this.#before.set, ...this.#after.assumed];
    const policies = there.filter(({ id }) => isPolicy(id));
    const others = [...this.#after.set, ...there].filter(({ id }) => !isPolicy(id));
    const all = policies.length === 0 ? [] : distinct([...policies, ...others]);
    return new SetPolicies(
      all.map((manifest) => ({
        manifest,
        judgement: judge(manifest.object, kubernetes, definitions, undefined, gates),
      })),
      definitions,
      kubernetes,
    );
  }
}

/** The first of each identity. */
function distinct(manifests: readonly Manifest[]): Manifest[] {
  const found = new Map<string, Manifest>();
  for (const manifest of manifests) {
    const key = identityKey(manifest.id);
    if (!found.has(key)) found.set(key, manifest);
  }
  return [...found.values()];
}
