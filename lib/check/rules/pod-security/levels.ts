import type { KubernetesRelease } from '../../../kube/schema';
import { knownOf } from '../../../graph/objects';
import type { Cluster } from '../../../graph/cluster';
import type { Level } from './check';

/** A level that a namespace requires of its pods. */
export interface Demand {
  readonly level: Level;
  /** The version of the standards, as the minor number of a release. */
  readonly version: number;
  /** As the server calls it: `restricted:latest`. */
  readonly name: string;
}

export interface Demands {
  /** The mode enforce: pods that violate it are rejected. */
  readonly enforce?: Demand;
  /** The mode warn: the client gets a warning. */
  readonly warn?: Demand;
}

const PREFIX = 'pod-security.kubernetes.io/';

/** The levels that the known namespaces require, by name. */
export function demandsByNamespace(cluster: Cluster): ReadonlyMap<string, Demands> {
  return cluster.derived(readDemands);
}

function readDemands(cluster: Cluster): ReadonlyMap<string, Demands> {
  const namespaces = knownOf(cluster, '/Namespace');
  // Objects of the set override assumed ones.
  return new Map(
    namespaces.toReversed().map(({ manifest: { id }, root }) => {
      const labels = root.child('metadata').child('labels').labels;
      const enforce = demandOf(labels, 'enforce', cluster.kubernetes);
      const warn = demandOf(labels, 'warn', cluster.kubernetes);
      return [id.name, { ...(enforce && { enforce }), ...(warn && { warn }) }];
    }),
  );
}

/**
 * The level that the labels of one mode require; `undefined` if there are none, they say `privileged`, or they are
 * invalid, in which case the server rejects the namespace.
 */
function demandOf(
  labels: Readonly<Record<string, string>>,
  mode: 'enforce' | 'warn',
  kubernetes: KubernetesRelease,
): Demand | undefined {
  const level = labels[PREFIX + mode];
  if (level !== 'baseline' && level !== 'restricted') return undefined;
  const written = labels[`${PREFIX}${mode}-version`] ?? 'latest';
  const own = minorOf(kubernetes);
  const asked = /^v1\.(\d+)$/.exec(written)?.[1];
  // A server does not know versions after its own.
  const version = asked === undefined ? own : Math.min(Number(asked), own);
  return { level, version, name: `${level}:${written}` };
}

/** 31 of `1.31`. */
export function minorOf(kubernetes: KubernetesRelease): number {
  return Number(kubernetes.slice(kubernetes.indexOf('.') + 1));
}
