import { annotationKey, annotationsSize, labelKey, labelValue } from '../../kube/labels';
import type { Check } from '../../kube/names';
import { dnsLabel, dnsSubdomain } from '../../kube/names';
import type { Reporter } from './problems';
import { shown } from './props';

type Entries = Readonly<Record<string, string>>;

/** Reports each label that the API server refuses. */
export function checkLabels(labels: Entries | undefined, path: string, report: Reporter): void {
  checkEntries(labels, path, labelKey, labelValue, report);
}

/** Reports each annotation that the API server refuses, and annotations that are too large together. */
export function checkAnnotations(annotations: Entries | undefined, path: string, report: Reporter): void {
  if (!checkEntries(annotations, path, annotationKey, () => undefined, report)) return;
  const wrong = annotationsSize(annotations ?? {});
  if (wrong !== undefined) report({ code: 'INVALID_LABEL', path, message: wrong });
}

/** Reports the name of another object that is not a DNS subdomain, as nearly all kinds require. */
export function checkName(name: string | undefined, path: string, report: Reporter): void {
  const wrong = name === undefined ? undefined : dnsSubdomain(name);
  if (wrong !== undefined)
    report({ code: 'INVALID_NAME', path, message: `Invalid value: "${name}": ${wrong}` });
}

/** Reports an invalid namespace. */
export function checkNamespace(namespace: string | undefined, report: Reporter): void {
  const wrong = namespace === undefined ? undefined : dnsLabel(namespace);
  if (wrong === undefined) return;
  report({ code: 'INVALID_NAME', path: 'namespace', message: `Invalid value: "${namespace}": ${wrong}` });
}

function checkEntries(
  entries: Entries = {},
  path: string,
  keyProblem: Check,
  valueProblem: Check,
  report: Reporter,
): boolean {
  let fine = true;
  for (const [key, value] of Object.entries(entries)) {
    const wrong = keyProblem(key) ?? textProblem(value) ?? valueProblem(value);
    if (wrong === undefined) continue;
    report({
      code: 'INVALID_LABEL',
      path: `${path}.${key}`,
      message: `Invalid value: "${key}: ${value}": ${wrong}`,
    });
    fine = false;
  }
  return fine;
}

/** Programs in JavaScript may write numbers and booleans here, which the API server does not accept as text. */
function textProblem(value: unknown): string | undefined {
  return typeof value === 'string' ? undefined : `expected text, got ${shown(value)}; put it in quotes`;
}
