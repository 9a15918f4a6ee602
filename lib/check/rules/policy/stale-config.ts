import type { Field } from '../../../manifest/field';
import { objectsOf } from '../../../graph/objects';
import type { Pods } from '../../../graph/pods';
import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import type { Cluster } from '../../../graph/cluster';
import { isKustomizeHash } from '../../../kube/kustomize-hash';
import { isRenewed } from '../../../graph/renewal';

/** The pods of these kinds run to completion, and the next ones read the current values. */
const ENDING = ['batch/Job', 'batch/CronJob', 'keda.sh/ScaledJob', '/Pod'];

/** Source: the kubelet sets environment variables and subPath mounts when a container starts, and never again. */
export const staleConfig: Rule = {
  name: 'policy/stale-config',
  severity: 'warning',
  about:
    'Finds ConfigMaps and Secrets whose changes do not reach running pods: read as environment variables or through subPath, under a fixed name.',
  why: 'After a change, running pods keep the old values and pods started later have the new ones.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      if (ENDING.includes(pod.kind) || isRenewed(pod)) continue;
      const seen = new Set<string>();
      for (const { at, kind, name, how } of readOnce(pod)) {
        const key = `${kind} ${pod.namespace}/${name}`;
        if (seen.has(key) || !cluster.derived(changeable).has(key)) continue;
        seen.add(key);
        const message = `reads ${kind} "${name}" ${how}, so its changes do not reach running pods`;
        const hint =
          'Add its checksum to an annotation of the pod template, or to its name and make it immutable.';
        report(pod.manifest, at.path, message, hint);
      }
    }
  },
};

/** The ConfigMaps and Secrets of the set that may change without another name. */
function changeable(cluster: Cluster): ReadonlySet<string> {
  const found = ['ConfigMap', 'Secret'].flatMap((kind) =>
    objectsOf(cluster, `/${kind}`)
      .filter(({ root, manifest }) => !root.child('immutable').isTrue && !hasHash(manifest.id.name))
      .map(({ namespace, manifest }) => `${kind} ${namespace}/${manifest.id.name}`),
  );
  return new Set(found);
}

/** Whether kustomize names it after its content, as it does what its generators make. */
function hasHash(name: string): boolean {
  return name.includes('-') && isKustomizeHash(name.slice(name.lastIndexOf('-') + 1));
}

interface Reading {
  readonly at: Field;
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly how: string;
}

/** What the containers read only when they start. */
function readOnce({ spec, containers }: Pods): Reading[] {
  const volumes = new Map(spec.child('volumes').items.map((volume) => [volume.child('name').text, volume]));
  return containers.flatMap(({ field }) => {
    const variables = [
      ...field.child('envFrom').items,
      ...field.child('env').items.map((variable) => variable.child('valueFrom')),
    ];
    const parts = field
      .child('volumeMounts')
      .items.filter((mount) => mount.child('subPath').text !== '' || mount.child('subPathExpr').text !== '');
    return [
      ...variables.flatMap(fromVariable),
      ...parts.flatMap((mount) => fromVolume(volumes.get(mount.child('name').text), mount)),
    ];
  });
}

const SOURCES = [
  ['ConfigMap', 'configMapRef'],
  ['ConfigMap', 'configMapKeyRef'],
  ['Secret', 'secretRef'],
  ['Secret', 'secretKeyRef'],
] as const;

function fromVariable(source: Field): Reading[] {
  // Most variables have a value.
  if (!source.isSet) return [];
  // A name that is not set is the name of no object.
  return SOURCES.map(([kind, name]) => {
    const at = source.child(name).child('name');
    return { at, kind, name: at.text, how: 'as environment variables' };
  });
}

function fromVolume(volume: Field | undefined, mount: Field): Reading[] {
  const at = mount.child(mount.child('subPath').isSet ? 'subPath' : 'subPathExpr');
  if (volume === undefined) return [];
  const how = 'through subPath';
  return [
    { at, how, kind: 'ConfigMap', name: volume.child('configMap').child('name').text },
    { at, how, kind: 'Secret', name: volume.child('secret').child('secretName').text },
  ];
}
