import { identityKey, type Manifest } from '../../manifest/manifest';
import { emitYaml } from '../../manifest/yaml/emit';
import type { Deployment } from '../target';

/** The manifests of objects that every one of some deployments has, with the same content; none of a single one. */
export function sharedBy(deployments: readonly Deployment[]): ReadonlySet<Manifest> {
  if (deployments.length < 2) return new Set();
  const uses = new Map<string, Manifest[]>();
  for (const { manifests } of deployments) {
    for (const manifest of manifests) {
      const key = `${identityKey(manifest.id)}\n${manifest.origin?.chart ?? ''}\n${emitYaml(manifest.object)}`;
      const same = uses.get(key);
      if (same === undefined) uses.set(key, [manifest]);
      else same.push(manifest);
    }
  }
  return new Set([...uses.values()].filter((same) => same.length === deployments.length).flat());
}
