import { forEachStep } from '../rule';
import { nameOf, oldSpecOf, specOf } from '../words';
import { sizeOf, storageClassOf } from './claims';

/** A claim that requests more. Where its class is known, it allows that: else the change is rejected. */
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
    const condition = storageClass === undefined ? ', if its storage class allows expansion' : '';
    report('info', `${name} grows from ${old} to ${size}${condition}. It cannot shrink again.`);
  },
});
