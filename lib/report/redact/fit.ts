import type { Fit, Placement } from '../../fit/result';
import type { FitReport } from '../fit/report';
import { Redactor } from './findings';
import { redactObjects, searchFor } from './objects';

/** A copy of a report whose reasons repeat no secret of any object in it. */
export function redactFit(report: FitReport): FitReport {
  const manifests = report.parts.flatMap((part) => part.manifests ?? []);
  if (manifests.length === 0) return report;
  const redactor = new Redactor(manifests);
  return {
    ...report,
    parts: report.parts.map((part) => {
      const { losses } = part;
      return {
        ...part,
        fit: withoutSecrets(part.fit, redactor),
        ...(losses !== undefined && {
          losses: () => losses().map((loss) => ({ ...loss, fit: withoutSecrets(loss.fit, redactor) })),
        }),
      };
    }),
  };
}

function withoutSecrets(fit: Fit, redactor: Redactor): Fit {
  const shown = (placement: Placement): Placement => ({
    ...placement,
    ...(placement.reasons !== undefined && {
      reasons: placement.reasons.map((reason) => redactor.text(reason)),
    }),
    ...(placement.message !== undefined && { message: redactor.text(placement.message) }),
  });
  return { ...fit, placements: fit.placements.map(shown), pending: fit.pending.map(shown) };
}

/** A copy of a report whose objects have no secrets in them, for formats that show whole objects. */
export function redactFittedObjects(report: FitReport): FitReport {
  const search = searchFor(report.parts.flatMap(({ manifests = [] }) => manifests));
  return {
    ...report,
    parts: report.parts.map((part) => {
      const { manifests = [] } = part;
      const objects = redactObjects(manifests, search);
      return {
        ...part,
        manifests: manifests.map((each, index) => ({ ...each, object: objects[index] ?? each.object })),
      };
    }),
  };
}
