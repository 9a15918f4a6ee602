import type { ObjectId } from '../../manifest/manifest';
import type { UpgradeChange } from '../../upgrade/result';
import type { UpgradeReport } from '../upgrade/report';
import { Redactor } from './findings';
import { redactObjects, searchFor } from './objects';

/** A copy of a report whose changes repeat no secret of any object in it. */
export function redactUpgrade(report: UpgradeReport): UpgradeReport {
  const redactor = new Redactor(report.parts.flatMap(({ manifests }) => manifests));
  const changed = (id: ObjectId, changes: readonly UpgradeChange[]): UpgradeChange[] =>
    changes.map((change) => {
      const { severity, path, message, hint } = change;
      const said = { path, message, ...(hint !== undefined && { hint }) };
      const shown = redactor.finding({ rule: `upgrade/${change.kind}`, severity, id, ...said });
      return {
        ...change,
        path: shown.path,
        message: shown.message,
        ...(shown.hint !== undefined && { hint: shown.hint }),
      };
    });
  const parts = report.parts.map((part) => ({
    ...part,
    objects: part.objects.map((object) => ({
      ...object,
      already: changed(object.id, object.already),
      changes: changed(object.id, object.changes),
    })),
  }));
  return { ...report, parts };
}

/** A copy of a report whose objects have no secrets in them, for formats that show whole objects. */
export function redactUpgradedObjects(report: UpgradeReport): UpgradeReport {
  const search = searchFor(report.parts.flatMap(({ manifests }) => manifests));
  return {
    ...report,
    parts: report.parts.map((part) => {
      const objects = redactObjects(part.manifests, search);
      return {
        ...part,
        manifests: part.manifests.map((each, index) => ({ ...each, object: objects[index] ?? each.object })),
      };
    }),
  };
}
