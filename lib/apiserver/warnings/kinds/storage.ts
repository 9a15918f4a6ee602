import { claimSpec } from '../claims';
import { deprecatedNodeLabel, nodeSelector, nodeSelectorTerm } from '../node-labels';
import { volumePlugins } from '../pod-volumes';
import type { KindWarnings } from '../warning';

const CLASS = 'volume.beta.kubernetes.io/storage-class';
const CLASS_MESSAGE = 'deprecated since v1.8; use "storageClassName" attribute instead';
const MOUNT_OPTIONS = 'volume.beta.kubernetes.io/mount-options';
const RECYCLE =
  'The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.';

/** @source k8s.io/kubernetes pkg/api/persistentvolume/util.go warningsForPersistentVolumeSpecAndMeta 1.37 */
export const persistentVolume: KindWarnings = (object, warnings) => {
  const [spec, annotations] = [object.child('spec'), object.at('metadata', 'annotations')];
  const [className, options] = [annotations.key(CLASS), annotations.key(MOUNT_OPTIONS)];
  if (className.isSet && warnings.since('1.28')) warnings.add(className, CLASS_MESSAGE);
  if (options.isSet && warnings.since('1.31'))
    warnings.add(options, 'deprecated since v1.31; use "mountOptions" attribute instead');
  const policy = spec.child('persistentVolumeReclaimPolicy');
  if (policy.text === 'Recycle' && warnings.since('1.30')) warnings.add(policy, RECYCLE);
  for (const term of spec.list('nodeAffinity', 'required', 'nodeSelectorTerms'))
    nodeSelectorTerm(term, false, warnings);
  if (warnings.since('1.28')) volumePlugins(spec, warnings);
};

/** @source k8s.io/kubernetes pkg/api/persistentvolumeclaim/util.go GetWarningsForPersistentVolumeClaim 1.37 */
export const persistentVolumeClaim: KindWarnings = (object, warnings) => {
  const annotation = object.at('metadata', 'annotations').key(CLASS);
  if (annotation.isSet && warnings.since('1.28')) warnings.add(annotation, CLASS_MESSAGE);
  claimSpec(object.child('spec'), warnings);
};

/** @source k8s.io/kubernetes pkg/api/storage/util.go GetWarningsForStorageClass 1.37 */
export const storageClass: KindWarnings = (object, warnings) => {
  for (const topology of object.list('allowedTopologies')) {
    for (const key of topology.list('matchLabelExpressions').map((each) => each.child('key'))) {
      const message = deprecatedNodeLabel(key.text, warnings);
      if (message !== undefined) warnings.add(key, message);
    }
  }
};

/** @source k8s.io/kubernetes pkg/api/storage/util.go GetWarningsForCSIStorageCapacity 1.37 */
export const csiStorageCapacity: KindWarnings = (object, warnings) => {
  nodeSelector(object.child('nodeTopology'), warnings);
};

/** @source k8s.io/kubernetes pkg/registry/storage/csidriver/strategy.go csiDriverStrategy.WarningsOnCreate 1.37 */
export const csiDriver: KindWarnings = (object, warnings) => {
  const [requests, inSecrets] = [
    object.at('spec', 'tokenRequests'),
    object.at('spec', 'serviceAccountTokenInSecrets'),
  ];
  if (!warnings.gates.isOn('CSIServiceAccountTokenSecrets')) return;
  if (requests.size === 0 || inSecrets.isSet) return;
  const advice =
    'if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes';
  warnings.add(inSecrets, `spec.serviceAccountTokenInSecrets is unset; ${advice}`);
};
