import type { Place } from '../place';
import type { Seeing, Source } from '../seeing';

/** The class, the volume and the source of a claim. */
export const claim: Source = (see, object) => ofClaim(see, object.at('spec'));

/** The claims of a StatefulSet's pods, and the Service that gives the pods their names. */
export const statefulSet: Source = (see, object) => {
  const name = object.at('spec', 'serviceName');
  const target = { group: '', kind: 'Service', namespace: see.namespace, name: name.text };
  see.name('governing-service', name, target);
  for (const template of object.list('spec', 'volumeClaimTemplates')) ofClaim(see, template.at('spec'));
};

function ofClaim(see: Seeing, spec: Place): void {
  storageClass(see, spec.at('storageClassName'));
  const volume = spec.at('volumeName');
  see.name('volume', volume, { group: '', kind: 'PersistentVolume', name: volume.text });
  const source = spec.at('dataSource');
  if (source.at('kind').text === 'PersistentVolumeClaim') ofName(see, source.at('name'), see.namespace);
  const attributes = spec.at('volumeAttributesClassName');
  const kind = 'VolumeAttributesClass';
  see.name('other', attributes, { group: 'storage.k8s.io', kind, name: attributes.text });
}

/** The class of a volume, and the claim that it is kept for. */
export const volume: Source = (see, object) => {
  const spec = object.at('spec');
  const bound = spec.at('claimRef');
  // A class is a mere label where volume and claim find each other by it (PersistentVolumeSpec.storageClassName).
  ofName(see, bound.at('name'), bound.at('namespace').text || see.namespace);
};

function ofName(see: Seeing, at: Place, namespace: string): void {
  see.name('claim', at, { group: '', kind: 'PersistentVolumeClaim', namespace, name: at.text });
}

function storageClass(see: Seeing, at: Place): void {
  see.name('storage-class', at, { group: 'storage.k8s.io', kind: 'StorageClass', name: at.text });
}
