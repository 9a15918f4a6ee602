import type { Problem } from '../errors';
import { withCallers } from '../errors';
import { scopeOf } from '../kube/kinds';
import type { Manifest } from '../manifest/manifest';
import { formatId, identityKey, isGenerated } from '../manifest/manifest';
import type { Report } from './report';

/** Reports objects that would be one object in the cluster: the second would overwrite the first. */
export function refuseDuplicates(manifests: readonly Manifest[], report: Report): void {
  const seen = new Map<string, Manifest>();
  for (const manifest of manifests) {
    const { id, origin, object } = manifest;
    // The API server generates a new name for each object with generateName.
    if (isGenerated(object)) continue;
    const key = `${origin?.environment ?? ''}|${identityKey(id)}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, manifest);
    else report(duplicate(manifest, first));
  }
}

function duplicate({ id, origin }: Manifest, first: Manifest): Problem {
  const where = [first.origin?.construct, withCallers(first.origin ?? {})].filter(Boolean).join(' at ');
  return {
    code: 'DUPLICATE_IDENTITY',
    message: `${formatId(id)} is defined twice; ${where} already defines it`,
    hint: isClusterScoped(id)
      ? 'Give one of them another id or name.'
      : 'Give one of them another id, name or namespace.',
    ...(origin?.construct === undefined ? {} : { place: origin.construct }),
    ...(origin?.source === undefined ? {} : { source: origin.source }),
    ...(origin?.calledFrom === undefined ? {} : { calledFrom: origin.calledFrom }),
  };
}

function isClusterScoped({ apiVersion, kind }: Manifest['id']): boolean {
  return scopeOf(apiVersion, kind) === 'Cluster';
}
