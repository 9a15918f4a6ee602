import { parseQuantity } from '../../kube/quantity';
import { quotaResourceNameProblem } from '../../kube/quota';
import { below, type Reporter } from '../core/problems';
import { shown } from '../core/props';
import { anyOf, mapOf, number, text } from '../core/shapes';

/** Amounts by resource: `{ cpu: '20', memory: '64Gi' }`. */
export type Amounts = Readonly<Record<string, string | number>>;

const QUANTITY = anyOf<string | number>([text, number], { expected: 'a quantity', code: 'INVALID_QUANTITY' });

export const AMOUNTS = mapOf(QUANTITY, "{ cpu: '20', memory: '64Gi' }");

/** Resources of which a quota counts requests. */
const REQUESTED: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage', 'storage']);

/** `hard` of a ResourceQuota. Short names are those of requests; others are as Kubernetes has them. */
export function renderQuota(quota: Amounts, report: Reporter): Readonly<Record<string, string>> {
  const hard: Record<string, string> = {};
  for (const [name, amount] of Object.entries(quota)) {
    const resource = quotaName(name);
    const reportBelow = below(name, report);
    const wrong = quotaResourceNameProblem(resource);
    if (wrong !== undefined)
      reportBelow({ code: 'INVALID_PROP', message: `Invalid value: "${name}": ${wrong}` });
    if (Object.hasOwn(hard, resource)) {
      const message = `Forbidden: "${resource}" is given twice`;
      reportBelow({ code: 'INVALID_PROP', message, hint: `Keep one of "${resource}" and its short name.` });
    }
    hard[resource] = renderAmount(amount, reportBelow);
  }
  return hard;
}

/** Extended resources, such as GPUs, are counted by their requests only. */
function quotaName(name: string): string {
  const isExtended = name.includes('/') && !/^(requests\.|limits\.|count\/)/.test(name);
  return REQUESTED.has(name) || isExtended ? `requests.${name}` : name;
}

/** A quantity as text; reports what is none. */
export function renderAmount(amount: string | number, report: Reporter): string {
  if (parseQuantity(amount) === undefined) {
    const message = `Invalid value: ${shown(amount)}: expected a quantity`;
    report({ code: 'INVALID_QUANTITY', message, hint: "Write it as '500m', '20' or '64Gi'." });
  }
  return String(amount);
}
