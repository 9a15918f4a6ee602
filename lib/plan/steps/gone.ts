import type { Manifest } from '../../manifest/manifest';
import type { Step } from '../consequences/rule';
import { described } from './described';

/**
 * An object that the new set does not have.
 *
 * @param kept the setting by which it stays in the cluster all the same
 */
export function gone(before: Manifest, kept: string | undefined): Step {
  if (kept === undefined) return { change: described('deleted', { before }) };
  return { change: { ...described('none', { before }), kept } };
}
