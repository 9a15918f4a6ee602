import type { Manifest } from '../../../manifest/manifest';
import { formatId } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import { Field } from '../../../manifest/field';
import { scalersOf, utilizationsOf, type Scaler } from '../../../graph/scalers';

export const scalersCollide: Rule = {
  name: 'wiring/scalers-collide',
  severity: 'error',
  about:
    'Finds two autoscalers of one workload: two that set its replicas, or one that sets its requests while another counts in percent of them.',
  why: 'Each undoes what the other did, and the number of pods goes up and down without end.',
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
      const message = `${formatId(right.from.id)} scales ${formatId(found.id)} already`;
      report(wrong.from, wrong.path, message, 'Keep one of them, or put the metrics of both into one.');
    }
  },
};

/** The one that is called like the workload is likely to be meant for it; of two such, the first. */
function inDoubt(first: Scaler, second: Scaler, { id }: Manifest): [right: Scaler, wrong: Scaler] {
  const isNamesake = ({ from }: Scaler): boolean => from.id.name === id.name;
  return isNamesake(second) && !isNamesake(first) ? [second, first] : [first, second];
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
