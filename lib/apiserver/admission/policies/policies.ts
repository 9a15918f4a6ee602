import { valueOf, type Result } from '../../../cel';
import type { Labels } from '../../../kube/labels';
import { isPlainRecord, type PlainRecord } from '../../../manifest/data';
import { ask } from './evaluate';
import { UNKNOWN } from './expressions';
import { LazyMap } from './lazy-map';
import { matchedVersion } from './match';
import { paramsFor, type ParamStore } from './params';
import type { Binding, Policy } from './policy';
import { operationOf, type PolicyRequest } from './request';

/** One result of a policy for a request, from one of its bindings. */
export interface PolicyFinding {
  readonly policy: string;
  readonly binding: string;
  /** `open` where only the cluster can decide. */
  readonly action: 'deny' | 'warn' | 'open';
  readonly message: string;
}

/** The objects that policies can look up, in addition to the object of the request. */
export interface PolicyContext extends ParamStore {
  /** A stored namespace; undefined for an unknown one. */
  namespace(name: string): PlainRecord | undefined;
}

/**
 * Objects that control admission, which policies do not apply to.
 *
 * @source k8s.io/apiserver pkg/admission/plugin/webhook/predicates/rules/rules.go IsExemptAdmissionConfigurationResource 1.36
 */
const EXEMPT: ReadonlySet<string> = new Set([
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
]);

/** The label with the name of a namespace, which every namespace has. */
const NAME_LABEL = 'kubernetes.io/metadata.name';

/**
 * The results of policies for a request to create a valid object, or to change it.
 *
 * @source k8s.io/apiserver pkg/admission/plugin/policy/validating/dispatcher.go dispatcher.Dispatch 1.36
 */
export function askPolicies(
  policies: readonly Policy[],
  request: PolicyRequest,
  context: PolicyContext,
): PolicyFinding[] {
  if (request.group === 'admissionregistration.k8s.io' && EXEMPT.has(request.kind)) return [];
  const labels = namespaceLabels(request, context);
  const found: PolicyFinding[] = [];
  for (const policy of policies) {
    const version = matchedVersion(policy.scope, request, labels);
    if (version === undefined) continue;
    for (const binding of policy.bindings) {
      if (matchedVersion(binding.scope, request, labels) === undefined) continue;
      found.push(...askBinding(policy, binding, version, request, context));
    }
  }
  return found;
}

function askBinding(
  policy: Policy,
  binding: Binding,
  version: string,
  request: PolicyRequest,
  context: PolicyContext,
): PolicyFinding[] {
  const finding = (action: PolicyFinding['action'], message: string): PolicyFinding => {
    return { policy: policy.name, binding: binding.name, action, message };
  };
  const collected = paramsFor(policy, binding, request.namespace, context);
  if ('problem' in collected) return policy.ignoresFailures ? [] : [finding('deny', collected.problem)];
  return collected.params.flatMap((params) => {
    const verdict = ask(policy, valuesFor(request, version, params, context));
    return [
      ...(binding.denies ? verdict.refusals.map((message) => finding('deny', message)) : []),
      ...(binding.warns ? verdict.refusals.map((message) => finding('warn', message)) : []),
      ...verdict.failures.map((message) => finding('deny', message)),
      ...(verdict.isOpen ? [finding('open', UNKNOWN.message)] : []),
    ];
  });
}

function namespaceLabels(request: PolicyRequest, context: PolicyContext): Labels {
  if (request.namespace === '') return {};
  const own = request.kind === 'Namespace' && request.group === '' ? request.object : undefined;
  const metadata = (own ?? context.namespace(request.namespace))?.['metadata'];
  const labels = isPlainRecord(metadata) && isPlainRecord(metadata['labels']) ? metadata['labels'] : {};
  return { ...(labels as Labels), [NAME_LABEL]: request.namespace };
}

/** The values of the variables of expressions. */
function valuesFor(
  request: PolicyRequest,
  version: string,
  params: PlainRecord | null,
  context: PolicyContext,
): Map<string, Result> {
  const apiVersion = request.group === '' ? version : `${request.group}/${version}`;
  return new Map<string, Result>([
    ['object', valueOf({ ...request.object, apiVersion })],
    ['oldObject', request.old === undefined ? null : valueOf({ ...request.old, apiVersion })],
    ['params', valueOf(params)],
    ['request', requestValue(request, version)],
    ['namespaceObject', namespaceValue(request, context)],
  ]);
}

/** An `AdmissionRequest`, whose user is not known here. */
function requestValue(request: PolicyRequest, seen: string): Result {
  const { group, kind, name, namespace, resource, version } = request;
  const data = {
    uid: '',
    kind: { group, version: seen, kind },
    resource: { group, version: seen, resource },
    requestKind: { group, version, kind },
    requestResource: { group, version, resource },
    ...(name !== '' && { name }),
    ...(namespace !== '' && { namespace }),
    operation: operationOf(request),
    object: null,
    oldObject: null,
    dryRun: false,
    // What is applied over an object is a patch.
    options: {
      apiVersion: 'meta.k8s.io/v1',
      kind: request.old === undefined ? 'CreateOptions' : 'PatchOptions',
    },
  };
  const known = Object.entries(data).map(([key, value]) => [key, (): Result => valueOf(value)] as const);
  return new LazyMap(new Map([...known, ['userInfo', () => UNKNOWN]]));
}

/** The namespace of the object; null for a cluster-scoped object, including a Namespace. */
function namespaceValue({ group, kind, namespace }: PolicyRequest, context: PolicyContext): Result {
  if (namespace === '' || (kind === 'Namespace' && group === '')) return null;
  const found = context.namespace(namespace);
  return found === undefined ? UNKNOWN : valueOf(found);
}
