import { dnsLabel } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { driverName, poolName } from './names';
import { deviceTaint } from './requests';

/** @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go ValidateDeviceTaintRule, validateDeviceTaintRuleSpec, validateDeviceTaintSelector 1.37 */
export const deviceTaintRule: KindRule = {
  kind: 'resource.k8s.io/DeviceTaintRule',
  about: 'The taint, and the devices that get it.',
  check(object) {
    const spec = object.child('spec');
    const [driver, pool, device] = ['driver', 'pool', 'device'].map((name) =>
      spec.child('deviceSelector').child(name),
    ) as [CheckedField, CheckedField, CheckedField];
    if (driver.isSet) driverName(driver);
    if (pool.isSet) poolName(pool);
    if (device.isSet) device.must(dnsLabel);
    deviceTaint(spec.child('taint'));
  },
};
