import type { DroppedField } from '../../../apiserver/gated-fields';
import { equal } from '../../../apiserver/update/equal';
import { droppedFindings } from '../../../check/dropped-fields';
import { forEachStep } from '../rule';
import { nameOf } from '../words';

export const changesNothing = forEachStep({
  kind: 'dropped',
  about: 'A field changes, and the API server drops it.',
  effects: ['none', 'updated', 'pods-replaced'],
  look(step, { after: { kubernetes } }, report) {
    if (step.dropped === undefined) return;
    const { before, after } = step.dropped;
    const said = (dropped: readonly DroppedField[]) => droppedFindings(step.change.id, dropped, kubernetes);
    for (const { path, severity, message, hint } of said(without(after, before)))
      report(severity, `${path} of ${nameOf(step)} changes nothing: ${message}. ${hint ?? ''}`.trimEnd());
    const gone = without(before, after).filter(({ path }) => !after.some((each) => each.path === path));
    for (const { path } of said(gone))
      report(
        'info',
        `${path} of ${nameOf(step)} is removed, which changes nothing: Kubernetes ${kubernetes} has dropped it.`,
      );
  },
});

/** Fields that the other manifest does not have with the same value, wherever in a list they stand. */
function without(fields: readonly DroppedField[], others: readonly DroppedField[]): DroppedField[] {
  const left = [...others];
  const take = (isSame: (other: DroppedField) => boolean): boolean => {
    const index = left.findIndex(isSame);
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  };
  return fields
    .filter(({ path, value }) => !take((other) => other.path === path && equal(other.value, value)))
    .filter(({ field, value }) => !take((other) => other.field === field && equal(other.value, value)));
}
