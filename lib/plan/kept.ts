import { hookOf } from '../kube/deployers/hooks';
import { keptBy } from '../kube/deployers/kept';
import { groupKind } from '../apiserver/kinds/registry';
import { recordIn } from '../apiserver/defaults/plain';
import type { Manifest } from '../manifest/manifest';
import { groupOf } from '../kube/schema';

/**
 * The setting by which each of some objects stays in the cluster when its manifest goes: nobody manages it any more. What
 * its namespace or its CRD takes along is deleted whatever it says, and so are hooks that nobody prunes.
 *
 * @param gone the objects that the new set does not have
 */
export function keptObjects(gone: readonly Manifest[]): ReadonlyMap<Manifest, string> {
  const settings = new Map<Manifest, string>();
  for (const manifest of gone) {
    const { metadata } = manifest.object;
    const found = keptBy(metadata) ?? hookOf(metadata);
    if (found !== undefined) settings.set(manifest, found.setting);
  }
  const deleted = gone.filter((manifest) => !settings.has(manifest));
  const namespaces = new Set(
    deleted.filter((each) => kindOf(each) === '/Namespace').map(({ id }) => id.name),
  );
  const kinds = new Set(
    deleted
      .filter((each) => each.id.kind === 'CustomResourceDefinition')
      .map(({ object }) => definedKind(object)),
  );
  for (const manifest of settings.keys()) {
    const { namespace, apiVersion, kind } = manifest.id;
    const isTaken = namespace !== undefined && namespaces.has(namespace);
    if (isTaken || kinds.has(`${groupOf(apiVersion)}/${kind}`)) settings.delete(manifest);
  }
  return settings;
}

function kindOf({ id }: Manifest): string {
  return groupKind(id.apiVersion, id.kind);
}

function definedKind(object: Manifest['object']): string {
  const spec = recordIn(object, 'spec') ?? {};
  return `${String(spec['group'])}/${String(recordIn(spec, 'names')?.['kind'])}`;
}
