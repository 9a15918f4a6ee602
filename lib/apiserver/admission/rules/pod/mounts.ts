import type { CheckedField } from '../../checked-field';
import { descendingPath } from '../files';
import type { PodContext } from './context';

/**
 * `volumeMounts` of a container.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateVolumeMounts 1.36
 */
export function volumeMounts(container: CheckedField, { volumes }: PodContext): void {
  const list = container.child('volumeMounts');
  const devices = container.child('volumeDevices').items;
  const paths = new Set<string>();
  for (const mount of list.items) {
    const [name, path] = [mount.child('name'), mount.child('mountPath')];
    name.needs();
    if (!volumes.has(name.text)) name.notFound('Name one of the volumes of the pod.');
    path.needs();
    if (paths.has(path.text)) path.invalid('must be unique');
    paths.add(path.text);
    if (devices.some((device) => device.child('name').text === name.text)) {
      name.invalid('must not be in volumeDevices as well');
    }
    if (devices.some((device) => device.child('devicePath').text === path.text)) {
      path.invalid('must not be the path of one of volumeDevices as well');
    }
    mountOptions(mount, list, container);
  }
}

/**
 * The server does not report which mount these errors are about.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateMountPropagation, validateMountRecursiveReadOnly 1.36
 */
function mountOptions(mount: CheckedField, list: CheckedField, container: CheckedField): void {
  const [subPath, subPathExpr] = [mount.child('subPath'), mount.child('subPathExpr')];
  if (subPath.text !== '') descendingPath(subPath, list.child('subPath'));
  if (subPathExpr.text !== '') {
    if (subPath.text !== '') subPathExpr.invalid('must not be set together with subPath');
    descendingPath(subPathExpr, list.child('subPathExpr'));
  }

  const propagation = mount.child('mountPropagation');
  if (propagation.isSet) {
    const at = list.child('mountPropagation').holding(propagation.value);
    at.mustBeOneOf(['Bidirectional', 'HostToContainer', 'None']);
    const isPrivileged = container.child('securityContext').child('privileged').isTrue;
    if (propagation.text === 'Bidirectional' && !isPrivileged) {
      at.forbidden('must not be Bidirectional unless the container is privileged');
    }
  }

  const recursive = mount.child('recursiveReadOnly');
  if (!recursive.isSet || recursive.text === 'Disabled') return;
  const at = list.child('recursiveReadOnly').holding(recursive.value);
  if (!at.mustBeOneOf(['Disabled', 'Enabled', 'IfPossible'])) return;
  if (!mount.child('readOnly').isTrue) at.forbidden('must not be set unless readOnly is true');
  if (propagation.isSet && propagation.text !== 'None')
    at.forbidden('must not be set with mount propagation');
}

/**
 * `volumeDevices` of a container: volumes that it uses as block devices.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateVolumeDevices 1.36
 */
export function volumeDevices(container: CheckedField, { volumes }: PodContext): void {
  const mounts = container.child('volumeMounts').items;
  const [paths, names] = [new Set<string>(), new Set<string>()];
  for (const device of container.child('volumeDevices').items) {
    const [name, path] = [device.child('name'), device.child('devicePath')];
    const volume = volumes.get(name.text);
    name.needs();
    if (names.has(name.text)) name.invalid('must be unique');
    if (volume === undefined) name.notFound('Name one of the volumes of the pod.');
    else if (!volume.child('persistentVolumeClaim').isSet && !volume.child('ephemeral').isSet) {
      name.invalid('must be a volume with persistentVolumeClaim or ephemeral: no other comes as a device');
    }
    path.needs();
    if (paths.has(path.text)) path.invalid('must be unique');
    if (path.text.split('/').includes('..')) path.invalid('must not have ".." between its slashes');
    else paths.add(path.text);
    if (mounts.some((mount) => mount.child('name').text === name.text)) {
      name.invalid('must not be in volumeMounts as well');
    }
    if (mounts.some((mount) => mount.child('mountPath').text === path.text)) {
      path.invalid('must not be the path of one of volumeMounts as well');
    }
    if (name.text !== '') names.add(name.text);
  }
}
