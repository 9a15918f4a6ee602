import type { Field } from '../../manifest/field';
import { accountField } from '../accounts';
import { hostUsesOf } from '../hosts/host-uses';
import { hasServiceForm } from '../hosts/service-host';
import type { Pods } from '../pods';
import { claimTemplates } from '../pods';
import type { TargetPart, ReferenceCollector } from '../reference-collector';
import { affinityTerms, spreadConstraints, type PodSelection } from '../scheduling';

/** Everything that pods cannot start, or be placed, without. */
export function ofPods(collect: ReferenceCollector, pods: Pods): void {
  const { spec } = pods;
  const { namespace } = collect;
  const core = (kind: string, name: Field) => ({ group: '', kind, namespace, name: name.text });
  const account = accountField(pods);
  collect.name('service-account', account, core('ServiceAccount', account));
  const priority = spec.at('priorityClassName');
  collect.name('priority-class', priority, {
    group: 'scheduling.k8s.io',
    kind: 'PriorityClass',
    name: priority.text,
  });
  const runtime = spec.at('runtimeClassName');
  collect.name('runtime-class', runtime, { group: 'node.k8s.io', kind: 'RuntimeClass', name: runtime.text });
  for (const secret of spec.list('imagePullSecrets')) {
    collect.name('pull-secret', secret.at('name'), core('Secret', secret.at('name')));
  }
  const volumes = new Map(
    spec
      .list('volumes')
      .toReversed()
      .map((volume) => [volume.at('name').text, volume]),
  );
  for (const { field } of pods.containers) ofContainer(collect, field, volumes);
  const claims = new Set(claimTemplates(pods).map((claim) => claim.at('metadata', 'name').text));
  for (const volume of spec.list('volumes')) {
    if (!claims.has(volume.at('name').text)) ofVolume(collect, volume);
  }
  for (const claim of spec.list('resourceClaims')) {
    const group = 'resource.k8s.io';
    for (const [field, kind] of [
      ['resourceClaimName', 'ResourceClaim'],
      ['resourceClaimTemplateName', 'ResourceClaimTemplate'],
    ] as const) {
      collect.name('other', claim.at(field), { group, kind, namespace, name: claim.at(field).text });
    }
  }
  ofScheduling(collect, pods);
  ofHosts(collect, pods);
}

/** The Services whose names in the DNS the pods use, each once for a field. */
function ofHosts(collect: ReferenceCollector, pods: Pods): void {
  const said = new Set<string>();
  for (const { target, manifest, text, mention } of hostUsesOf(collect.world, pods)) {
    if (manifest === undefined && !hasServiceForm(mention)) continue;
    const key = `${target.namespace}/${target.name} ${text.by.path}`;
    if (!said.has(key)) collect.name('service-host', text.by, target);
    said.add(key);
  }
}

function ofContainer(
  collect: ReferenceCollector,
  container: Field,
  volumes: ReadonlyMap<string, Field>,
): void {
  for (const variable of container.list('env')) {
    const from = variable.at('valueFrom');
    ofKey(collect, 'config-map', from.at('configMapKeyRef'), 'name');
    ofKey(collect, 'secret', from.at('secretKeyRef'), 'name');
  }
  for (const source of container.list('envFrom')) {
    ofKey(collect, 'config-map', source.at('configMapRef'), 'name');
    ofKey(collect, 'secret', source.at('secretRef'), 'name');
  }
  for (const mount of container.list('volumeMounts')) ofSubPath(collect, mount, volumes);
}

const KINDS = { 'config-map': 'ConfigMap', secret: 'Secret' } as const;

/** A ConfigMap or Secret, by the field that names it, and the key, where there is one. */
function ofKey(
  collect: ReferenceCollector,
  role: 'config-map' | 'secret',
  ref: Field,
  field: string,
  keys?: Field[],
): void {
  if (!ref.isSet) return;
  const name = ref.at(field);
  const target = { group: '', kind: KINDS[role], namespace: collect.namespace, name: name.text };
  const optional = ref.at('optional').value === true;
  const parts = keys ?? [ref.at('key')];
  if (parts.length === 0) collect.name(role, name, target, { optional });
  for (const at of parts) collect.name(role, name, target, { optional, part: { type: 'key', at } });
}

