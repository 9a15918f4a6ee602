import { scopeOf } from '../kube/kinds';
import type { KubernetesRelease } from '../kube/schema';
import { isPlainRecord, type PlainRecord } from '../manifest/data';
import type { Manifest, ObjectId } from '../manifest/manifest';
import type { Finding, Severity } from './finding';
import type { Definitions } from '../apiserver/admission/custom/definitions';
import type { Judgement } from '../apiserver/admission/judgement';
import { API_VERSION, BINDING, POLICY } from '../apiserver/admission/policies/kinds';
import {
  askPolicies,
  type PolicyContext,
  type PolicyFinding,
} from '../apiserver/admission/policies/policies';
import { policiesIn, type Policy } from '../apiserver/admission/policies/policy';
import { policyRequest } from '../apiserver/admission/policies/request';
import { written } from '../apiserver/admission/policies/written';

const SEVERITIES: Readonly<Record<PolicyFinding['action'], Severity>> = {
  deny: 'error',
  warn: 'warning',
  open: 'info',
};

/** An object of a set, and the verdict of the API server. */
export interface Judged {
  readonly manifest: Manifest;
  readonly judgement: Judgement;
}

/** Whether an object is a policy, or binds one. */
export function isPolicy({ apiVersion, kind }: ObjectId): boolean {
  return apiVersion === API_VERSION && (kind === POLICY || kind === BINDING);
}

/** The policies in force in one cluster, and the objects that they may look up. */
export class SetPolicies {
  readonly #policies: readonly Policy[];
  readonly #context: PolicyContext;
  readonly #definitions: Definitions;
  readonly #kubernetes: KubernetesRelease;

  constructor(all: readonly Judged[], definitions: Definitions, kubernetes: KubernetesRelease) {
    this.#definitions = definitions;
    this.#kubernetes = kubernetes;
    const inForce = all.filter(
      ({ manifest, judgement }) => isPolicy(manifest.id) && judgement.violations.length === 0,
    );
    // What reads policies is loaded with CEL, which sets without any do without.
    const read =
      inForce.length === 0
        ? []
        : policiesIn(
            inForce.map(({ judgement }) => judgement.value),
            kubernetes,
          );
    this.#policies = read.filter(({ bindings }) => bindings.length > 0);
    this.#context = contextOf(this.#policies.length > 0 ? all : [], definitions, kubernetes);
  }

  /** The verdicts of the policies on a valid object. */
  findings(id: ObjectId, { value }: Judgement): Finding[] {
    if (!isPlainRecord(value)) return [];
    return this.#ask(value).map((found) => ({
      rule: 'admission/policy',
      severity: SEVERITIES[found.action],
      id,
      path: '',
      message: messageOf(found),
    }));
  }

  /** Why policies deny that an object is created, or that `old` is changed to it: both valid, and as the server has them. */
  denials(object: PlainRecord, old?: PlainRecord): string[] {
    return this.#ask(object, old)
      .filter(({ action }) => action === 'deny')
      .map(messageOf);
  }

  #ask(object: PlainRecord, old?: PlainRecord): PolicyFinding[] {
    if (this.#policies.length === 0) return [];
    const request = policyRequest(object, this.#definitions, this.#kubernetes, old);
    return request === undefined ? [] : askPolicies(this.#policies, request, this.#context);
  }
}

function messageOf(found: PolicyFinding): string {
  return `${verdictOf(found)}: ${found.message}`;
}

/**
 * The words of the API server.
 *
 * Source: `Dispatch` in `apiserver/pkg/admission/plugin/policy/validating/dispatcher.go`.
 */
function verdictOf({ action, policy, binding }: PolicyFinding): string {
  const which = `ValidatingAdmissionPolicy '${policy}' with binding '${binding}'`;
  if (action === 'deny') return `${which} denied request`;
  return action === 'warn' ? `Validation failed for ${which}` : `${which} cannot be evaluated`;
}

function contextOf(
  all: readonly Judged[],
  definitions: Definitions,
  kubernetes: KubernetesRelease,
): PolicyContext {
  const byKind = new Map<string, PlainRecord[]>();
  for (const { manifest, judgement } of all) {
    if (!isPlainRecord(judgement.value) || judgement.violations.length > 0) continue;
    const key = `${manifest.id.apiVersion} ${manifest.id.kind}`;
    const objects = byKind.get(key) ?? [];
    objects.push(written(judgement.value, kubernetes));
    byKind.set(key, objects);
  }
  const namespaces = new Map(
    (byKind.get('v1 Namespace') ?? []).map((object) => [(object['metadata'] as PlainRecord)['name'], object]),
  );
  return {
    namespace: (name) => namespaces.get(name),
    ofKind(apiVersion, kind) {
      const scope = scopeOf(apiVersion, kind) ?? definitions.find(apiVersion, kind)?.scope;
      return scope && { scope, objects: byKind.get(`${apiVersion} ${kind}`) ?? [] };
    },
  };
}
