import type { KubernetesRelease } from '../../../kube/schema';
import { knownOf } from '../../../graph/objects';
import type { Cluster } from '../../../graph/cluster';
import type { Level } from './check';

/** What a namespace asks of its pods. */
export interface Demand {
  readonly level: Level;
  /** The version of the standards, as the minor number of a release. */
  readonly version: number;
  /** As the server calls it: `restricted:latest`. */
  readonly name: string;
}

export interface Demands {
  /** What pods are refused for. */
  readonly enforce?: Demand;
  /** What whoever applies them is warned of. */
  readonly warn?: Demand;
}

const PREFIX = 'pod-security.kubernetes.io/';

/** What the namespaces that are known ask of their pods, by name. */
export function demandsByNamespace(cluster: Cluster): ReadonlyMap<string, Demands> {
  return cluster.derived(readDemands);
}

function readDemands(cluster: Cluster): ReadonlyMap<string, Demands> {
  const namespaces = knownOf(cluster, '/Namespace');
  // What is given stands before what is there already.
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
 * What the labels of one mode ask for; nothing where they are not there, ask for `privileged`, or are wrong, for
 * which the namespace itself is refused.
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
  // A server does not know the versions after its own.
  const version = asked === undefined ? own : Math.min(Number(asked), own);
  return { level, version, name: `${level}:${written}` };
}

/** 31 of `1.31`. */
export function minorOf(kubernetes: KubernetesRelease): number {
  return Number(kubernetes.slice(kubernetes.indexOf('.') + 1));
}
