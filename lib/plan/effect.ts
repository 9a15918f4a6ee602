import { podTemplateOf } from '../graph/pod-template';
import { equal } from '../apiserver/update/equal';
import type { Update } from '../apiserver/update/update';
import type { Effect } from './effects';

/** The effect of an update. */
export function effectOf({ was, now, violations }: Update): Effect {
  if (violations.length > 0) return 'rejected';
  if (was === undefined) return 'updated';
  if (equal(was, now)) return 'none';
  const template = podTemplateOf(now);
  const isReplaced =
    template?.replacesPods === true && !equal(podTemplateOf(was)?.field.value, template.field.value);
  return isReplaced ? 'pods-replaced' : 'updated';
}
