import { recordIn, recordsIn } from '../../../apiserver/defaults/plain';
import { compareQuantities, parseQuantity } from '../../../kube/quantity';
import type { PlainRecord } from '../../../manifest/data';
import { forEachStep } from '../rule';
import { nameOf, oldSpecOf, specOf } from '../words';
import { classOf, sizeOf } from './claims';

export const claimTemplates = forEachStep({
  kind: 'data',
  about: 'A claim template of a StatefulSet changes, and existing claims keep their class and size.',
  effects: ['rejected', 'pods-replaced'],
  objects: ['apps/StatefulSet'],
  look(step, _, report) {
    const { effect, recreated } = step.change;
    if (effect !== 'rejected' && recreated === undefined) return;
    const name = nameOf(step);
    const again = `delete ${name} with --cascade=orphan and apply it again`;
    const forThat = recreated === undefined ? ` For that, ${again}.` : '';
    for (const { claim, old, now } of templates(oldSpecOf(step), specOf(step))) {
      const claims = `Claims "${claim}" of ${name}`;
      const [oldClass, newClass] = [classOf(old), classOf(now)];
      if (oldClass !== newClass)
        report(
          'warning',
          `${claims} stay on ${oldClass}: only claims of new pods would use ${newClass}.${forThat} To move the data, replace the claims one by one and copy it.`,
        );
      const [oldSize, newSize] = [sizeOf(old), sizeOf(now)];
      const growth = growthOf(oldSize, newSize);
      if (growth > 0)
        report(
          'warning',
          `${claims} stay at ${oldSize}. Resize each to ${newSize} directly, if its storage class allows expansion${recreated === undefined ? `, then ${again}, so that claims of new pods get the same size` : ''}.`,
        );
      if (growth < 0)
        report(
          'warning',
          `${claims} stay at ${oldSize}: volumes cannot shrink. Only claims of new pods would have ${newSize}.${forThat}`,
        );
    }
  },
});

interface Template {
  readonly claim: string;
  readonly old: PlainRecord;
  readonly now: PlainRecord;
}

/** The templates of both sides, by name. */
function templates(was: PlainRecord, now: PlainRecord): Template[] {
  const old = new Map(recordsIn(was, 'volumeClaimTemplates').map((each) => [nameIn(each), each]));
  return recordsIn(now, 'volumeClaimTemplates').flatMap((each): Template[] => {
    const before = old.get(nameIn(each));
    if (before === undefined) return [];
    return [{ claim: nameIn(each), old: recordIn(before, 'spec') ?? {}, now: recordIn(each, 'spec') ?? {} }];
  });
}

function nameIn(claim: PlainRecord): string {
  return String(recordIn(claim, 'metadata')?.['name']);
}

/** Above zero for a template that grows, below for one that shrinks. */
function growthOf(old: string, now: string): number {
  const [before, after] = [parseQuantity(old), parseQuantity(now)];
  return before === undefined || after === undefined ? 0 : compareQuantities(after, before);
}
