import { bounded } from '../kube/bounded';
import { placeholderIn } from '../kube/placeholders';
import { isPlainRecord } from '../manifest/data';
import { groupOf, identityKey, type Manifest } from '../manifest/manifest';
import { stepsTo } from '../manifest/step';
import type { Finding } from './finding';

/** Values that are looked at below the place of a finding. */
const MOST_VALUES = 1000;

/**
 * `findings` in files, of which those about values that are not there yet are no errors: a placeholder that something
 * replaces before the object is applied. Where a Kustomization of Flux does so, they are for information.
 */
export function withPlaceholders(findings: readonly Finding[], manifests: readonly Manifest[]): Finding[] {
  const objects = new Map(manifests.map(({ id, object }) => [identityKey(id), object]));
  const byFlux = manifests.some(isSubstituting);
  return findings.map((finding) => {
    if (finding.severity === 'info' || (finding.severity === 'warning' && !byFlux)) return finding;
    const placeholder = placeholderAt(objects.get(identityKey(finding.id)), finding.path);
    if (placeholder === undefined) return finding;
    const { message } = finding;
    return byFlux
      ? { ...withoutHint(finding), severity: 'info', message: `not checked: Flux substitutes ${placeholder}` }
      : {
          ...finding,
          severity: 'warning',
          message: `${placeholder} is not substituted: ${message}`,
          hint: HINT,
        };
  });
}

const HINT = 'Check the result: envsubst < FILE | seaworthy check -';

function withoutHint({ hint: _, ...finding }: Finding): Finding {
  return finding;
}

/** The first placeholder in the value at a path: in its text, or in texts and keys below it. */
function placeholderAt(object: unknown, path: string): string | undefined {
  if (path === '') return undefined;
  const { value, rest } = stepsTo(object, path);
  if (rest !== '') return undefined;
  const queue = [value];
  for (const each of queue) {
    if (typeof each === 'string') {
      const found = placeholderIn(each);
      if (found !== undefined) return bounded(found);
    } else if (typeof each === 'object' && each !== null && queue.length < MOST_VALUES)
      queue.push(...Object.keys(each), ...(Object.values(each) as unknown[]));
  }
  return undefined;
}

/**
 * Whether an object is a Kustomization of Flux that substitutes variables.
 *
 * Source: `PostBuild` of kustomize-controller, `api/v1/kustomization_types.go`.
 */
function isSubstituting({ id, object }: Manifest): boolean {
  const spec = object['spec'];
  return (
    id.kind === 'Kustomization' &&
    groupOf(id.apiVersion) === 'kustomize.toolkit.fluxcd.io' &&
    isPlainRecord(spec) &&
    isPlainRecord(spec['postBuild'])
  );
}
