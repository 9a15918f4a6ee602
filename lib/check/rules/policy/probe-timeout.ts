import { longRunning, podsOf } from '../../../graph/pods';
import { probeTiming } from '../../../graph/probes';
import type { Rule } from '../../rule';

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'];

/** Source: the probe worker of kubernetes `pkg/kubelet/prober/worker.go` checks and waits in turn. */
export const probeTimeout: Rule = {
  name: 'policy/probe-timeout',
  severity: 'warning',
  about: 'Finds probes whose timeout is longer than their period.',
  why: 'The kubelet begins no check while one is running: a container that hangs is noticed only after failureThreshold timeouts, not periods.',
  run(cluster, report) {
    for (const pods of podsOf(cluster))
      for (const { field, name } of longRunning(pods))
        for (const probe of PROBES.map((each) => field.child(each))) {
          const timing = probeTiming(probe);
          if (timing === undefined || timing.timeout <= timing.period) continue;
          const { timeout, period, failures } = timing;
          const message = `${probe.name} of container "${name}" waits ${timeout}s for an answer but has a period of ${period}s: no answer is a failure after ${timeout * failures}s, not ${period * failures}s`;
          report(
            pods.manifest,
            `${probe.path}.timeoutSeconds`,
            message,
            'Set timeoutSeconds to less than periodSeconds.',
          );
        }
  },
};
