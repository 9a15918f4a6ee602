import type { KnownKind, KnownRelease } from '../../../kube/custom/catalog';
import type { KubernetesRelease } from '../../../kube/schema';
import type { PlainRecord } from '../../../manifest/data';
import { definitionWith, type CustomDefinition } from './definition';

const known = new Map<KubernetesRelease, WeakMap<KnownRelease['versions'], CustomDefinition>>();

/** A kind of well-known software as one of its releases defines it, read once. */
export function knownDefinition(
  { group, kind, plural, scope }: KnownKind,
  { versions }: KnownRelease,
  kubernetes: KubernetesRelease,
): CustomDefinition {
  let definitions = known.get(kubernetes);
  if (definitions === undefined) known.set(kubernetes, (definitions = new WeakMap()));
  let definition = definitions.get(versions);
  if (definition === undefined) {
    const all = [...versions].map(([name, version]): PlainRecord => ({
      name,
      served: version.served,
      deprecated: version.deprecated,
      deprecationWarning: version.deprecationWarning,
      subresources: version.subresources,
      schema: { openAPIV3Schema: version.schema },
    }));
    definition = definitionWith({ group, kind, plural, scope }, all, kubernetes);
    definitions.set(versions, definition);
  }
  return definition;
}
