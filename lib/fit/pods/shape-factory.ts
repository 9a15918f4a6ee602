import type { Cluster } from '../../graph/cluster';
import { knownOf } from '../../graph/objects';
import { selectorAt } from '../../graph/selectors';
import { grouped } from '../../kube/grouped';
import { matches, type LabelSelector, type Labels } from '../../kube/labels';
import { jsonText } from '../../manifest/json-text';
import type { PlainRecord } from '../../manifest/data';
import type { Field } from '../../manifest/field';
import { admitted, type Admitted } from './admission';
import { readShape } from './read-shape';
import type { PodShape } from './shape';
import type { LabelClass, NamespaceLabels } from './terms';

interface ServiceSelector {
  readonly namespace: string;
  readonly labels: Labels;
}

/** What reads the pods of a cluster, the same one for all simulations. */
export function shapesOf(cluster: Cluster): ShapeFactory {
  return cluster.derived(shapeFactory);
}

function shapeFactory(cluster: Cluster): ShapeFactory {
  return new ShapeFactory(cluster);
}

/** Reads the pods of a cluster, each kind of pod once. */
export class ShapeFactory {
  readonly #cluster: Cluster;
  readonly #admitted = new Map<string, Admitted>();
  /** Tells apart what is admitted, in keys that are shorter than specs. */
  readonly #numbers = new Map<Admitted, number>();
  readonly #shapes = new Map<string, PodShape>();
  readonly #classes = new Map<string, LabelClass>();
  readonly #services: ReadonlyMap<string, readonly ServiceSelector[]>;
  readonly #namespaceLabels: NamespaceLabels;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    const services = knownOf(cluster, '/Service').flatMap(({ namespace, root }) => {
      const selector = root.at('spec', 'selector');
      return selector.isSet ? [{ namespace, labels: selector.labels }] : [];
    });
    this.#services = grouped(services, ({ namespace }) => namespace);
    this.#namespaceLabels = namespaceLabels(cluster);
  }

  /** The same as `admitted`, each spec once. */
  admitted(namespace: string, spec: PlainRecord): Admitted {
    const key = `${namespace}\n${jsonText(spec)}`;
    const found = this.#admitted.get(key) ?? admitted(this.#cluster, namespace, spec);
    this.#admitted.set(key, found);
    return found;
  }

  /**
   * @param owner `spec.selector` of the workload, where it spreads its pods by default
   * @param isEnding whether the pods are being deleted
   */
  shape(given: Admitted, namespace: string, labels: Labels, owner?: Field, isEnding = false): PodShape {
    const selector = owner === undefined ? undefined : selectorAt(owner);
    const number = this.#numbers.get(given) ?? this.#numbers.size;
    this.#numbers.set(given, number);
    const key = jsonText([number, namespace, labels, selector ?? null, isEnding]);
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    const own = this.#class(namespace, labels, isEnding);
    const shape = readShape(
      { ...given, class: own, defaultSelector: this.#defaultSelector(own, selector) },
      this.#namespaceLabels,
    );
    this.#shapes.set(key, shape);
    return shape;
  }

  #class(namespace: string, labels: Labels, isEnding: boolean): LabelClass {
    const key = jsonText([namespace, Object.entries(labels).sort(), isEnding]);
    const known = this.#classes.get(key) ?? { namespace, labels, ...(isEnding && { isEnding }) };
    this.#classes.set(key, known);
    return known;
  }

  /**
   * The selector by which the pods of a workload spread by default: of its Services and of its owner together.
   *
   * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/helper/spread.go DefaultSelector 1.36
   */
  #defaultSelector({ namespace, labels }: LabelClass, owner?: LabelSelector): LabelSelector | undefined {
    const services = (this.#services.get(namespace) ?? []).filter((service) =>
      matches({ matchLabels: service.labels }, labels),
    );
    const matchLabels: Record<string, string> = {};
    for (const { labels: its } of services) Object.assign(matchLabels, its);
    Object.assign(matchLabels, owner?.matchLabels);
    return { matchLabels, matchExpressions: owner?.matchExpressions ?? [] };
  }
}

const NAME_LABEL = 'kubernetes.io/metadata.name';

function namespaceLabels(cluster: Cluster): NamespaceLabels {
  const known = new Map(
    knownOf(cluster, '/Namespace').map(({ manifest, root }) => [
      manifest.id.name,
      root.at('metadata', 'labels').labels,
    ]),
  );
  return (name) => ({ ...known.get(name), [NAME_LABEL]: name });
}
