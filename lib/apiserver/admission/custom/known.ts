import type { KnownKind, KnownRelease } from '../../../kube/custom/catalog';
import { ByRelease } from '../../../kube/stretch';
import type { KubernetesRelease } from '../../../kube/schema';
import type { PlainRecord } from '../../../manifest/data';
import { definitionWith, type CustomDefinition } from './definition';

const known = new ByRelease<KnownRelease['versions'], CustomDefinition>();

/** A kind of well-known software as one of its releases defines it, read once. */
export function knownDefinition(
  { group, kind, plural, scope }: KnownKind,
  { versions }: KnownRelease,
  kubernetes: KubernetesRelease,
): CustomDefinition {
  return known.get(versions, kubernetes, () => {
    const all = [...versions].map(([name, version]): PlainRecord => ({
      name,
      served: version.served,
      deprecated: version.deprecated,
      deprecationWarning: version.deprecationWarning,
      subresources: version.subresources,
      schema: { openAPIV3Schema: version.schema },
    }));
    return definitionWith({ group, kind, plural, scope }, all, kubernetes);
  });
}
