import type { Manifest } from '../../../manifest/manifest';
import { formatId } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import { Field } from '../../../manifest/field';
import { scalersOf, utilizationsOf, type Scaler } from '../../../graph/scalers';

export const scalersCollide: Rule = {
  name: 'wiring/scalers-collide',
  severity: 'error',
  about:
    'Finds two autoscalers of one workload: two that set its replicas, or one that sets its requests while another uses their utilization.',
  why: 'Each undoes the changes of the other, and the number of pods never settles.',
  run(cluster, report) {
    const earlier = new Map<Manifest, Scaler[]>();
    for (const scaler of scalersOf(cluster)) {
      const { found } = scaler;
      if (found === undefined || isIdle(scaler)) continue;
      const others = earlier.get(found) ?? [];
      earlier.set(found, [...others, scaler]);
      const rival = others.find((other) => collide(other, scaler));
      if (rival === undefined) continue;
      const [right, wrong] = inDoubt(rival, scaler, found);
      const message = `${formatId(found.id)} is already scaled by ${formatId(right.from.id)}`;
      report(wrong.from, wrong.path, message, 'Keep one of them, or merge their metrics.');
    }
  },
};

/** The one with the name of the workload is likely to be intended; of two such, the first. */
function inDoubt(first: Scaler, second: Scaler, { id }: Manifest): [right: Scaler, wrong: Scaler] {
  const hasItsName = ({ from }: Scaler): boolean => from.id.name === id.name;
  return hasItsName(second) && !hasItsName(first) ? [second, first] : [first, second];
}

function collide(a: Scaler, b: Scaler): boolean {
  if (a.direction === b.direction) return true;
  const [horizontal, vertical] = a.direction === 'horizontal' ? [a, b] : [b, a];
  const controlled = controlledResources(vertical);
  return utilizationsOf(horizontal).some(({ resource }) => controlled.includes(resource));
}

/** A VerticalPodAutoscaler that only recommends changes nothing. */
function isIdle({ from, direction }: Scaler): boolean {
  const mode = Field.root(from.object).at('spec', 'updatePolicy', 'updateMode').text;
  return direction === 'vertical' && mode === 'Off';
}

function controlledResources({ from }: Scaler): readonly string[] {
  const policies = Field.root(from.object).list('spec', 'resourcePolicy', 'containerPolicies');
  const named = policies.flatMap((policy) => policy.list('controlledResources').map(({ text }) => text));
  return named.length > 0 ? named : ['cpu', 'memory'];
}
