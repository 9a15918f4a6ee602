import { matches } from '../../kube/labels';
import type { NodeView } from '../pods/node-requirement';
import type { Claim, Volume } from './claim';

/**
 * The volume for a claim: the one that is meant for it, or the smallest that is free and suits it.
 *
 * @param node where it has to be usable; none for a claim that is bound before its pods are placed
 * @param taken volumes that other claims of the same pod get
 * @source k8s.io/component-helpers storage/volume/pv_helpers.go FindMatchingVolume 1.36
 */
export function matchingVolume(
  claim: Claim,
  volumes: readonly Volume[],
  node: NodeView | undefined,
  taken: ReadonlySet<Volume>,
): Volume | undefined {
  let smallest: Volume | undefined;
  for (const volume of volumes) {
    if (taken.has(volume) || !suits(volume, claim)) continue;
    const isUsable = node === undefined || volume.takesNode(node);
    if (volume.claim === claim.key) return isUsable ? volume : undefined;
    if (volume.claim !== undefined || volume.className !== claim.className || !isUsable) continue;
    if (claim.selector !== undefined && !matches(claim.selector, volume.labels)) continue;
    if (!claim.modes.every((mode) => volume.modes.includes(mode))) continue;
    if (smallest === undefined || volume.size < smallest.size) smallest = volume;
  }
  return smallest;
}

function suits(volume: Volume, claim: Claim): boolean {
  return (
    volume.size >= claim.size &&
    volume.volumeMode === claim.volumeMode &&
    volume.attributesClass === claim.attributesClass
  );
}
