import { SeaworthyError } from '../errors';
import { namesNoEnvironment } from '../graph/clusters';
import { formatId } from '../manifest/manifest';
import type { Change } from '../plan/change';
import { EFFECTS } from '../plan/effects';
import { plan } from '../plan/plan';
import { redactChanges } from '../report/redact/plan';
import { inert, visible } from '../text';
import type { Source, Verdict } from './assertions';
import { Manifests } from './manifests';

/**
 * The changes of applying `after` over `before`, by environment. YAML from a folder has no environment, so it is
 * compared with the objects of one.
 */
function changesOf(before: Source, after: Source): readonly Change[] {
  const [was, now] = [Manifests.from(before).set, Manifests.from(after).set];
  const several = [was, now].map(({ environments }) => environments).find(({ length }) => length > 1);
  if (several !== undefined && [was, now].some(namesNoEnvironment)) throw severalEnvironments(several);
  return redactChanges(plan(was, now).clusters.flatMap(({ changes }) => changes));
}

function severalEnvironments(names: readonly string[]): SeaworthyError {
  const [first = ''] = names;
  return new SeaworthyError({
    code: 'AMBIGUOUS',
    message: `objects without an environment cannot be compared with those of ${names.join(' and ')}`,
    hint: `Compare one environment: Manifests.from(app).resourcesOf('${first}').`,
  });
}

/** Whether the API server accepts every change. */
export function rollsOut(after: Source, before: Source): Verdict {
  const rejected = changesOf(before, after).filter(({ effect }) => effect === 'rejected');
  if (rejected.length === 0) return { pass: true, message: 'the API server accepts every change' };
  return {
    pass: false,
    message: inert(`the API server would reject this change:\n${rejected.map(describeChange).join('\n')}`),
  };
}

/** Whether pods are replaced. */
export function replacesPods(after: Source, before: Source): Verdict {
  const replaced = changesOf(before, after).filter(({ effect }) => effect === 'pods-replaced');
  if (replaced.length === 0) return { pass: false, message: 'no pod would be replaced' };
  return {
    pass: true,
    message: inert(`pods would be replaced:\n${replaced.map(describeChange).join('\n')}`),
  };
}

/** The effect of a change on an object in words; empty if there is none. */
export function describeChanges(before: Source, after: Source): string {
  return changesOf(before, after)
    .filter(({ effect }) => effect !== 'none')
    .map(describeChange)
    .join('\n');
}

function describeChange({ id, effect, fields, reasons = [], consequences }: Change): string {
  const paths = fields.map(({ path }) => path).join(', ');
  const lines = [
    ...reasons.map(({ path, message, hint }) => `${path}: ${message}${hint === undefined ? '' : ` ${hint}`}`),
    ...consequences.map(({ message }) => message),
  ];
  const head = `  ${formatId(id)}: ${EFFECTS[effect]}${paths === '' ? '' : ` (${paths})`}`;
  return [head, ...lines].map(visible).join('\n      ');
}
