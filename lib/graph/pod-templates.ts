import type { Labels } from '../kube/labels';
import { podTemplatePath } from '../kube/pod-template';
import type { Field } from '../manifest/field';
import type { Entry, KindIndex } from './objects';
import { assumed, judged } from './objects';
import type { Cluster } from './cluster';

/** A pod, or what a workload makes its pods from. */
export interface PodTemplate extends Entry {
  /** What it is, by group and kind: `apps/Deployment`, `/Pod`. */
  readonly kind: string;
  /** Metadata of the pods. */
  readonly metadata: Field;
  /** Spec of the pods. */
  readonly spec: Field;
  readonly labels: Labels;
  /** Every container, in the order in which they start. */
  readonly containers: readonly Container[];
}

export interface Container {
  readonly field: Field;
  readonly name: string;
  /** An init container that restarts is a sidecar: it runs beside the main ones. */
  readonly role: 'init' | 'sidecar' | 'main' | 'ephemeral';
}

/** The pods and templates of pods among the objects to judge. */
export function podTemplates(cluster: Cluster): readonly PodTemplate[] {
  return cluster.derived(judgedTemplates);
}

/** The same, with those that are in the cluster already. */
export function knownPodTemplates(cluster: Cluster): readonly PodTemplate[] {
  return cluster.derived(knownTemplates);
}

/** The containers that run while the pod does its work. */
export function runningContainers({ containers }: PodTemplate): readonly Container[] {
  return containers.filter(({ role }) => role === 'main' || role === 'sidecar');
}

/** The labels in a metadata field; what is no text is no label. */
export function labelsOf(metadata: Field): Labels {
  const entries = metadata.child('labels').entries.filter(({ value }) => typeof value === 'string');
  return Object.fromEntries(entries.map(({ name, text }) => [name, text]));
}

function judgedTemplates(cluster: Cluster): readonly PodTemplate[] {
  return templatesOf(cluster.derived(judged));
}

function knownTemplates(cluster: Cluster): readonly PodTemplate[] {
  return [...podTemplates(cluster), ...templatesOf(cluster.derived(assumed))];
}

function templatesOf(index: KindIndex): readonly PodTemplate[] {
  return [...index].flatMap(([kind, entries]) => {
    const path = podTemplatePath(kind);
    return path === undefined ? [] : entries.flatMap((entry) => templateOf(kind, entry, path) ?? []);
  });
}

function templateOf(kind: string, entry: Entry, path: readonly string[]): PodTemplate | undefined {
  const template = path.reduce((field, step) => field.child(step), entry.root);
  const metadata = template.child('metadata');
  const spec = template.child('spec');
  if (!Array.isArray(spec.child('containers').value)) return undefined;
  return { ...entry, kind, metadata, spec, labels: labelsOf(metadata), containers: containersOf(spec) };
}

function containersOf(spec: Field): Container[] {
  const container = (role: Container['role'], field: Field): Container => ({
    field,
    name: field.child('name').text,
    role,
  });
  return [
    ...spec
      .child('initContainers')
      .items.map((field) =>
        container(field.child('restartPolicy').text === 'Always' ? 'sidecar' : 'init', field),
      ),
    ...spec.child('containers').items.map((field) => container('main', field)),
    ...spec.child('ephemeralContainers').items.map((field) => container('ephemeral', field)),
  ];
}
