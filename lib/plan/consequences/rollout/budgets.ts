import { budgetsOf, requirementOf } from '../../../graph/budgets';
import { podsAt } from '../../../graph/pods';
import { formatId } from '../../../manifest/manifest';
import { forEachStep } from '../rule';
import { nameOf } from '../words';
import { worstMoment } from './worst-moment';

/** Budgets limit evictions, as of a node that is drained, and never a rollout; but pods that it stops count as missing. */
export const budgets = forEachStep({
  kind: 'rollout',
  about: 'A rollout leaves as few pods as a PodDisruptionBudget requires, or fewer.',
  effects: ['pods-replaced'],
  isInPlace: true,
  look(step, steps, report) {
    const rolling = worstMoment(step, steps);
    const { after: manifest } = step.change;
    if (manifest === undefined || rolling === undefined || rolling.unavailable === 0) return;
    const { replicas } = rolling;
    const serving = replicas - rolling.unavailable;
    const pods = podsAt(steps.after, manifest);
    // What a budget requires of several workloads together says nothing about one.
    const own = (pods === undefined ? [] : budgetsOf(steps.after, pods)).filter(
      ([first]) => first?.pods.length === 1,
    );
    for (const entry of own.flat()) {
      const needed = requirementOf(entry)?.of(replicas);
      if (needed === undefined || serving > needed) continue;
      const budget = formatId(entry.manifest.id);
      const left = `${serving} of ${replicas} pods`;
      if (serving < needed)
        report(
          'warning',
          `${nameOf(step)} may drop to ${left}, below the ${needed} that ${budget} requires: budgets limit evictions, not rollouts.`,
        );
      else
        report(
          'info',
          `While ${nameOf(step)} is down to ${left}, ${budget} allows no evictions, and a node with one of them cannot be drained. The rollout itself continues.`,
        );
    }
  },
});
