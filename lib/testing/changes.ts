import { SeaworthyError } from '../errors';
import { formatId } from '../manifest/manifest';
import type { ManifestSet } from '../manifest/set';
import type { Change } from '../plan/change';
import { plan } from '../plan/plan';
import type { Source, Verdict } from './assertions';
import { Manifests } from './manifests';

/**
 * What applying `after` over `before` does, environment by environment. YAML from a folder is of none, so that it is
 * compared with objects of one environment.
 */
function changesOf(before: Source, after: Source): Change[] {
  const [was, now] = [Manifests.from(before).set, Manifests.from(after).set];
  const environments = [...new Set([...was, ...now].map(({ origin }) => origin?.environment))];
  const isApart = environments.includes(undefined);
  if (isApart && environments.length > 2)
    throw severalEnvironments(was.environments.concat(now.environments));
  return (isApart ? [undefined] : environments).flatMap((environment) => {
    const of = (set: ManifestSet): ManifestSet => (environment === undefined ? set : set.in(environment));
    const [name = ''] = of(now).environments;
    const kubernetes = now.clusters.get(name)?.kubernetes;
    return plan(of(was), of(now), kubernetes === undefined ? {} : { kubernetes }).changes;
  });
}

function severalEnvironments(names: readonly string[]): SeaworthyError {
  const [first = ''] = names;
  return new SeaworthyError({
    code: 'AMBIGUOUS',
    message: `objects of no environment cannot be compared with those of ${[...new Set(names)].join(' and ')}`,
    hint: `Compare one environment: Manifests.from(app).resourcesOf('${first}').`,
  });
}

/** Whether the server takes every change: nothing is rejected. */
export function rollsOut(after: Source, before: Source): Verdict {
  const rejected = changesOf(before, after).filter(({ effect }) => effect === 'rejected');
  if (rejected.length === 0) return { pass: true, message: 'the API server takes every change' };
  return {
    pass: false,
    message: `the API server would reject this change:\n${rejected.map(describeChange).join('\n')}`,
  };
}

/** Whether pods are replaced. */
export function replacesPods(after: Source, before: Source): Verdict {
  const replaced = changesOf(before, after).filter(({ effect }) => effect === 'pods-replaced');
  if (replaced.length === 0) return { pass: false, message: 'no pod would be replaced' };
  return { pass: true, message: `pods would be replaced:\n${replaced.map(describeChange).join('\n')}` };
}

/** What a change does, object by object, in words; nothing where it does nothing. */
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
  const head = `  ${formatId(id)}: ${effect}${paths === '' ? '' : ` (${paths})`}`;
  return [head, ...lines.map((line) => `      ${line}`)].join('\n');
}
