import { longRunning, podsOf, type Container } from '../../../graph/pods';
import { handlerOf, patience, probeTiming } from '../../../graph/probes';
import type { Report, Rule } from '../../rule';
import type { Manifest } from '../../../manifest/manifest';

/** Source: the probe worker of kubernetes `pkg/kubelet/prober/worker.go`. */
export const hastyRestart: Rule = {
  name: 'policy/hasty-restart',
  severity: 'warning',
  about:
    'Finds probes that restart a container after one failed check, before it has had time to start, or, for information, sooner than its readinessProbe takes it out of Services.',
  why: 'A pause of the garbage collector or a slow disk fails one check. The restart moves the load to the other pods, whose checks then fail too.',
  run(cluster, report) {
    for (const pods of podsOf(cluster))
      for (const container of longRunning(pods)) checkContainer(pods.manifest, container, report);
  },
};

function checkContainer(manifest: Manifest, { field, name }: Container, report: Report): void {
  const [startup, liveness] = ['startupProbe', 'livenessProbe'].map((each) => field.child(each));
  for (const probe of [startup, liveness]) {
    if (probe === undefined || probeTiming(probe)?.failures !== 1) continue;
    const message = `${probe.name} of container "${name}" restarts it after one failed check`;
    report(manifest, `${probe.path}.failureThreshold`, message, 'Set failureThreshold to 3 or more.');
  }
  const readiness = field.child('readinessProbe');
  const [own, ready] = [liveness && probeTiming(liveness), probeTiming(readiness)];
  if (liveness === undefined || own === undefined || ready === undefined) return;
  const first = own.delay + patience(own) - own.period;
  // The livenessProbe begins when the startupProbe has succeeded.
  if (startup?.isSet !== true && first < ready.delay) {
    const message = `livenessProbe of container "${name}" restarts it after ${first}s if it does not answer, and its readinessProbe only begins after ${ready.delay}s`;
    report(manifest, liveness.path, message, 'Add a startupProbe for the time that it needs to start.');
    return;
  }
  // policy/same-probes reports two probes of the same check.
  if (handlerOf(liveness) === handlerOf(readiness)) return;
  if (own.failures > 1 && patience(own) < patience(ready)) {
    const message = `livenessProbe of container "${name}" restarts it after ${patience(own)}s of failures, and its readinessProbe takes ${patience(ready)}s to stop its requests`;
    report(manifest, liveness.path, message, 'Give the livenessProbe a higher failureThreshold.', 'info');
  }
}
