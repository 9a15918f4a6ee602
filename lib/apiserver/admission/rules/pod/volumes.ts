import { dnsLabel, dnsSubdomain } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import { show } from '../../error-body';
import { quantityOf } from '../quantities';
import { fileMode } from '../files';
import { claimTemplate } from '../claims';
import { inOrder, sharedSources, volumeSource } from '../volume-sources';
import type { SourceRule } from '../volume-sources';
import { projected } from './projections';
import { downwardFile, keyToPath } from './volume-files';

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];

/**
 * The order in which the server looks for the source of a volume.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateVolumeSource 1.36
 */
const ORDER = `
  emptyDir hostPath gitRepo gcePersistentDisk awsElasticBlockStore secret nfs iscsi glusterfs flocker
  persistentVolumeClaim rbd cinder cephfs quobyte downwardAPI fc flexVolume configMap azureFile vsphereVolume
  photonPersistentDisk portworxVolume azureDisk storageos projected scaleIO csi ephemeral image
`;

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateVolumeSource 1.36 */
function sourceRules(isPod: boolean): readonly SourceRule[] {
  const own: readonly SourceRule[] = [
    { name: 'emptyDir', check: emptyDir },
    { name: 'secret', check: (secret) => files(secret, 'secretName') },
    { name: 'persistentVolumeClaim', check: (claim) => void claim.child('claimName').needs() },
    { name: 'downwardAPI', conflict: 'downwarAPI', check: downwardAPI },
    { name: 'configMap', check: (configMap) => files(configMap, 'name') },
    { name: 'projected', check: projected },
    { name: 'ephemeral', check: ephemeral },
    { name: 'image', check: (image) => imageVolume(image, isPod) },
  ];
  return inOrder([...own, ...sharedSources(false)], ORDER);
}

const RULES_FOR_POD = sourceRules(true);
const RULES_FOR_TEMPLATE = sourceRules(false);

/**
 * `volumes` of a pod. Returns the valid ones by name: mounts of other volumes are reported as not found.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateVolumes 1.36
 */
export function volumes(
  list: CheckedField,
  isPod: boolean,
  podName: string,
): ReadonlyMap<string, CheckedField> {
  const rules = isPod ? RULES_FOR_POD : RULES_FOR_TEMPLATE;
  const found = new Map<string, CheckedField>();
  const created = new Set(
    list.items
      .filter((volume) => podName !== '' && volume.child('ephemeral').isSet)
      .map((volume) => `${podName}-${volume.child('name').text}`),
  );
  for (const volume of list.items) {
    const name = volume.child('name');
    const before = volume.errorCount;
    volumeSource(volume, name.text, rules);
    if (podName !== '' && volume.child('ephemeral').isSet && name.text !== '') {
      const problem = dnsSubdomain(`${podName}-${name.text}`);
      if (problem !== undefined)
        name.invalid(`the name of the claim, ${show(`${podName}-${name.text}`)}, ${problem}`);
    }
    if (name.needs()) name.must(dnsLabel);
    if (found.has(name.text)) name.duplicate();
    if (volume.errorCount === before) found.set(name.text, volume);
    const claim = volume.child('persistentVolumeClaim').child('claimName');
    if (created.has(claim.text)) claim.invalid('must not be a claim that the pod makes for itself');
  }
  return found;
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateVolumeSource 1.36 */
function emptyDir(source: CheckedField): void {
  const limit = source.child('sizeLimit');
  if (quantityOf(limit).nanos < 0n) limit.forbidden('must be greater than or equal to 0');
}

/**
 * A Secret or ConfigMap as files.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateSecretVolumeSource, validateConfigMapVolumeSource 1.36
 */
function files(source: CheckedField, nameField: string): void {
  source.child(nameField).needs();
  fileMode(source.child('defaultMode'));
  for (const item of source.child('items').items) keyToPath(item);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateDownwardAPIVolumeSource 1.36 */
function downwardAPI(source: CheckedField): void {
  fileMode(source.child('defaultMode'));
  for (const file of source.child('items').items) downwardFile(file, source);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateEphemeralVolumeSource 1.36 */
function ephemeral(source: CheckedField): void {
  const template = source.child('volumeClaimTemplate');
  if (template.isSet) claimTemplate(template);
  else template.required();
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateImageVolumeSource 1.37 */
function imageVolume(source: CheckedField, isPod: boolean): void {
  if (isPod || source.since('1.37')) source.child('reference').needs();
  const policy = source.child('pullPolicy');
  if (policy.isSet) policy.mustBeOneOf(PULL_POLICIES);
}
