import { fieldWithoutSecrets } from '../../check/secrets/field';
import type { KubeObject, Manifest } from '../../manifest/manifest';
import type { Change, ChangedField } from '../../plan/change';
import type { DriftedField } from '../../plan/drift/drift';
import type { PlanReport } from '../plan/report';
import { Redactor } from './findings';
import { hideIn, redactObjects, searchFor } from './objects';
import { redactText } from './text';

/** A copy of a report whose changes show no secret of any object, before or after. */
export function redactPlan(report: PlanReport): PlanReport {
  const { parts, before, after } = report;
  const redactor = redactorOf(parts.flatMap(({ changes }) => changes));
  return {
    ...report,
    before: { ...before, name: redactText(before.name) },
    after: { ...after, name: redactText(after.name) },
    parts: parts.map((part) => ({
      ...part,
      changes: part.changes.map((change) => redactChange(change, redactor)),
    })),
  };
}

/** A copy of a report whose objects have no secrets in them, for formats that show whole objects. */
export function redactPlannedObjects(report: PlanReport): PlanReport {
  const changes = report.parts.flatMap((part) => part.changes);
  const search = searchFor(changes.flatMap(({ before, after }) => [before, after].filter(isThere)));
  const shown = (manifest: Manifest): Manifest => {
    const [object = manifest.object] = redactObjects([manifest], search);
    return { ...manifest, object };
  };
  return {
    ...report,
    parts: report.parts.map((part) => ({
      ...part,
      changes: part.changes.map((change) => ({
        ...change,
        ...(change.before !== undefined && { before: shown(change.before) }),
        ...(change.after !== undefined && { after: shown(change.after) }),
      })),
    })),
  };
}

function isThere(manifest: Manifest | undefined): manifest is Manifest {
  return manifest !== undefined;
}

/** Copies of changes that show no secret of any of their objects. */
export function redactChanges(changes: readonly Change[]): readonly Change[] {
  const redactor = redactorOf(changes);
  return changes.map((change) => redactChange(change, redactor));
}

/**
 * Knows all objects; none where the changes say nothing that could repeat a value.
 *
 * @param onlyChanges whether nothing but the changes is shown
 */
export function redactorOf(changes: readonly Change[], onlyChanges = true): Redactor {
  if (onlyChanges && changes.every(isSilent)) return new Redactor([]);
  const sides = new Set<Manifest>();
  for (const { before, after } of changes) {
    // What was read once for both sides has the same secrets and names on both.
    if (before !== undefined && before.object !== after?.object) sides.add(before);
    if (after !== undefined) sides.add(after);
  }
  return new Redactor([...sides]);
}

/** Whether a change says nothing that could repeat a value. Most objects of a plan do not change. */
function isSilent({ fields, consequences, reasons = [], drift = [] }: Change): boolean {
  return fields.length + consequences.length + reasons.length + drift.length === 0;
}

function redactChange(change: Change, redactor: Redactor): Change {
  const { fields, consequences, reasons = [] } = change;
  if (isSilent(change) && change.conflicts === undefined) return change;
  const objects = [change.before?.object, change.after?.object].filter((object) => object !== undefined);
  const shown = reasons.map((reason) => redactor.finding(reason));
  /** A consequence can repeat a reason, whose field tells what is a secret in it. */
  const withReasons = (message: string): string =>
    reasons.reduce(
      (said, reason, index) => said.replaceAll(reason.message, () => shown[index]?.message ?? ''),
      message,
    );
  return {
    ...change,
    fields: fields.map((field) => redactField(field, objects, redactor)),
    consequences: consequences.map(({ brief, ...each }) => ({
      ...each,
      message: redactor.text(withReasons(each.message)),
      ...(brief !== undefined && { brief: redactor.text(withReasons(brief)) }),
    })),
    ...(change.reasons !== undefined && { reasons: shown }),
    ...(change.drift && { drift: change.drift.map((field) => redactDrift(field, objects, redactor)) }),
    ...(change.conflicts && {
      conflicts: change.conflicts.map((each) => ({ ...each, path: redactor.path(each.path) })),
    }),
  };
}

/** By its place in either object, whichever says that it is a secret; and by the values of all objects. */
function redactField(field: ChangedField, objects: readonly KubeObject[], redactor: Redactor): ChangedField {
  const shown = hider(field.path, objects, redactor);
  return {
    path: redactor.path(field.path),
    ...('before' in field && { before: shown(field.before) }),
    ...('after' in field && { after: shown(field.after) }),
  };
}

function redactDrift(field: DriftedField, objects: readonly KubeObject[], redactor: Redactor): DriftedField {
  const shown = hider(field.path, objects, redactor);
  return {
    ...field,
    path: redactor.path(field.path),
    ...('expected' in field && { expected: shown(field.expected) }),
    ...('live' in field && { live: shown(field.live) }),
  };
}

function hider(
  path: string,
  objects: readonly KubeObject[],
  redactor: Redactor,
): (value: unknown) => unknown {
  return (value) => hideIn(fieldWithoutSecrets(value, path, objects), (text) => redactor.value(text));
}
