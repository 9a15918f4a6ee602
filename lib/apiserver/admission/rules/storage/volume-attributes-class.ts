import type { KindRule } from '../kind-rule';
import { parameters, provisioner } from './storage-class';

/** @source k8s.io/kubernetes pkg/apis/storage/validation/validation.go ValidateVolumeAttributesClass 1.36 */
export const volumeAttributesClass: KindRule = {
  kind: 'storage.k8s.io/VolumeAttributesClass',
  about: 'Driver and its parameters.',
  check(object) {
    provisioner(object.child('driverName'));
    parameters(object.child('parameters'));
    object.child('parameters').needs('must have at least one parameter');
  },
};
