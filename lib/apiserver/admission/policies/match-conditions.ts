import { Budget, valueOf, type Result } from '../../../cel';
import type { KubernetesRelease } from '../../../kube/schema';
import type { PlainRecord } from '../../../manifest/data';
import { expression } from './expressions';

/**
 * Whether a request meets the `matchConditions` of a webhook: one that is false decides; `undefined` where they depend on
 * what is only known in the cluster, such as the user.
 *
 * @source k8s.io/apiserver pkg/admission/plugin/webhook/matchconditions/matcher.go matcher.Match 1.36
 */
export function meetsConditions(
  texts: readonly string[],
  { object, request }: { readonly object: PlainRecord; readonly request: PlainRecord },
  kubernetes: KubernetesRelease,
): boolean | undefined {
  const variables = new Map<string, Result>([
    ['object', valueOf(object)],
    ['oldObject', valueOf(null)],
    ['request', valueOf(request)],
  ]);
  const results = texts.map((text) =>
    expression(text, kubernetes).evaluate({ variables, budget: new Budget() }),
  );
  if (results.includes(false)) return false;
  return results.every((result) => result === true) ? true : undefined;
}
