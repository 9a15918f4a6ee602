import type { Manifest } from '../../../manifest/manifest';
import { formatId } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import { controlledResources, isIdle, scalerAt, utilizationsOf, type Scaler } from '../../../graph/scalers';

export const scalersCollide: Rule = {
  name: 'wiring/scalers-collide',
  severity: 'error',
  about:
    'Finds two autoscalers of one workload: two that set its replicas, or one that sets its requests while another uses their utilization.',
  why: 'Each undoes the changes of the other, and the number of pods never settles.',
  run(cluster, report) {
    const earlier = new Map<Manifest, Scaler[]>();
    for (const scaler of cluster.set.manifests.flatMap((manifest) => scalerAt(cluster, manifest) ?? [])) {
      const { scaled } = scaler;
      if (isIdle(scaler)) continue;
      const others = earlier.get(scaled) ?? [];
      earlier.set(scaled, [...others, scaler]);
      const rival = others.find((other) => collide(other, scaler));
      if (rival === undefined) continue;
      const [right, wrong] = inDoubt(rival, scaler);
      const message = `${formatId(scaled.id)} is already scaled by ${formatId(right.manifest.id)}`;
      report(wrong.manifest, wrong.name.path, message, 'Keep one of them, or merge their metrics.');
    }
  },
};

/** The one with the name of the workload is likely to be intended; of two such, the first. */
function inDoubt(first: Scaler, second: Scaler): [right: Scaler, wrong: Scaler] {
  const hasItsName = ({ manifest, scaled }: Scaler): boolean => manifest.id.name === scaled.id.name;
  return hasItsName(second) && !hasItsName(first) ? [second, first] : [first, second];
}

function collide(a: Scaler, b: Scaler): boolean {
  if (a.direction === b.direction) return true;
  const [horizontal, vertical] = a.direction === 'horizontal' ? [a, b] : [b, a];
  const controlled = controlledResources(vertical);
  return utilizationsOf(horizontal).some(({ resource }) => controlled.includes(resource));
}
