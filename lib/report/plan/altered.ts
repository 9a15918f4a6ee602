import { formatId } from '../../manifest/manifest';
import { jsonText } from '../../manifest/json-text';
import type { Change, ChangedField } from '../../plan/change';
import { isOnlyDrift } from './drift';
import { isListed, isTold, outcomeOf, outcomeWords } from './effects';
import { fieldsOf, isLabel, isOnlyLabels, isRaised } from './fields';
import { merge, type Merged } from './merge';
import type { PlanReport } from './report';

/** Objects with the same effect, and the word for it. */
export interface AlteredGroup {
  readonly word: string;
  readonly found: readonly Merged<Change>[];
  /** Those of them in which nothing but labels differs, where they are many; they are not in `found`. */
  readonly relabelled: readonly Merged<Change>[];
}

/** Fewer objects than this are told one by one. */
const MANY = 3;

/** What changes, by its effect, the worst first; objects that change alike in several places as one. */
export function alteredGroups(report: PlanReport): AlteredGroup[] {
  const merged = merge(
    report.parts,
    ({ changes }) =>
      changes.filter(
        (change) => (isListed(change) || isRaised(change)) && isTold(change) && !isOnlyDrift(change),
      ),
    (change) => [nameOf(change), outcomeOf(change, report), fieldsOf(change), change.origin?.source],
  );
  return [...outcomeWords(report)].flatMap((word) => {
    const found = merged.filter(({ value }) => outcomeOf(value, report) === word);
    if (found.length === 0) return [];
    const relabelled = report.full ? [] : found.filter(({ value }) => isOnlyLabels(value));
    if (relabelled.length < MANY) return [{ word, found, relabelled: [] }];
    return [{ word, found: found.filter((each) => !isOnlyLabels(each.value)), relabelled }];
  });
}

/** `ConfigMap shop/env-2`, or `ConfigMap shop/env-1 → env-2` of an object that takes the place of another. */
export function nameOf({ id, replaces }: Change): string {
  if (replaces === undefined) return formatId(id);
  return `${formatId(replaces)} → ${replaces.namespace === id.namespace ? id.name : formatId(id)}`;
}

/** The different labels that objects get, each once. */
export function labelsOf(relabelled: readonly Merged<Change>[]): ChangedField[] {
  const found = new Map<string, ChangedField>();
  for (const { value } of relabelled)
    for (const { path, before, after } of value.fields.filter(isLabel)) {
      const label = path.slice(path.indexOf('metadata.'));
      found.set(jsonText([label, before, after]), {
        ...(before !== undefined && { before }),
        ...(after !== undefined && { after }),
        path: label,
      });
    }
  return [...found.values()];
}

/** What many objects differ in, in words. */
export function onlyIn(relabelled: readonly Merged<Change>[]): string {
  const hasDescriptions = relabelled.some(({ value }) => !value.fields.every(isLabel));
  return `only in labels${hasDescriptions ? ' and schema descriptions' : ''}`;
}
