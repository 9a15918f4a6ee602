import { push } from '../kube/grouped';
import { formatId, type Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import {
  allScalers,
  autoscalerName,
  controlledResources,
  isAutoscalerOf,
  isIdle,
  utilizationsOf,
  type AnyScaler,
} from './scalers';

/** An autoscaler that undoes what another one does. */
export interface RivalScaler {
  readonly manifest: Manifest;
  /** Its field that names what the other one has. */
  readonly path: string;
  /** What the other one has, and its name. */
  readonly message: string;
  readonly hint: string;
  /** Whether what both scale is among the objects. */
  readonly isKnown: boolean;
}

/**
 * The autoscalers that get in each other's way: two of one direction for one workload; one that sets the requests of which
 * another measures a share; two ScaledObjects whose HorizontalPodAutoscalers have one name.
 */
export function rivalScalers(cluster: Cluster): readonly RivalScaler[] {
  const earlier = new Map<unknown, AnyScaler[]>();
  const found = allScalers(cluster).flatMap((scaler): RivalScaler[] => {
    if (isIdle(scaler)) return [];
    const key = scaler.scaled ?? keyOf(scaler);
    const others = earlier.get(key);
    const rival = others?.find((other) => collide(other, scaler));
    push(earlier, key, scaler);
    if (rival === undefined) return [];
    const [right, wrong] = inDoubt(rival, scaler);
    return [
      {
        manifest: wrong.manifest,
        path: wrong.name.path,
        message: `${describeTarget(scaler)} is already scaled by ${formatId(right.manifest.id)}`,
        hint: 'Keep one of them, or merge their metrics.',
        isKnown: scaler.scaled !== undefined,
      },
    ];
  });
  return [...found, ...sharedNames(cluster)];
}

function keyOf({ target: { group, kind, namespace = '', name } }: AnyScaler): string {
  return `${group}/${kind} ${namespace}/${name}`;
}

function describeTarget({ manifest, scaled, target: { kind, name } }: AnyScaler): string {
  if (scaled !== undefined) return formatId(scaled.id);
  const { namespace } = manifest.id;
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** The one with the name of the workload is likely to be intended; of two such, the first. */
function inDoubt(first: AnyScaler, second: AnyScaler): [right: AnyScaler, wrong: AnyScaler] {
  const hasItsName = ({ manifest, target }: AnyScaler): boolean => manifest.id.name === target.name;
  return hasItsName(second) && !hasItsName(first) ? [second, first] : [first, second];
}

function collide(a: AnyScaler, b: AnyScaler): boolean {
  if (a.direction === b.direction) return !belongTogether(a, b) && !belongTogether(b, a);
  const [horizontal, vertical] = a.direction === 'horizontal' ? [a, b] : [b, a];
  const controlled = controlledResources(vertical);
  return utilizationsOf(horizontal).some(({ resource }) => controlled.includes(resource));
}

function belongTogether(autoscaler: AnyScaler, scaledObject: AnyScaler): boolean {
  return (
    autoscaler.manifest.id.kind === 'HorizontalPodAutoscaler' &&
    isScaledObject(scaledObject) &&
    isAutoscalerOf(autoscaler, scaledObject)
  );
}

function isScaledObject({ manifest }: AnyScaler): boolean {
  return manifest.id.kind === 'ScaledObject';
}

/** ScaledObjects of two workloads whose autoscalers have one name. */
function sharedNames(cluster: Cluster): readonly RivalScaler[] {
  const earlier = new Map<string, AnyScaler>();
  return allScalers(cluster)
    .filter(isScaledObject)
    .flatMap((scaler): RivalScaler[] => {
      const name = autoscalerName(scaler);
      const key = `${scaler.namespace}/${name}`;
      const other = earlier.get(key);
      if (other === undefined) earlier.set(key, scaler);
      if (other === undefined || keyOf(other) === keyOf(scaler)) return [];
      return [
        {
          manifest: scaler.manifest,
          path: scaler.root.at('spec', 'advanced', 'horizontalPodAutoscalerConfig', 'name').path,
          message: `HorizontalPodAutoscaler ${name} is already managed by ${formatId(other.manifest.id)}`,
          hint: 'Give it another name.',
          isKnown: true,
        },
      ];
    });
}
