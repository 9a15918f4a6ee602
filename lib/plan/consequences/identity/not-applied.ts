import { leftAloneBy } from '../../../kube/deployers/left-alone';
import { forEachStep, type Step } from '../rule';
import { nameOf } from '../words';

export const notApplied = forEachStep({
  kind: 'identity',
  about: 'An object is not applied, because a label or annotation says so, or is applied again.',
  effects: ['none', 'updated', 'pods-replaced'],
  look(step, _, report) {
    const { before, after, notApplied: setting } = step.change;
    if (setting !== undefined) return report('info', sentence(step, setting));
    const old = before && leftAloneBy(before.object.metadata);
    if (old?.when !== 'always' || after === undefined || step.change.effect === 'none') return;
    report(
      'info',
      `${nameOf(step)} is applied again, without ${old.setting}: the cluster may hold something other than the old manifest.`,
    );
  },
});

function sentence(step: Step, setting: string): string {
  const { before, after } = step.change;
  const found = after && leftAloneBy(after.object.metadata);
  const deployer = found?.deployer ?? 'its deployer';
  if (before === undefined)
    return `${nameOf(step)} is not created: ${deployer} does not apply it (${setting}).`;
  const why = found?.when === 'there' ? 'creates it only where it is missing' : 'does not apply it';
  return `${nameOf(step)} stays as it is in the cluster: ${deployer} ${why} (${setting}).`;
}
