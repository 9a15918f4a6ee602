import type { LabelSelector } from '../kube/labels';
import type { Field } from '../manifest/field';
import type { Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import { LabelIndex, type Labelled } from './label-index';
import { knownOf, type Entry } from './objects';
import { podIndex, type Pods } from './pods';
import { Selections } from './selections';

/** A Service with the pods that it sends requests to. */
export interface Service extends Entry, Labelled {
  /** What selects its pods; none for one whose addresses come from elsewhere, or that is a name outside. */
  readonly selector: LabelSelector | undefined;
  /** The pods that it selects, in the order of the set. */
  readonly pods: readonly Pods[];
}

/** The Services of the set and of what is assumed, in their order. */
export function servicesIn(cluster: Cluster): readonly Service[] {
  return cluster.derived(readServices);
}

/** The Services by their own labels. */
export function serviceIndex(cluster: Cluster): LabelIndex<Service> {
  return cluster.derived(indexServices);
}

/** The Services that send requests to `pods`: a list for each selection, shared by all of its pods. */
export function servicesOf(cluster: Cluster, pods: Pods): readonly (readonly Service[])[] {
  return cluster.derived(servicesByPods).of(pods);
}

/** The Service that a manifest is. */
export function serviceOf(cluster: Cluster, manifest: Manifest): Service | undefined {
  return cluster.derived(servicesByManifest).get(manifest);
}

/**
 * What selects the pods of a Service.
 *
 * Source: `ServiceSpec.selector` of core/v1, which counts for no ExternalName.
 */
export function serviceSelector({ root }: Pick<Entry, 'root'>): LabelSelector | undefined {
  const spec = root.child('spec');
  const matchLabels = spec.child('selector').labels;
  const isElsewhere = spec.child('type').text === 'ExternalName' || Object.keys(matchLabels).length === 0;
  return isElsewhere ? undefined : { matchLabels };
}

/** The selector of a Service, if it is there and has no labels: `{}`, which selects no pods. */
export function emptySelector({ root }: Pick<Entry, 'root'>): Field | undefined {
  const spec = root.child('spec');
  const selector = spec.child('selector');
  const isEmpty = selector.isSet && selector.size === 0 && spec.child('type').text !== 'ExternalName';
  return isEmpty ? selector : undefined;
}

function readServices(cluster: Cluster): readonly Service[] {
  const index = podIndex(cluster);
  return knownOf(cluster, '/Service').map((entry) => {
    const { manifest, root, namespace } = entry;
    const selector = serviceSelector(entry);
    return {
      manifest,
      root,
      namespace,
      labels: root.at('metadata', 'labels').labels,
      selector,
      pods: selector === undefined ? [] : index.select(selector, [namespace]),
    };
  });
}

function indexServices(cluster: Cluster): LabelIndex<Service> {
  return new LabelIndex(servicesIn(cluster));
}

function servicesByManifest(cluster: Cluster): ReadonlyMap<Manifest, Service> {
  return new Map(servicesIn(cluster).map((service) => [service.manifest, service]));
}

function servicesByPods(cluster: Cluster): Selections<Service> {
  return new Selections(servicesIn(cluster));
}
