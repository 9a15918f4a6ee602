import { isExtendedResource } from '../../../../kube/resources';
import type { KindRule } from '../kind-rule';
import { deviceConfiguration } from './configuration';
import { isWithin } from './names';
import { selectors } from './requests';

const MOST = 32;

/** @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go ValidateDeviceClass, validateDeviceClassSpec 1.36 */
export const deviceClass: KindRule = {
  kind: 'resource.k8s.io/DeviceClass',
  about: 'Selectors, configuration and extended resource.',
  beyond: 'What CEL selectors may cost or bind.',
  check(object) {
    const spec = object.child('spec');
    const [config, resource] = [spec.child('config'), spec.child('extendedResourceName')];
    selectors(spec.child('selectors'));
    if (isWithin(config, MOST)) for (const each of config.items) deviceConfiguration(each);
    if (resource.isSet && !isExtendedResource(resource.text))
      resource.invalid('must be an extended resource, such as example.com/gpu');
  },
};
