import type { Cluster } from '../../graph/cluster';
import type { Pods } from '../../graph/pods';
import { Field } from '../../manifest/field';
import type { PodShape } from '../pods/shape';
import { shapesOf } from '../pods/shape-factory';
import { daemonSpec } from './daemon-set';
import { ownLabels, sharedLabels } from './labels';

/** What the pods of a workload are made after. */
export interface Template {
  /** What all of them are, but for the labels that each has for itself. */
  readonly shape: PodShape;
  /** What one of them is. */
  readonly shapeOf: (name: string, ordinal: number) => PodShape;
}

/** The templates of a cluster, each read once for all simulations. */
class Templates {
  readonly #cluster: Cluster;
  readonly #known = new Map<Pods, Map<string, Template>>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  of(pods: Pods, revision: string): Template {
    const byRevision = this.#known.get(pods) ?? new Map<string, Template>();
    this.#known.set(pods, byRevision);
    const template = byRevision.get(revision) ?? this.#read(pods, revision);
    byRevision.set(revision, template);
    return template;
  }

  #read(pods: Pods, revision: string): Template {
    const { namespace, kind } = pods;
    const { record } = pods.spec;
    const shapes = shapesOf(this.#cluster);
    const given = shapes.admitted(namespace, /\/DaemonSet$/.test(kind) ? daemonSpec(record) : record);
    const labels = sharedLabels(pods, revision);
    const owner = spreadOwner(pods);
    const shape = shapes.shape(given, namespace, labels, owner);
    const shapeOf = (name: string, ordinal: number): PodShape => {
      const own = ownLabels(this.#cluster, pods, name, ordinal);
      return own === undefined ? shape : shapes.shape(given, namespace, { ...labels, ...own }, owner);
    };
    return { shape, shapeOf };
  }
}

/**
 * What the pods of a workload are made after.
 *
 * @param revision tells the pods from those of another revision
 */
export function templateOf(cluster: Cluster, pods: Pods, revision: string): Template {
  return cluster.derived(templates).of(pods, revision);
}

function templates(cluster: Cluster): Templates {
  return new Templates(cluster);
}

/** The selector of a workload of a kind that spreads its pods by default. */
function spreadOwner({ kind, root }: Pods): Field | undefined {
  const selector = root.at('spec', 'selector');
  if (kind === '/ReplicationController') return Field.root({ matchLabels: selector.record });
  return ['apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet'].includes(kind) ? selector : undefined;
}