function ofVolume(collect: ReferenceCollector, volume: Field): void {
  const { namespace } = collect;
  const keysIn = (source: Field): Field[] => source.list('items').map((item) => item.at('key'));
  ofKey(collect, 'config-map', volume.at('configMap'), 'name', keysIn(volume.at('configMap')));
  ofKey(collect, 'secret', volume.at('secret'), 'secretName', keysIn(volume.at('secret')));
  for (const source of volume.list('projected', 'sources')) {
    ofKey(collect, 'config-map', source.at('configMap'), 'name', keysIn(source.at('configMap')));
    ofKey(collect, 'secret', source.at('secret'), 'name', keysIn(source.at('secret')));
  }
  const claim = volume.at('persistentVolumeClaim', 'claimName');
  collect.name('claim', claim, { group: '', kind: 'PersistentVolumeClaim', namespace, name: claim.text });
  const storage = volume.at('ephemeral', 'volumeClaimTemplate', 'spec', 'storageClassName');
  collect.name('storage-class', storage, {
    group: 'storage.k8s.io',
    kind: 'StorageClass',
    name: storage.text,
  });
  // The driver of the Secrets Store takes its objects from a class (secrets-store.csi.k8s.io).
  const provider = volume.at('csi', 'volumeAttributes', 'secretProviderClass');
  const store = { group: 'secrets-store.csi.x-k8s.io', kind: 'SecretProviderClass' };
  collect.name('other', provider, { ...store, namespace, name: provider.text });
  for (const source of ['csi', 'flexVolume', 'cephfs', 'rbd', 'iscsi', 'scaleIO', 'storageos']) {
    const ref = volume.at(source).isSet
      ? volume.at(source, source === 'csi' ? 'nodePublishSecretRef' : 'secretRef')
      : volume.at(source);
    ofKey(collect, 'secret', ref, 'name', []);
  }
}

/**
 * The file of a ConfigMap or Secret that a container mounts alone (`volumeMounts[].subPath`): where the volume has no such
 * file, the kubelet creates an empty directory instead.
 */
function ofSubPath(collect: ReferenceCollector, mount: Field, volumes: ReadonlyMap<string, Field>): void {
  const at = mount.at('subPath');
  if (at.text === '' || at.text.includes('/')) return;
  const volume = volumes.get(mount.at('name').text);
  if (volume === undefined) return;
  for (const [role, source, field] of [
    ['config-map', volume.at('configMap'), 'name'],
    ['secret', volume.at('secret'), 'secretName'],
  ] as const) {
    if (!source.isSet) continue;
    const target = {
      group: '',
      kind: KINDS[role],
      namespace: collect.namespace,
      name: source.at(field).text,
    };
    const files = source.list('items').map((item) => item.at('path').text.split('/')[0] ?? '');
    const part: TargetPart = { type: 'key', at, ...(files.length > 0 && { has: files }) };
    collect.name(role, source.at(field), target, { optional: source.at('optional').value === true, part });
  }
}

/** Pods that these are to be near to or far from, and those that they are spread with. */
function ofScheduling(collect: ReferenceCollector, pods: Pods): void {
  for (const type of ['podAffinity', 'podAntiAffinity'] as const) {
    for (const term of affinityTerms(pods, type, 'required')) ofSelection(collect, 'affinity', term);
    for (const term of affinityTerms(pods, type, 'preferred')) ofSelection(collect, 'preference', term);
  }
  for (const constraint of spreadConstraints(pods)) ofSelection(collect, 'spread', constraint);
}

/** The namespaces of a namespaceSelector are known only in the cluster, so its pods are not looked for. */
function ofSelection(
  collect: ReferenceCollector,
  role: 'affinity' | 'preference' | 'spread',
  { selectorField, selector, namespaces }: PodSelection,
): void {
  if (selector === undefined || namespaces === undefined) return;
  collect.pods(role, selectorField, selector, namespaces);
}
