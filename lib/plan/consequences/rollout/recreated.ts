import { podTemplateOf } from '../../../graph/pod-template';
import type { Recreation } from '../../../kube/deployers/recreation';
import { ttlOf } from '../../recreated';
import { forEachStep, type Step } from '../rule';
import { deletedAndCreated, recreationIn } from '../recreation';
import { count, kindOf, nameOf } from '../words';

/** Other rules tell of those where something stops or is lost. */
const TOLD_ELSEWHERE = new Set([
  '/PersistentVolumeClaim',
  '/Service',
  '/Namespace',
  'apiextensions.k8s.io/CustomResourceDefinition',
]);

export const recreated = forEachStep({
  kind: 'rollout',
  about:
    'A Job or another object is deleted and created again, by its deployer or because its TTL has deleted it.',
  effects: ['pods-replaced', 'updated'],
  look(step, _, report) {
    if (step.change.recreated === undefined || TOLD_ELSEWHERE.has(kindOf(step))) return;
    const recreation = recreationIn(step);
    if (recreation === undefined) return report('warning', afterTtl(step));
    if (recreation.event !== undefined) return report('info', atEvent(step, recreation, recreation.event));
    if (recreation.after !== undefined)
      return report('warning', afterRun(step, recreation, recreation.after));
    const template = podTemplateOf(step.now);
    if (template?.replacesPods === true) return;
    const runs = template === undefined ? '' : `, and ${isJob(step) ? 'runs again' : 'starts anew'}`;
    const stops = isJob(step) && !isHook(recreation) ? ' A run that is not finished is stopped.' : '';
    report('info', `${nameOf(step)} is ${deletedAndCreated(step)}${runs}.${stops}`);
  },
});

function isJob(step: Step): boolean {
  return kindOf(step) === 'batch/Job';
}

function isHook({ setting }: Recreation): boolean {
  return /^[a-z.]+\/hook:/.test(setting);
}

/** Whether the Job is still there depends on when it finished. */
function afterTtl(step: Step): string {
  const before = step.change.before?.object;
  const seconds = Number((before && ttlOf(before)?.setting.split(' ')[1]) ?? 0);
  const time = seconds === 0 ? 'as soon as it finishes' : `${count(seconds, 'second')} after it finishes`;
  return `${nameOf(step)} is deleted ${time} (ttlSecondsAfterFinished). Once it is gone, it is created again and runs again; until then, the API server rejects the change.`;
}

function atEvent(step: Step, { deployer, setting }: Recreation, event: string): string {
  return `${nameOf(step)} is a hook of ${deployer} (${setting}): it is replaced and runs with ${event}, not with this change.`;
}

function afterRun(step: Step, { deployer, setting }: Recreation, after: string): string {
  const otherwise = after === 'succeeded' ? 'failed' : 'succeeded';
  return `${nameOf(step)} is a hook (${setting}) that ${deployer} deletes after a run that ${after}: it is created again and runs again. If its last run ${otherwise}, it is still there, and creating it fails.`;
}
