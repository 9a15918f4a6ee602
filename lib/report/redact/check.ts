import type { CheckReport } from '../check/report';
import type { Manifest } from '../../manifest/manifest';
import { Redactor } from './findings';
import { redactObjects, searchFor } from './objects';

/** A copy of a report whose findings repeat no secret of any object in it. */
export function redactCheck(report: CheckReport, redactor = redactorOf(report)): CheckReport {
  const { parts } = report;
  if (redactor === undefined) return report;
  return {
    ...report,
    parts: parts.map((part) => ({
      ...part,
      findings: part.findings.map((finding) => redactor.finding(finding)),
    })),
  };
}

/** Nothing if there is nothing to hide: without findings, a report repeats no value. */
export function redactorOf({ parts }: CheckReport): Redactor | undefined {
  if (parts.every(({ findings }) => findings.length === 0)) return undefined;
  return new Redactor(parts.flatMap(allIn));
}

/** A copy of a report whose objects have no secrets in them, for formats that show whole objects. */
export function redactManifests(report: CheckReport): CheckReport {
  const { parts } = report;
  const search = searchFor(parts.flatMap(allIn));
  return {
    ...report,
    parts: parts.map((part) => {
      const objects = redactObjects(part.manifests, search);
      const manifests = part.manifests.map((each, index) => ({
        ...each,
        object: objects[index] ?? each.object,
      }));
      return { ...part, manifests };
    }),
  };
}

function allIn({ manifests, broken = [] }: CheckReport['parts'][number]): readonly Manifest[] {
  return [...manifests, ...broken.map(({ manifest }) => manifest)];
}
