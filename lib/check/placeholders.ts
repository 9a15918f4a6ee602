import { bounded } from '../kube/bounded';
import { placeholderIn } from '../kube/placeholders';
import { isPlainRecord } from '../manifest/data';
import { groupOf, identityKey, type Manifest } from '../manifest/manifest';
import { stepsTo } from '../manifest/step';
import type { Finding } from './finding';

/**
 * `findings` in files, of which those about values that are not there yet are no errors: a placeholder that something
 * replaces before the object is applied. Where a Kustomization of Flux does so, they are for information.
 */
export function withPlaceholders(findings: readonly Finding[], manifests: readonly Manifest[]): Finding[] {
  const objects = new Map(manifests.map(({ id, object }) => [identityKey(id), object]));
  const byFlux = manifests.some(isSubstituting);
  return findings.map((finding) => {
    if (finding.severity === 'info' || (finding.severity === 'warning' && !byFlux)) return finding;
    const placeholder = placeholderOf(objects.get(identityKey(finding.id)), finding);
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

/**
 * A word for sed, or for the reader: `NUM_NODES`. Among texts it may be a name or one of a set of values, but no number, no
 * quantity and no part of an image's name is one.
 */
const WORD = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

/**
 * The placeholder that a finding is about: in the text at its path, else in what its message quotes of a list or an object.
 * What else is below the path may be a script, with variables of its own.
 */
function placeholderOf(object: unknown, { path, message, rule }: Finding): string | undefined {
  if (path === '') return undefined;
  const { value, rest } = stepsTo(object, path);
  if (rest !== '') return undefined;
  const word = typeof value === 'string' ? wordIn(value, rule) : undefined;
  if (word !== undefined) return bounded(word);
  const found = placeholderIn(typeof value === 'string' ? value : message);
  return found === undefined ? undefined : bounded(found);
}

function wordIn(value: string, rule: string): string | undefined {
  if (rule === 'admission/wrong-type' || rule === 'admission/malformed')
    return WORD.test(value) ? value : undefined;
  if (rule !== 'policy/image-invalid') return undefined;
  // A tag may be upper case.
  const name = value.replace(/[:@][^/]*$/, '');
  return name.split(/[/:.-]/).find((part) => WORD.test(part));
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
