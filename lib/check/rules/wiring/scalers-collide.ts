import { formatId } from '../../../manifest/manifest';
import type { Cluster } from '../../../graph/cluster';
import {
  allScalers,
  autoscalerName,
  controlledResources,
  isAutoscalerOf,
  isIdle,
  utilizationsOf,
  type AnyScaler,
} from '../../../graph/scalers';
import type { Report, Rule } from '../../rule';

export const scalersCollide: Rule = {
  name: 'wiring/scalers-collide',
  severity: 'error',
  about:
    'Finds two autoscalers of one workload: two that set its replicas, or one that sets its requests while another uses their utilization. Finds two ScaledObjects that make KEDA keep one HorizontalPodAutoscaler. A warning where the workload is not in the set.',
  why: 'Each undoes the changes of the other, and the number of pods never settles; KEDA rejects the second ScaledObject.',
  run(cluster, report) {
    const earlier = new Map<unknown, AnyScaler[]>();
    for (const scaler of allScalers(cluster)) {
      if (isIdle(scaler)) continue;
      const key = scaler.scaled ?? keyOf(scaler);
      const others = earlier.get(key) ?? [];
      earlier.set(key, [...others, scaler]);
      const rival = others.find((other) => collide(other, scaler));
      if (rival === undefined) continue;
      const [right, wrong] = inDoubt(rival, scaler);
      const message = `${describeTarget(scaler)} is already scaled by ${formatId(right.manifest.id)}`;
      const severity = scaler.scaled === undefined ? 'warning' : undefined;
      report(wrong.manifest, wrong.name.path, message, 'Keep one of them, or merge their metrics.', severity);
    }
    reportSharedNames(cluster, report);
  },
};

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
function reportSharedNames(cluster: Cluster, report: Report): void {
  const earlier = new Map<string, AnyScaler>();
  for (const scaler of allScalers(cluster).filter(isScaledObject)) {
    const name = autoscalerName(scaler);
    const key = `${scaler.namespace}/${name}`;
    const other = earlier.get(key);
    if (other === undefined) earlier.set(key, scaler);
    else if (keyOf(other) !== keyOf(scaler)) {
      const { path } = scaler.root.at('spec', 'advanced', 'horizontalPodAutoscalerConfig', 'name');
      const message = `HorizontalPodAutoscaler ${name} is already managed by ${formatId(other.manifest.id)}`;
      report(scaler.manifest, path, message, 'Give it another name.');
    }
  }
}
