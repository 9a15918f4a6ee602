import type { Field } from '../../manifest/field';
import type { ReferenceCollector, ReferenceSource } from '../reference-collector';

/** The class, the volume and the source of a claim. */
export const claim: ReferenceSource = (collect, object) => ofClaim(collect, object.at('spec'));

/** The claims of a StatefulSet's pods, and the Service that gives the pods their names. */
export const statefulSet: ReferenceSource = (collect, object) => {
  const name = object.at('spec', 'serviceName');
  const target = { group: '', kind: 'Service', namespace: collect.namespace, name: name.text };
  collect.name('governing-service', name, target);
  for (const template of object.list('spec', 'volumeClaimTemplates')) ofClaim(collect, template.at('spec'));
};

function ofClaim(collect: ReferenceCollector, spec: Field): void {
  storageClass(collect, spec.at('storageClassName'));
  const volume = spec.at('volumeName');
  collect.name('volume', volume, { group: '', kind: 'PersistentVolume', name: volume.text });
  const source = spec.at('dataSource');
  if (source.at('kind').text === 'PersistentVolumeClaim')
    ofName(collect, source.at('name'), collect.namespace);
  const attributes = spec.at('volumeAttributesClassName');
  const kind = 'VolumeAttributesClass';
  collect.name('other', attributes, { group: 'storage.k8s.io', kind, name: attributes.text });
}

/** The class of a volume, and the claim that it is kept for. */
export const volume: ReferenceSource = (collect, object) => {
  const spec = object.at('spec');
  const bound = spec.at('claimRef');
  // The class of a volume need not exist: it only matches volume and claim (PersistentVolumeSpec.storageClassName).
  ofName(collect, bound.at('name'), bound.at('namespace').text || collect.namespace);
};

function ofName(collect: ReferenceCollector, at: Field, namespace: string): void {
  collect.name('claim', at, { group: '', kind: 'PersistentVolumeClaim', namespace, name: at.text });
}

function storageClass(collect: ReferenceCollector, at: Field): void {
  collect.name('storage-class', at, { group: 'storage.k8s.io', kind: 'StorageClass', name: at.text });
}
