import type { FieldError } from '../apiserver/admission/review';
import type { Update } from '../apiserver/update/update';
import type { Cluster } from '../graph/cluster';
import { recordIn } from '../apiserver/defaults/plain';
import type { PlainRecord } from '../manifest/data';
import { compareQuantities, parseQuantity } from '../kube/quantity';
import { sizeOf, storageClassOf } from './consequences/data/claims';

const HINT =
  'Set allowVolumeExpansion of the class first, if its driver can expand volumes, or create a larger claim under a new name and copy the data.';

/**
 * The error for a claim that grows although its storage class does not let it. Nothing where the class is not known.
 *
 * @source k8s.io/kubernetes plugin/pkg/admission/storage/persistentvolume/resize/admission.go persistentVolumeClaimResize.Validate 1.36
 */
export function expansionErrors({ was, now, violations }: Update, cluster: Cluster): FieldError[] {
  if (now['kind'] !== 'PersistentVolumeClaim' || was === undefined || violations.length > 0) return [];
  const [old, spec] = [was, now].map((claim): PlainRecord => recordIn(claim, 'spec') ?? {});
  if (old === undefined || spec === undefined || !isGrown(old, spec)) return [];
  const className = old['storageClassName'];
  const storageClass = storageClassOf(old, cluster);
  const isKnown = storageClass !== undefined || className === '';
  if (!isKnown || storageClass?.root.child('allowVolumeExpansion').isTrue === true) return [];
  const named = className === '' ? 'it has no StorageClass' : `StorageClass ${String(className)} does not`;
  return [
    {
      reason: 'forbidden',
      path: 'spec.resources.requests.storage',
      message: `Forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize: ${named}`,
      hint: HINT,
    },
  ];
}

function isGrown(old: PlainRecord, spec: PlainRecord): boolean {
  const [before, after] = [old, spec].map((each) => parseQuantity(sizeOf(each)));
  return before !== undefined && after !== undefined && compareQuantities(after, before) > 0;
}
