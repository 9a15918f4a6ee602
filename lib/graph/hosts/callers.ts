import type { Manifest } from '../../manifest/manifest';
import type { ManifestSet } from '../../manifest/set';
import { clustersOf } from '../clusters';
import type { Pods } from '../pods';
import { portOf, type Port } from '../policy-ports';
import { serviceOf } from '../services';
import { hostUses } from './all-uses';
import { worldOf } from '../references';
import { kedaOperator } from './keda-operator';
import { kedaUses } from './keda-uses';

/** The pods of an object, as a NetworkPolicy can select them. */
export interface Selectable {
  readonly manifest: Manifest;
  readonly namespace: string | undefined;
  /** The labels that its own selector has, or those of its pods where it has none. */
  readonly labels: Readonly<Record<string, string>>;
  /** Whether they are on the network of their node, where policies do not see them. */
  readonly isOnNode: boolean;
}

/** Pods that name the host of a Service, with the pods behind it. */
export interface Caller {
  readonly client: Selectable;
  readonly server: Selectable;
  /** Ports of the server's pods. */
  readonly ports: readonly Port[];
  /** Whether the text says which ports; otherwise they are all of the Service. */
  readonly isSaid: boolean;
}

/**
 * Who names the hosts of whose Services in variables, arguments and files, and in triggers where it is known where KEDA runs, by
 * cluster, in the order of the set.
 */
export function callers(set: ManifestSet): Caller[] {
  return clustersOf(set).flatMap((cluster) =>
    [...hostUses(cluster), ...(kedaOperator(worldOf(cluster)).isKnown ? kedaUses(cluster) : [])].flatMap(
      ({ client, manifest, ports, mention }) => {
        const service = manifest === undefined ? undefined : serviceOf(cluster, manifest);
        return (service?.pods ?? []).flatMap((server): Caller[] => {
          const found = ports.flatMap(({ target, protocol }) => portOf(server, target, protocol) ?? []);
          if (found.length === 0) return [];
          const isSaid = mention.port !== undefined || mention.scheme !== undefined;
          return [{ client: selectable(client), server: selectable(server), ports: found, isSaid }];
        });
      },
    ),
  );
}

function selectable({ manifest, root, labels, spec }: Pods): Selectable {
  const own = root.at('spec', 'selector', 'matchLabels').labels;
  return {
    manifest,
    namespace: manifest.id.namespace,
    labels: Object.keys(own).length > 0 ? own : labels,
    isOnNode: spec.child('hostNetwork').isTrue,
  };
}
