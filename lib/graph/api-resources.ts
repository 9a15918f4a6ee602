import { addResource, builtInResources, type Resource } from '../kube/rbac/resources';
import { Field } from '../manifest/field';
import type { Cluster } from './cluster';

/** Resources by group and plural: of Kubernetes in any release, and of the definitions in the cluster. */
export function resourcesOf(cluster: Cluster): ReadonlyMap<string, Resource> {
  return cluster.derived(readResources);
}

function readResources({ set, assumed }: Cluster): ReadonlyMap<string, Resource> {
  const found = new Map(builtInResources);
  for (const { id, object } of [...set, ...assumed]) {
    if (id.kind !== 'CustomResourceDefinition') continue;
    const spec = Field.root(object).at('spec');
    const names = spec.at('names');
    const below = spec.list('versions').flatMap((version) => Object.keys(version.at('subresources').record));
    // Its own name has plural and group again; admission reports it where the two differ.
    const [plural = '', ...group] = id.name.split('.');
    for (const [resource, of] of [
      [names.at('plural').text, spec.at('group').text],
      [plural, group.join('.')],
    ] as const) {
      addResource(found, of, names.at('kind').text, {
        plural: resource,
        scope: spec.at('scope').text === 'Cluster' ? 'Cluster' : 'Namespaced',
        shortNames: [names.at('singular').text, ...names.list('shortNames').map(({ text }) => text)],
        subresources: below,
      });
    }
  }
  return found;
}
