import { formatId, groupOf, type Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import { Field } from '../../../manifest/field';

export const appliedTooEarly: Rule = {
  name: 'wiring/applied-too-early',
  severity: 'warning',
  about:
    'Finds objects that come before their Namespace, and custom resources that come before their CustomResourceDefinition. Reports the first of them.',
  why: 'Applying them in this order fails the first time.',
  run(cluster, report) {
    // Objects further down, by what they enable.
    const later = new Map<string, Manifest>();
    for (const manifest of cluster.set) for (const key of enabledBy(manifest)) later.set(key, manifest);
    const reported = new Set<Manifest>();
    for (const manifest of cluster.set) {
      for (const key of enabledBy(manifest)) later.delete(key);
      const { apiVersion, kind, namespace } = manifest.id;
      const needs = [
        ['kind', later.get(`${groupOf(apiVersion)}/${kind}`), `its CustomResourceDefinition`],
        ['metadata.namespace', later.get(namespace ?? ''), `its namespace "${namespace ?? ''}"`],
      ] as const;
      for (const [path, needed, what] of needs) {
        if (needed === undefined || reported.has(needed)) continue;
        reported.add(needed);
        report(manifest, path, `comes before ${what}`, `Move ${formatId(needed.id)} before it.`);
      }
    }
  },
};

/** What `manifest` enables the server to create: objects in a namespace, or of a kind. */
function enabledBy({ id, object }: Manifest): string[] {
  if (id.kind === 'Namespace' && id.apiVersion === 'v1') return [id.name];
  if (id.kind !== 'CustomResourceDefinition') return [];
  const spec = Field.root(object).at('spec');
  return [`${spec.at('group').text}/${spec.at('names', 'kind').text}`];
}
