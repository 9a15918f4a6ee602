import { recordIn } from '../../../apiserver/defaults/plain';
import type { KubeObject } from '../../../manifest/manifest';
import { forEachStep } from '../rule';
import { nameOf } from '../words';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const LEVELS = ['privileged', 'baseline', 'restricted'];

export const podSecurity = forEachStep({
  kind: 'access',
  about: 'A namespace changes its Pod Security level.',
  effects: ['updated'],
  objects: ['/Namespace'],
  look(step, _, report) {
    const { before, after } = step.change;
    if (before === undefined || after === undefined) return;
    const [old, now] = [levelOf(before.object), levelOf(after.object)];
    const fall = LEVELS.indexOf(old) - LEVELS.indexOf(now);
    const name = nameOf(step);
    if (fall > 0) report('warning', `${name} lowers its Pod Security level from ${old} to ${now}.`);
    if (fall < 0)
      report(
        'warning',
        `${name} raises its Pod Security level from ${old} to ${now}: running pods continue, and new pods that violate it are rejected.`,
      );
  },
});

function levelOf({ metadata }: KubeObject): string {
  const level = recordIn(metadata, 'labels')?.[ENFORCE];
  return typeof level === 'string' && LEVELS.includes(level) ? level : 'privileged';
}
