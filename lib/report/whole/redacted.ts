import type { Manifest } from '../../manifest/manifest';
import { parseSource } from '../../manifest/source';
import type { Means } from '../check/report';
import { redactCheck, redactManifests, redactorOf } from '../redact/check';
import { redactFit } from '../redact/fit';
import { Frames } from '../redact/frame';
import { redactPlan, redactPlannedObjects } from '../redact/plan';
import { redactUpgrade } from '../redact/upgrade';
import { html } from './html';
import type { WholeReport } from './report';

/** The page of all reports, without a secret of any object. */
export function printWhole(report: WholeReport, { paint, lines }: Means): string {
  const { check, plan, fit, upgrade } = report;
  const redactor = redactorOf(check);
  const manifests: Manifest[] = redactor === undefined ? [] : check.parts.flatMap((part) => part.manifests);
  const broken = check.parts.flatMap((part) => part.broken ?? []);
  const unseen = new Set(broken.map(({ manifest }) => parseSource(manifest.origin?.source)?.file));
  const shown = (file: string) => (unseen.has(file) ? undefined : lines(file));
  const frames = new Frames(manifests, shown, (text) => redactor?.value(text) ?? text);
  return html(
    {
      ...report,
      check: redactManifests(redactCheck(check, redactor)),
      ...(plan !== undefined && { plan: redactPlannedObjects(redactPlan(plan)) }),
      ...(fit !== undefined && { fit: redactFit(fit) }),
      ...(upgrade !== undefined && { upgrade: redactUpgrade(upgrade) }),
    },
    { paint, frame: (source, around) => frames.of(source, around) },
  );
}
