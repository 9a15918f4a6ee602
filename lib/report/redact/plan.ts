import { fieldWithoutSecrets } from '../../check/secrets/field';
import { isPlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import type { Change, ChangedField } from '../../plan/change';
import type { PlanReport } from '../plan/report';
import { Redactor } from './findings';

/** A copy of a report whose changes show no secret of any object, before or after. */
export function redactPlan(report: PlanReport): PlanReport {
  const { parts, before, after } = report;
  const changes = parts.flatMap((part) => part.changes);
  if (
    changes.every(
      ({ fields, consequences, reasons = [] }) => fields.length + consequences.length + reasons.length === 0,
    )
  )
    return report;
  const redactor = new Redactor(
    changes.flatMap((change) => [change.before, change.after].filter((side) => side !== undefined)),
  );
  return {
    ...report,
    before: { ...before, name: redactor.text(before.name) },
    after: { ...after, name: redactor.text(after.name) },
    parts: parts.map((part) => ({
      ...part,
      changes: part.changes.map((change) => redactChange(change, redactor)),
    })),
  };
}

function redactChange(change: Change, redactor: Redactor): Change {
  const { fields, consequences, reasons } = change;
  const objects = [change.before?.object, change.after?.object].filter((object) => object !== undefined);
  return {
    ...change,
    fields: fields.map((field) => redactField(field, objects, redactor)),
    consequences: consequences.map((each) => ({ ...each, message: redactor.text(each.message) })),
    ...(reasons !== undefined && { reasons: reasons.map((reason) => redactor.finding(reason)) }),
  };
}

/** By its place in either object, whichever says that it is a secret; and by the values of all objects. */
function redactField(field: ChangedField, objects: readonly KubeObject[], redactor: Redactor): ChangedField {
  const shown = (value: unknown): unknown =>
    inTexts(fieldWithoutSecrets(value, field.path, objects), redactor);
  return {
    path: redactor.value(field.path),
    ...('before' in field && { before: shown(field.before) }),
    ...('after' in field && { after: shown(field.after) }),
  };
}

function inTexts(value: unknown, redactor: Redactor): unknown {
  if (typeof value === 'string') return redactor.value(value);
  if (Array.isArray(value)) return value.map((item) => inTexts(item, redactor));
  if (!isPlainRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inTexts(each, redactor)]));
}
