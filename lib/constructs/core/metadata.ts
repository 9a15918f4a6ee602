import { annotationKey, annotationsSize, labelKey, labelValue } from '../../kube/labels';
import type { Check } from '../../kube/names';
import { dnsLabel, dnsSubdomain } from '../../kube/names';
import type { Reporter } from './problems';
import { shown } from './props';

type Entries = Readonly<Record<string, string>>;

/** Tells of each label that the API server refuses. */
export function checkLabels(labels: Entries | undefined, path: string, report: Reporter): void {
  checkEntries(labels, path, labelKey, labelValue, report);
}

/** Tells of each annotation that the API server refuses, and of too many. */
export function checkAnnotations(annotations: Entries | undefined, path: string, report: Reporter): void {
  if (!checkEntries(annotations, path, annotationKey, () => undefined, report)) return;
  const wrong = annotationsSize(annotations ?? {});
  if (wrong !== undefined) report({ code: 'INVALID_LABEL', path, message: wrong });
}

/** Tells of the name of an object elsewhere that no object can have: a DNS subdomain, as nearly all kinds want. */
export function checkName(name: string | undefined, path: string, report: Reporter): void {
  const wrong = name === undefined ? undefined : dnsSubdomain(name);
  if (wrong !== undefined) report({ code: 'INVALID_NAME', path, message: `"${name}" is no name: ${wrong}` });
}

/** Tells of a namespace that cannot be. */
export function checkNamespace(namespace: string | undefined, report: Reporter): void {
  const wrong = namespace === undefined ? undefined : dnsLabel(namespace);
  if (wrong === undefined) return;
  report({ code: 'INVALID_NAME', path: 'namespace', message: `"${namespace}" is no namespace: ${wrong}` });
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
    report({ code: 'INVALID_LABEL', path: `${path}.${key}`, message: `"${key}: ${value}": ${wrong}` });
    fine = false;
  }
  return fine;
}

/** Programs in JavaScript write numbers and booleans here, which the API server does not take for text. */
function textProblem(value: unknown): string | undefined {
  return typeof value === 'string' ? undefined : `${shown(value)} is no text; put it in quotes`;
}
