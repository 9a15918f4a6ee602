import type { Labels } from '../kube/labels';
import type { ManifestSet } from '../manifest/set';
import { Field } from '../manifest/field';
import type { Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import { controllerLabels, operatedLabels } from './controller-labels';
import { LabelIndex, type Labelled } from './label-index';
import { namespaceOf } from './namespace';
import { keptIn } from './kept';
import { kindKey, type Entry } from './objects';
import { podTemplateOf } from './pod-template';
import { rolloutsIn, type StagedRollout } from './rollouts';

/** A Pod, or the pods that a workload makes after its template. */
export interface Pods extends Entry, Labelled {
  /** The Pod or workload, by group and kind: `apps/Deployment`, `/Pod`. */
  readonly kind: string;
  /** The metadata of the pods: a field of the object. */
  readonly metadata: Field;
  /** The spec of the pods: a field of the object. */
  readonly spec: Field;
  /** Every container, in the order in which they start; none where an operator makes the pods. */
  readonly containers: readonly Container[];
  /** Whether an operator makes the pods after a template of its own, so that only their labels are known. */
  readonly isOperated: boolean;
}

export interface Container {
  readonly field: Field;
  /** Its name, or its path if it has none: `containers[0]`. */
  readonly name: string;
  /** An init container that restarts is a sidecar: it runs next to the main ones. */
  readonly role: 'init' | 'sidecar' | 'main' | 'ephemeral';
  /** Whether it runs as long as the pod does: a main container or a sidecar. */
  readonly isLongRunning: boolean;
  readonly ports: readonly ContainerPort[];
}

export interface ContainerPort {
  readonly field: Field;
  /** Empty where it has none. */
  readonly name: string;
  readonly number: number;
  readonly protocol: string;
}

/** The pods of the objects to judge, as far as their templates are known, in the order of the set. */
export function podsOf(cluster: Cluster): readonly Pods[] {
  return cluster.derived(judgedPods);
}

/** The same, and those of the objects that are in the cluster already. */
export function knownPods(cluster: Cluster): readonly Pods[] {
  return cluster.derived(allKnownPods);
}

/** All pods by the object that makes them, also those that operators make. */
export function podsByOwner(cluster: Cluster): ReadonlyMap<Manifest, Pods> {
  return cluster.derived(readPods);
}

/** What `podsByOwner` has for one object, without a look at the others where it has no part in it. */
export function podsAt(cluster: Cluster, manifest: Manifest): Pods | undefined {
  // Flagger makes the pods of a Canary after those of another object.
  if (kindKey(manifest) === 'flagger.app/Canary') return podsByOwner(cluster).get(manifest);
  return cluster.derived(members).has(manifest) ? ownPods(cluster, manifest) : undefined;
}

/** All pods by their labels. */
export function podIndex(cluster: Cluster): LabelIndex<Pods> {
  return cluster.derived(indexPods);
}

/** The containers that run as long as the pod does. */
export function longRunning({ containers }: Pods): readonly Container[] {
  return containers.filter(({ isLongRunning }) => isLongRunning);
}

/** The templates of the claims of which each pod of a StatefulSet gets its own. */
export function claimTemplates({ kind, root }: Pods): Field[] {
  return kind === 'apps/StatefulSet' ? root.list('spec', 'volumeClaimTemplates') : [];
}

function judgedPods(cluster: Cluster): readonly Pods[] {
  return templated(cluster, cluster.set);
}

function allKnownPods(cluster: Cluster): readonly Pods[] {
  return [...podsOf(cluster), ...templated(cluster, cluster.assumed)];
}

function indexPods(cluster: Cluster): LabelIndex<Pods> {
  return new LabelIndex(podsByOwner(cluster).values());
}

function templated(cluster: Cluster, set: ManifestSet): readonly Pods[] {
  const byOwner = podsByOwner(cluster);
  return [...set].flatMap((manifest) => {
    const pods = byOwner.get(manifest);
    return pods === undefined || pods.isOperated ? [] : [pods];
  });
}

function members(cluster: Cluster): ReadonlySet<Manifest> {
  return new Set([...cluster.set, ...cluster.assumed]);
}

/** The pods that an object makes itself: the same each time. */
function ownPods(cluster: Cluster, manifest: Manifest): Pods | undefined {
  const known = cluster.derived(readAlready);
  let pods = known.get(manifest);
  if (pods === undefined) known.set(manifest, (pods = podsIn(manifest, cluster) ?? NONE));
  return pods === NONE ? undefined : pods;
}

/** There are none. */
const NONE = 'none';

function readAlready(): Map<Manifest, Pods | typeof NONE> {
  return new Map();
}

function readPods(cluster: Cluster): ReadonlyMap<Manifest, Pods> {
  const found = new Map<Manifest, Pods>();
  for (const manifest of [...cluster.set, ...cluster.assumed]) {
    const pods = ownPods(cluster, manifest);
    if (pods !== undefined) found.set(manifest, pods);
  }
  for (const rollout of rolloutsIn(cluster)) {
    const pods = found.get(rollout.workload);
    if (rollout.by === 'flagger' && pods !== undefined)
      found.set(rollout.manifest, primaryPods(rollout, pods));
  }
  return found;
}

/** The labels of which Flagger changes the first in the selector. Source: the flag `-selector-labels` of `cmd/flagger`. */
const SELECTOR_LABELS = ['app', 'name', 'app.kubernetes.io/name'];

/**
 * The pods of the Deployment that Flagger makes after the one of a Canary: they serve, while the others are tried.
 *
 * Source: createPrimaryDeployment of flagger `pkg/canary/deployment_controller.go`.
 */
function primaryPods({ manifest, root, namespace }: StagedRollout, pods: Pods): Pods {
  const selector = pods.root.at('spec', 'selector', 'matchLabels').labels;
  const label = SELECTOR_LABELS.find((name) => Object.hasOwn(selector, name));
  const primary = label === undefined ? {} : { [label]: `${selector[label] ?? ''}-primary` };
  const labels = { ...pods.labels, ...primary };
  return {
    ...pods,
    kind: kindKey(manifest),
    manifest,
    root,
    namespace,
    labels,
    containers: [],
    isOperated: true,
  };
}

function podsIn(manifest: Manifest, cluster: Cluster): Pods | undefined {
  const { name } = manifest.id;
  const kind = kindKey(manifest);
  const entry = { manifest, kind, namespace: namespaceOf(manifest) };
  const operated = operatedLabels(kind, name);
  if (operated !== undefined) return operatedPods({ ...entry, root: Field.root(manifest.object) }, operated);
  if (podTemplateOf(manifest.object) === undefined) return undefined;
  const object = keptIn(cluster, manifest);
  const template = podTemplateOf(object);
  if (template === undefined) return undefined;
  const [metadata, spec] = [template.field.child('metadata'), template.field.child('spec')];
  const { labels, added } = controllerLabels(kind, name);
  return {
    manifest,
    kind,
    namespace: entry.namespace,
    root: Field.root(object),
    metadata,
    spec,
    labels: withAdded(metadata.child('labels').labels, labels),
    ...(added !== undefined && { added }),
    containers: containersOf(spec),
    isOperated: false,
  };
}

/** Most controllers add none. */
function withAdded(own: Labels, added: Labels | undefined): Labels {
  return added === undefined ? own : { ...own, ...added };
}

function operatedPods(
  entry: Entry & { readonly kind: string },
  { labels, added }: ReturnType<typeof controllerLabels>,
): Pods {
  const metadata = entry.root.at('spec', 'podMetadata');
  return {
    ...entry,
    metadata,
    spec: entry.root.at('spec', 'template', 'spec'),
    labels: { ...labels, ...metadata.child('labels').labels },
    ...(added !== undefined && { added }),
    containers: [],
    isOperated: true,
  };
}

const LISTS = [
  ['initContainers', 'init'],
  ['containers', 'main'],
  ['ephemeralContainers', 'ephemeral'],
] as const;

function containersOf(spec: Field): Container[] {
  return LISTS.flatMap(([list, usual]) =>
    spec.list(list).map((field, index): Container => {
      const restarts = field.child('restartPolicy').text === 'Always';
      const role = usual === 'init' && restarts ? 'sidecar' : usual;
      return {
        field,
        name: field.child('name').text || `${list}[${index}]`,
        role,
        isLongRunning: role === 'main' || role === 'sidecar',
        ports: field.list('ports').map(portIn),
      };
    }),
  );
}

function portIn(field: Field): ContainerPort {
  return {
    field,
    name: field.child('name').text,
    number: field.child('containerPort').number,
    protocol: field.child('protocol').text || 'TCP',
  };
}
