import { dnsSubdomain } from '../../../../kube/names';
import type { Field } from '../../field';
import { accessModes, VOLUME_MODES } from '../claims';
import { noBacksteps } from '../files';
import type { KindRule } from '../kind-rule';
import { volumeSource } from '../pod/volumes';
import { mustBeBasic, mustBePositive } from '../quantities';
import { nodeSelector } from '../selectors';
import { cloudAndLegacySources } from '../volume-sources';
import type { SourceRule } from '../volume-sources';

const RECLAIM_POLICIES = ['Delete', 'Recycle', 'Retain'];

const SOURCES: readonly SourceRule[] = [...cloudAndLegacySources(true), { name: 'local', check: local }];

export const persistentVolume: KindRule = {
  kind: '/PersistentVolume',
  about: 'Capacity, access modes, node affinity, and its one source.',
  check(object) {
    const spec = object.child('spec');
    accessModes(spec.child('accessModes'));
    capacity(spec.child('capacity'));
    const policy = spec.child('persistentVolumeReclaimPolicy');
    policy.mustBeOneOf(RECLAIM_POLICIES);
    const affinity = spec.child('nodeAffinity');
    if (affinity.child('required').isSet) nodeSelector(affinity.child('required'));
    else if (affinity.isSet) affinity.child('required').required();

    volumeSource(spec, SOURCES);
    if (!SOURCES.some(({ name }) => spec.child(name).isSet))
      spec.required('must have a source of the volume');
    const path = spec.child('hostPath').child('path').text;
    if (
      policy.text === 'Recycle' &&
      path !== '' &&
      path.split('/').every((part) => part === '' || part === '.')
    ) {
      policy.forbidden('must not be Recycle for the whole file system of a node');
    }
    const [className, attributes] = [spec.child('storageClassName'), spec.child('volumeAttributesClassName')];
    if (className.text !== '') className.must(dnsSubdomain);
    spec.child('volumeMode').mustBeOneOf(VOLUME_MODES);
    if (!attributes.isSet) return;
    if (attributes.needs()) attributes.must(dnsSubdomain);
    if (!spec.child('csi').isSet) spec.child('csi').required('must be set with volumeAttributesClassName');
  },
};

function capacity(list: Field): void {
  list.needs('must have storage');
  if (!list.key('storage').isSet || list.size > 1)
    list.report('not-supported', 'must have storage and nothing else');
  for (const amount of list.entries) {
    mustBeBasic(amount);
    mustBePositive(amount);
  }
}

/** A disk of one node, which the volume has to name. */
function local(source: Field, spec: Field): void {
  const path = source.child('path');
  if (path.needs()) noBacksteps(path);
  const affinity = spec.child('nodeAffinity');
  if (!affinity.isSet) affinity.required('must be set for a local volume');
}
