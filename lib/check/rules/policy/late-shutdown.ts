import type { Field } from '../../../manifest/field';
import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';

/** Default of `spec.terminationGracePeriodSeconds`, in seconds. */
const GRACE = 30;

/** Source: the kubelet counts the grace period from before preStop. */
export const lateShutdown: Rule = {
  name: 'policy/late-shutdown',
  severity: 'warning',
  about: 'Finds containers whose preStop takes as long as the pod has to end.',
  why: 'The program is then killed at once, in the middle of whatever it does, and never told to end.',
  run(cluster, report) {
    for (const { manifest, spec, containers } of podsOf(cluster)) {
      const grace = spec.child('terminationGracePeriodSeconds');
      const seconds = grace.isSet ? grace.number : GRACE;
      for (const { field, name } of containers) {
        const preStop = field.child('lifecycle').child('preStop');
        const sleep = sleepOf(preStop);
        if (sleep === undefined || sleep < seconds) continue;
        const message = `the container "${name}" sleeps ${sleep} of the ${seconds} seconds that it has to end`;
        report(manifest, preStop.path, message, 'Raise terminationGracePeriodSeconds, or sleep less.');
      }
    }
  },
};

/** How many seconds a handler sleeps at least, where it says so. */
function sleepOf(handler: Field): number | undefined {
  const seconds = handler.child('sleep').child('seconds');
  if (seconds.isSet) return seconds.number;
  const command = handler.child('exec').child('command').texts.join(' ');
  const found = /(?:^|[\s;&/])sleep (\d+)(?:$|[\s;&])/.exec(command)?.[1];
  return found === undefined ? undefined : Number(found);
}
