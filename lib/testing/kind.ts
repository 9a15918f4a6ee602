import { nearest, SeaworthyError } from '../errors';
import { groupOf, kinds, latestRelease } from '../kube/schema';
import type { Manifest } from '../manifest/manifest';

/** A kind as tests name it: `Deployment`, or with its version where two groups have one of a name: `apps/v1/Deployment`. */
export type KindName = string;

/**
 * The manifests of a kind.
 *
 * @throws SeaworthyError UNKNOWN_KIND for what is neither a kind of Kubernetes, nor of an object at hand, nor a custom
 * one that is named in full: a slip of the fingers must not make a test pass that asks for nothing
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

/** Whether it is a version of a group that Kubernetes leaves to others: no list says which kinds it may have. */
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
    message: `"${name}" is no kind of Kubernetes, nor of any object here`,
    hint:
      near === undefined
        ? `There are ${there.join(', ')}. A custom kind is named in full: keda.sh/v1alpha1/ScaledObject.`
        : `Did you mean ${near}?`,
  });
}

function notText(name: unknown): SeaworthyError {
  return new SeaworthyError({
    code: 'INVALID_MATCHER',
    message: `${String(name)} is given as a kind, which is a text such as 'Deployment'`,
    hint: 'Name the kind as it stands in a manifest.',
  });
}
