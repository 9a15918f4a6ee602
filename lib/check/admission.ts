import type { ObjectId } from '../manifest/manifest';
import type { Finding } from './finding';
import type { FieldError } from '../apiserver/admission/review';
import type { Warning } from '../apiserver/warnings/warning';
import { bounded } from '../kube/bounded';

/** The errors of an object as findings. */
export function findingsOf(object: unknown, violations: readonly FieldError[]): Finding[] {
  if (violations.length === 0) return [];
  const id = identityOf(object);
  return violations.map(({ reason, path, message, hint }) => {
    const rule = `admission/${reason}`;
    return { rule, severity: 'error', id, path, message, ...(hint !== undefined && { hint }) };
  });
}

/** The rule of what the API server says of an object that it accepts. */
export const WARNING = 'admission/warning';

/** The warnings about an object as findings. */
export function warningFindings(id: ObjectId, warnings: readonly Warning[]): Finding[] {
  return warnings.map(({ path, message }) => ({
    rule: WARNING,
    severity: 'warning',
    id,
    path,
    message: bounded(message),
  }));
}

const NO_ID: ObjectId = { apiVersion: '', kind: '', name: '' };

/** The identity of an object of any content, as far as it has one. */
export function identityOf(object: unknown): ObjectId {
  try {
    const { apiVersion, kind, metadata } = fieldsOf(object);
    const { name, generateName, namespace } = fieldsOf(metadata);
    const id = {
      apiVersion: textOf(apiVersion),
      kind: textOf(kind),
      name: textOf(name) || (textOf(generateName) === '' ? '' : `${textOf(generateName)}*`),
    };
    return textOf(namespace) === '' ? id : { ...id, namespace: textOf(namespace) };
  } catch {
    return NO_ID;
  }
}

function fieldsOf(value: unknown): { readonly [field in string]?: unknown } {
  return typeof value === 'object' && value !== null ? value : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
