import { formatId, groupOf, type Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import { Field } from '../../../manifest/field';

export const appliedTooEarly: Rule = {
  name: 'wiring/applied-too-early',
  severity: 'warning',
  about:
    'Finds objects that stand before the Namespace they are in, and custom resources that stand before their definition. The first of them is told of.',
  why: 'Whoever applies them in this order gets an error the first time, and has to apply them again.',
  run(cluster, report) {
    // What comes later, by what it makes possible.
    const later = new Map<string, Manifest>();
    for (const manifest of cluster.set) for (const key of enabledBy(manifest)) later.set(key, manifest);
    const told = new Set<Manifest>();
    for (const manifest of cluster.set) {
      for (const key of enabledBy(manifest)) later.delete(key);
      const { apiVersion, kind, namespace } = manifest.id;
      const needs = [
        ['kind', later.get(`${groupOf(apiVersion)}/${kind}`), `the definition of ${kind}`],
        ['metadata.namespace', later.get(namespace ?? ''), `its namespace "${namespace ?? ''}"`],
      ] as const;
      for (const [path, needed, what] of needs) {
        if (needed === undefined || told.has(needed)) continue;
        told.add(needed);
        report(manifest, path, `stands before ${what}`, `Put ${formatId(needed.id)} in front.`);
      }
    }
  },
};

/** What can be created once there is `manifest`: objects in a namespace, or of a kind. */
function enabledBy({ id, object }: Manifest): string[] {
  if (id.kind === 'Namespace' && id.apiVersion === 'v1') return [id.name];
  if (id.kind !== 'CustomResourceDefinition') return [];
  const spec = Field.root(object).at('spec');
  return [`${spec.at('group').text}/${spec.at('names', 'kind').text}`];
}
