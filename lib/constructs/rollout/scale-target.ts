import type { TraitPlace } from '../workloads/trait';
import { primaryOf } from './primary';

/** An object that a scaler names. */
export interface ScaleTarget {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

const SCALED = Symbol.for('seaworthy.scaled');

/** Says that another object than its own sets the number of pods of `workload`. */
export function setScaleTarget(workload: object, target: ScaleTarget): void {
  Object.defineProperty(workload, SCALED, { value: target });
}

/**
 * What has the number of pods of the workload, for scalers and metrics. Ask when something is rendered: traits that come later
 * may change it.
 */
export function scaleTarget({ workload, apiVersion, kind, name }: TraitPlace): ScaleTarget {
  return (workload as { readonly [SCALED]?: ScaleTarget })[SCALED] ?? { apiVersion, kind, name };
}

/** What runs the pods that serve: what is scaled, or the Deployment that Flagger makes after it. */
export function servingTarget(place: TraitPlace): ScaleTarget {
  const target = scaleTarget(place);
  const primary = primaryOf(place.workload);
  return primary === undefined ? target : { ...target, name: primary.name };
}
