import type { Place } from '../place';
import type { Pods } from '../pods';
import { claimTemplates } from '../pods';
import type { Meant, Seeing } from '../seeing';
import { selectorAt } from '../seeing';

/** Everything that pods cannot start, or be placed, without. */
export function ofPods(see: Seeing, pods: Pods): void {
  const { spec } = pods;
  const { namespace } = see;
  const core = (kind: string, name: Place) => ({ group: '', kind, namespace, name: name.text });
  const account = spec.at('serviceAccountName').isSet
    ? spec.at('serviceAccountName')
    : spec.at('serviceAccount');
  see.name('service-account', account, core('ServiceAccount', account));
  const priority = spec.at('priorityClassName');
  see.name('priority-class', priority, {
    group: 'scheduling.k8s.io',
    kind: 'PriorityClass',
    name: priority.text,
  });
  const runtime = spec.at('runtimeClassName');
  see.name('runtime-class', runtime, { group: 'node.k8s.io', kind: 'RuntimeClass', name: runtime.text });
  for (const secret of spec.list('imagePullSecrets')) {
    see.name('pull-secret', secret.at('name'), core('Secret', secret.at('name')));
  }
  for (const { at } of pods.containers) ofContainer(see, at, spec);
  const claims = new Set(claimTemplates(pods.of).map((claim) => claim.at('metadata', 'name').text));
  for (const volume of spec.list('volumes')) {
    if (!claims.has(volume.at('name').text)) ofVolume(see, volume);
  }
  for (const claim of spec.list('resourceClaims')) {
    const group = 'resource.k8s.io';
    for (const [field, kind] of [
      ['resourceClaimName', 'ResourceClaim'],
      ['resourceClaimTemplateName', 'ResourceClaimTemplate'],
    ] as const) {
      see.name('other', claim.at(field), { group, kind, namespace, name: claim.at(field).text });
    }
  }
  ofScheduling(see, spec);
}

function ofContainer(see: Seeing, container: Place, spec: Place): void {
  for (const variable of container.list('env')) {
    const from = variable.at('valueFrom');
    ofKey(see, 'config-map', from.at('configMapKeyRef'), 'name');
    ofKey(see, 'secret', from.at('secretKeyRef'), 'name');
  }
  for (const source of container.list('envFrom')) {
    ofKey(see, 'config-map', source.at('configMapRef'), 'name');
    ofKey(see, 'secret', source.at('secretRef'), 'name');
  }
  for (const mount of container.list('volumeMounts')) ofSubPath(see, mount, spec);
}

const KINDS = { 'config-map': 'ConfigMap', secret: 'Secret' } as const;

/** A ConfigMap or Secret, by the field that names it, and the key, where there is one. */
function ofKey(see: Seeing, role: 'config-map' | 'secret', ref: Place, field: string, keys?: Place[]): void {
  if (!ref.isSet) return;
  const name = ref.at(field);
  const target = { group: '', kind: KINDS[role], namespace: see.namespace, name: name.text };
  const optional = ref.at('optional').value === true;
  const parts = keys ?? [ref.at('key')];
  if (parts.length === 0) see.name(role, name, target, { optional });
  for (const at of parts) see.name(role, name, target, { optional, part: { type: 'key', at } });
}

function ofVolume(see: Seeing, volume: Place): void {
  const { namespace } = see;
  const keysIn = (source: Place): Place[] => source.list('items').map((item) => item.at('key'));
  ofKey(see, 'config-map', volume.at('configMap'), 'name', keysIn(volume.at('configMap')));
  ofKey(see, 'secret', volume.at('secret'), 'secretName', keysIn(volume.at('secret')));
  for (const source of volume.list('projected', 'sources')) {
    ofKey(see, 'config-map', source.at('configMap'), 'name', keysIn(source.at('configMap')));
    ofKey(see, 'secret', source.at('secret'), 'name', keysIn(source.at('secret')));
  }
  const claim = volume.at('persistentVolumeClaim', 'claimName');
  see.name('claim', claim, { group: '', kind: 'PersistentVolumeClaim', namespace, name: claim.text });
  const storage = volume.at('ephemeral', 'volumeClaimTemplate', 'spec', 'storageClassName');
  see.name('storage-class', storage, { group: 'storage.k8s.io', kind: 'StorageClass', name: storage.text });
  // The driver of the Secrets Store takes its objects from a class (secrets-store.csi.k8s.io).
  const provider = volume.at('csi', 'volumeAttributes', 'secretProviderClass');
  const store = { group: 'secrets-store.csi.x-k8s.io', kind: 'SecretProviderClass' };
  see.name('other', provider, { ...store, namespace, name: provider.text });
  for (const source of ['csi', 'flexVolume', 'cephfs', 'rbd', 'iscsi', 'scaleIO', 'storageos']) {
    const ref = volume.at(source).isSet
      ? volume.at(source, source === 'csi' ? 'nodePublishSecretRef' : 'secretRef')
      : volume.at(source);
    ofKey(see, 'secret', ref, 'name', []);
  }
}

/**
 * The file of a ConfigMap or Secret that is mounted by itself: where the volume has no such file, the kubelet makes an
 * empty folder in its place (`volumeMounts[].subPath`).
 */
function ofSubPath(see: Seeing, mount: Place, spec: Place): void {
  const at = mount.at('subPath');
  if (at.text === '' || at.text.includes('/')) return;
  const name = mount.at('name').text;
  const volume = spec.list('volumes').find((each) => each.at('name').text === name);
  if (volume === undefined) return;
  for (const [role, source, field] of [
    ['config-map', volume.at('configMap'), 'name'],
    ['secret', volume.at('secret'), 'secretName'],
  ] as const) {
    if (!source.isSet) continue;
    const target = { group: '', kind: KINDS[role], namespace: see.namespace, name: source.at(field).text };
    const files = source.list('items').map((item) => item.at('path').text.split('/')[0] ?? '');
    const part: Meant = { type: 'key', at, ...(files.length > 0 && { has: files }) };
    see.name(role, source.at(field), target, { optional: source.at('optional').value === true, part });
  }
}

/** Pods that these are to be near to or far from, and those that they are spread with. */
function ofScheduling(see: Seeing, spec: Place): void {
  for (const field of ['podAffinity', 'podAntiAffinity']) {
    const affinity = spec.at('affinity', field);
    for (const term of affinity.list('requiredDuringSchedulingIgnoredDuringExecution'))
      ofTerm(see, 'affinity', term);
    for (const preferred of affinity.list('preferredDuringSchedulingIgnoredDuringExecution'))
      ofTerm(see, 'preference', preferred.at('podAffinityTerm'));
  }
  for (const constraint of spec.list('topologySpreadConstraints')) {
    const at = constraint.at('labelSelector');
    if (at.isSet) see.pods('spread', at, selectorAt(at), [see.namespace]);
  }
}

/** The pods of one term of an affinity. Which namespaces a selector of namespaces finds is for the cluster to know. */
function ofTerm(see: Seeing, role: 'affinity' | 'preference', term: Place): void {
  const at = term.at('labelSelector');
  if (term.at('namespaceSelector').isSet || !at.isSet) return;
  const named = term.list('namespaces').map(({ text }) => text);
  see.pods(role, at, selectorAt(at), named.length > 0 ? named : [see.namespace]);
}
