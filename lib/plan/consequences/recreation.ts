import { recreationOf, type Recreation } from '../../kube/deployers/recreation';
import type { Step } from './rule';

/** How the object of a step is replaced; nothing where a TTL does it, or where it changes in place. */
export function recreationIn({ change: { recreated, before, after } }: Step): Recreation | undefined {
  if (recreated === undefined || after === undefined) return undefined;
  return recreationOf(after.object.metadata, before?.object.metadata ?? {});
}

/** `deleted and created again by Flux (kustomize.toolkit.fluxcd.io/force: enabled)` */
export function deletedAndCreated(step: Step): string {
  const recreation = recreationIn(step);
  if (recreation === undefined) return `deleted and created again (${step.change.recreated ?? ''})`;
  return `deleted and created again by ${recreation.deployer} (${recreation.setting})`;
}
