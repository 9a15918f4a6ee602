import { isDefinition } from '../../apiserver/admission/custom/is-definition';
import { SeaworthyError } from '../../errors';
import type { KubeObject } from '../../manifest/manifest';
import type { Cluster } from '../client/cluster';
import { pagesOf } from '../client/objects';
import type { Resources } from '../client/resources';
import { textAt } from '../fields';
import { servedKind } from './served-kinds';

/** The names of those definitions among some objects of whose kind the cluster has no object: nothing goes with them. */
export async function unusedDefinitions(
  cluster: Cluster,
  resources: Resources,
  objects: Iterable<KubeObject>,
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const definitions = [...objects].filter((object) => isDefinition(object));
  const unused = await Promise.all(
    definitions.map(async (definition): Promise<string[]> => {
      const kind = `${textAt(definition, 'spec', 'names', 'kind')}.${textAt(definition, 'spec', 'group')}`;
      const hasObjects = await hasAny(cluster, resources, kind, signal);
      return hasObjects ? [] : [definition.metadata.name ?? ''];
    }),
  );
  return new Set(unused.flat());
}

/** Whether there is an object of a kind, or nobody may say so. */
async function hasAny(
  cluster: Cluster,
  resources: Resources,
  groupKind: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const resource = await servedKind(cluster, resources, groupKind);
  if (resource === undefined) return false;
  try {
    for await (const { objects } of pagesOf(cluster, resource, { metadataOnly: true }, signal))
      if (objects.length > 0) return true;
    return false;
  } catch (error) {
    if (error instanceof SeaworthyError && error.code === 'CLUSTER_FORBIDDEN') return true;
    throw error;
  }
}
