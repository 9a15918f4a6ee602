import { APPLYSET, applySetId, applySetParentMarks } from '../../kube/applyset';
import type { Problem } from '../../errors';
import type { KubeObject } from '../../manifest/manifest';
import { isEncrypted } from '../../manifest/encrypted';
import type { PlacedDeployment, TargetFile } from '../target';

/** Who manages the set: it is kubectl that applies the files. Others must not change it. */
const TOOLING = 'kubectl/v1.36';

/**
 * `files` with the labels of an ApplySet, and its parent, a ConfigMap in the namespace of the objects.
 *
 * @param report takes CONFIG_INVALID where no namespace can have the parent
 */
export function withApplySet(
  deployment: PlacedDeployment,
  files: readonly TargetFile[],
  report: (problem: Problem) => void,
): TargetFile[] {
  const { name, folder, environment, manifests } = deployment;
  const [namespace] = mostFirst(manifests.flatMap(({ id }) => id.namespace ?? []));
  if (namespace === undefined) {
    report(noParent(deployment));
    return [...files];
  }
  const parent = { apiVersion: 'v1', kind: 'ConfigMap', name: `applyset-${name}`, namespace };
  const id = applySetId(parent);
  const marks = applySetParentMarks(
    parent,
    manifests.map(({ id: member }) => member),
    TOOLING,
  );
  const object: KubeObject = {
    apiVersion: parent.apiVersion,
    kind: parent.kind,
    metadata: { annotations: marks.annotations, labels: marks.labels, name: parent.name, namespace },
  };
  return [
    ...files.map((file) => ({ ...file, content: labelled(file.content, id) })),
    // After the namespaces, before all else.
    {
      path: `${folder}/01-${parent.name}.yaml`,
      ...(environment !== undefined && { environment }),
      content: [object],
    },
  ];
}

function labelled(content: TargetFile['content'], id: string): TargetFile['content'] {
  if (typeof content === 'string' || content instanceof Uint8Array) return content;
  return content.map((object) => {
    // A label would break the signature.
    if (isEncrypted(object)) return object;
    const labels = { ...object.metadata.labels, [APPLYSET.partOf]: id };
    const sorted = Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
    return { ...object, metadata: { ...object.metadata, labels: sorted } };
  });
}

/** Each name once, that with the most uses first. */
function mostFirst(names: readonly string[]): string[] {
  const uses = new Map<string, number>();
  for (const each of names) uses.set(each, (uses.get(each) ?? 0) + 1);
  return [...uses].sort(([a, more], [b, fewer]) => fewer - more || (a < b ? -1 : 1)).map(([each]) => each);
}

function noParent({ name, manifests }: PlacedDeployment): Problem {
  const [first] = manifests;
  return {
    code: 'CONFIG_INVALID',
    path: 'seaworthy.targets.kubectl.applySet',
    message: `the ApplySet of "${name}" has no parent: it is a ConfigMap, and none of the objects is in a namespace`,
    hint: 'Give a chart a namespace, or leave out applySet.',
    ...(first?.origin?.source !== undefined && { source: first.origin.source }),
  };
}
