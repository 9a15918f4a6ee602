import type { Field } from '../../../manifest/field';
import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';

/** Default of `spec.terminationGracePeriodSeconds`, in seconds. */
const GRACE = 30;

/** Source: the grace period starts before preStop (container lifecycle hooks). */
export const lateShutdown: Rule = {
  name: 'policy/late-shutdown',
  severity: 'warning',
  about: 'Finds containers whose preStop hook takes the whole termination grace period.',
  why: 'The process is killed without time to shut down.',
  run(cluster, report) {
    for (const { manifest, spec, containers } of podsOf(cluster)) {
      const grace = spec.child('terminationGracePeriodSeconds');
      const seconds = grace.isSet ? grace.number : GRACE;
      for (const { field, name } of containers) {
        const preStop = field.child('lifecycle').child('preStop');
        const sleep = sleepOf(preStop);
        if (sleep === undefined || sleep < seconds) continue;
        const message = `preStop of container "${name}" sleeps ${sleep}s of the ${seconds}s grace period`;
        report(manifest, preStop.path, message, 'Raise terminationGracePeriodSeconds, or sleep less.');
      }
    }
  },
};

/** The seconds that a handler sleeps at least; `undefined` if it does not sleep. */
function sleepOf(handler: Field): number | undefined {
  const seconds = handler.child('sleep').child('seconds');
  if (seconds.isSet) return seconds.number;
  const command = handler.child('exec').child('command').texts.join(' ');
  const found = /(?:^|[\s;&/])sleep (\d+)(?:$|[\s;&])/.exec(command)?.[1];
  return found === undefined ? undefined : Number(found);
}
