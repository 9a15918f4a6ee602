import { nearest, SeaworthyError } from '../../errors';
import { APPLYSET } from '../../kube/applyset';
import type { Cluster } from '../client/cluster';
import { listObjects } from '../client/objects';
import { textAt } from '../fields';
import { appNameOf, SECRETS, type AppName } from './record';

/**
 * The names of the applications that have their records in a namespace.
 *
 * @throws SeaworthyError CLUSTER_FORBIDDEN, CLUSTER_FAILED
 */
export async function applications(
  cluster: Cluster,
  namespace: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  return (await applicationsIn(cluster, namespace, signal)).map(({ name }) => name);
}

/** The applications that have their records in a namespace, or in any. @throws SeaworthyError as `applications` does */
export async function applicationsIn(
  cluster: Cluster,
  namespace: string | undefined,
  signal?: AbortSignal,
): Promise<readonly AppName[]> {
  const selection = { namespace, labelSelector: APPLYSET.id, metadataOnly: true };
  const records = await listObjects(cluster, SECRETS, selection, signal);
  const found = records.flatMap((record) => {
    const name = appNameOf(record);
    return name === undefined ? [] : [{ name, namespace: textAt(record, 'metadata', 'namespace') }];
  });
  const keyOf = (app: AppName): string => `${app.namespace}/${app.name}`;
  return found.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/**
 * The application of a name, or the only one in a namespace.
 *
 * @throws SeaworthyError NOT_FOUND where it has never been applied there; AMBIGUOUS where none of several is named
 */
export async function chooseApplication(
  cluster: Cluster,
  { name, namespace }: Partial<AppName>,
  signal?: AbortSignal,
): Promise<AppName> {
  const place = namespace ?? cluster.namespace;
  const names = await applications(cluster, place, signal);
  if (name !== undefined && names.includes(name)) return { name, namespace: place };
  const [only, ...others] = names;
  if (name === undefined && only !== undefined && others.length === 0)
    return { name: only, namespace: place };
  if (name === undefined && only !== undefined)
    throw new SeaworthyError({
      code: 'AMBIGUOUS',
      place: `namespace ${place}`,
      message: `there are ${names.length} applications: ${names.join(', ')}`,
      hint: `Name one: --name ${only}.`,
    });
  const near = nearest(name ?? '', names);
  throw new SeaworthyError({
    code: 'NOT_FOUND',
    place: `namespace ${place}`,
    message:
      name === undefined ? 'no application was applied here' : `no application ${name} was applied here`,
    hint:
      near === undefined
        ? 'Name the namespace in which it keeps its record: --namespace.'
        : `Did you mean ${near}?`,
  });
}
