import { forEachStep } from '../rule';
import { nameOf, oldSpecOf, specOf } from '../words';
import { sizeOf, storageClassOf } from './claims';

/**
 * A claim that requests more.
 *
 * Source: the admission plugin PersistentVolumeClaimResize, which asks the class for `allowVolumeExpansion`.
 */
export const claimGrows = forEachStep({
  kind: 'data',
  about: 'A PersistentVolumeClaim grows, which cannot be undone.',
  effects: ['updated'],
  isInPlace: true,
  objects: ['/PersistentVolumeClaim'],
  look(step, { after }, report) {
    const [old, size] = [sizeOf(oldSpecOf(step)), sizeOf(specOf(step))];
    if (size === old) return;
    const storageClass = storageClassOf(specOf(step), after);
    const name = nameOf(step);
    if (storageClass === undefined)
      return report(
        'info',
        `${name} grows from ${old} to ${size}, if its storage class allows expansion. It cannot shrink again.`,
      );
    if (storageClass.root.child('allowVolumeExpansion').isTrue)
      return report('info', `${name} grows from ${old} to ${size}. It cannot shrink again.`);
    const className = `StorageClass ${storageClass.manifest.id.name}`;
    report(
      'error',
      `The API server refuses to grow ${name} from ${old} to ${size}: ${className} does not set allowVolumeExpansion. Set it first, if the driver can expand volumes, or create a larger claim under a new name and copy the data.`,
    );
  },
});
