import { nearest, SeaworthyError } from '../errors';
import { groupOf, kinds, latestRelease } from '../kube/schema';
import type { Manifest } from '../manifest/manifest';

/** A kind: `Deployment`, or with its version if two groups have it: `apps/v1/Deployment`. */
export type KindName = string;

/**
 * The manifests of a kind.
 *
 * @throws SeaworthyError UNKNOWN_KIND for a kind that neither Kubernetes nor an object of the set has, and that is not a
 * custom one in full: a typo must not make a test pass
 */
export function ofKind(manifests: readonly Manifest[], name: KindName): Manifest[] {
  if (typeof name !== 'string') throw notText(name);
  const slash = name.lastIndexOf('/');
  const [apiVersion, kind] = [slash < 0 ? undefined : name.slice(0, slash), name.slice(slash + 1)];
  const found = manifests.filter(
    ({ id }) => id.kind === kind && (apiVersion === undefined || id.apiVersion === apiVersion),
  );
  if (found.length === 0 && !isCustom(apiVersion)) refuseUnknown(manifests, name, kind);
  return found;
}

/** Whether it is a version of a custom API group, whose kinds are not known. */
function isCustom(apiVersion = ''): boolean {
  const group = groupOf(apiVersion);
  return group.includes('.') && !kinds(latestRelease).some((each) => groupOf(each.apiVersion) === group);
}

function refuseUnknown(manifests: readonly Manifest[], name: string, kind: string): void {
  const known = new Set([
    ...manifests.map(({ id }) => id.kind),
    ...kinds(latestRelease).map((each) => each.kind),
  ]);
  if (known.has(kind)) return;
  const near = nearest(kind, known);
  const there = [...new Set(manifests.map(({ id }) => id.kind))].sort();
  throw new SeaworthyError({
    code: 'UNKNOWN_KIND',
    message: `unknown kind "${name}"`,
    hint:
      near === undefined
        ? `The objects are of kind ${there.join(', ')}. Write a custom kind in full: keda.sh/v1alpha1/ScaledObject.`
        : `Did you mean ${near}?`,
  });
}

function notText(name: unknown): SeaworthyError {
  return new SeaworthyError({
    code: 'INVALID_MATCHER',
    message: `expected a kind such as 'Deployment', got ${String(name)}`,
    hint: 'Write the kind as in a manifest.',
  });
}
