import { groupOf, type Manifest } from '../manifest/manifest';
import { Field } from '../manifest/field';
import { namespaceOf } from './namespace';
import { kindKey } from './objects';
import type { Target } from './reference';

/** What an autoscaler scales, and how. */
export interface ScaleTarget {
  readonly target: Target;
  /** The field that names it. */
  readonly name: Field;
  /** Whether the number of pods is scaled (`horizontal`), or what each of them requests. */
  readonly direction: 'horizontal' | 'vertical';
}

interface ScalerKind {
  readonly direction: ScaleTarget['direction'];
  readonly ref: string;
  /** The kind of a target that does not say its own. */
  readonly usual?: string;
}

/** The kinds of autoscalers, by group and kind. */
const SCALERS: ReadonlyMap<string, ScalerKind> = new Map([
  ['autoscaling/HorizontalPodAutoscaler', { direction: 'horizontal', ref: 'scaleTargetRef' }],
  ['autoscaling.k8s.io/VerticalPodAutoscaler', { direction: 'vertical', ref: 'targetRef' }],
  ['keda.sh/ScaledObject', { direction: 'horizontal', ref: 'scaleTargetRef', usual: 'Deployment' }],
]);

export const SCALER_KINDS: readonly string[] = [...SCALERS.keys()];

/** What an object scales; none where it is no autoscaler. */
export function scaleTargetOf(manifest: Manifest): ScaleTarget | undefined {
  const kind = SCALERS.get(kindKey(manifest));
  if (kind === undefined) return undefined;
  const ref = Field.root(manifest.object).at('spec', kind.ref);
  const target = targetAt(ref, namespaceOf(manifest), kind.usual);
  return { target, name: ref.child('name'), direction: kind.direction };
}

/** The group of what a scaler names without its version, by kind. */
const CORE: ReadonlySet<string> = new Set(['Pod', 'ReplicationController']);

/** The object that a reference by apiVersion, kind and name is to. */
export function targetAt(ref: Field, namespace: string, usual = ''): Target {
  const kind = ref.child('kind').text || usual;
  const group = groupOf(ref.child('apiVersion').text || (CORE.has(kind) ? 'v1' : 'apps/v1'));
  return { group, kind, namespace, name: ref.child('name').text };
}
