import type { PodPort } from '../../../graph/connections';
import { Reach } from '../../../graph/reach';
import { formatId } from '../../../manifest/manifest';
import type { ConsequenceRule, Report, Step } from '../rule';
import { joined, listing, told, type Told } from '../told';
import { kindOf } from '../words';
import { Blame } from './blame';
import { alteredPods, causesOf, lastingPods, POLICY } from './connection-causes';
import { changedConnections, type Tally } from './changed-connections';

/**
 * Connections that NetworkPolicies allowed and no longer do, or the other way round, between workloads that exist before
 * and after. Only pods that a change reaches are looked at, and nothing at all where no policy, no label of a
 * namespace, and neither labels nor ports of pods change.
 */
export const connections: ConsequenceRule = {
  kind: 'traffic',
  about: 'Network policies no longer allow a connection between workloads, or allow a new one.',
  run(steps, report) {
    const causes = causesOf(steps);
    if (causes.length === 0 || !steps.steps.some((step) => kindOf(step) === POLICY)) return;
    const lasting = lastingPods(steps);
    const was = new Reach(
      steps.before,
      lasting.map((pods) => pods.was),
    );
    const now = new Reach(
      steps.after,
      lasting.map((pods) => pods.now),
    );
    const altered = alteredPods(causes, lasting);
    const policies = causes.filter((step) => kindOf(step) === POLICY);
    const blame = new Blame(steps.before, steps.after, policies);
    const name = (place: number): string => {
      const pods = lasting[place];
      return pods === undefined ? '' : formatId(pods.now.manifest.id);
    };
    for (const [step, { lost, gained }] of changedConnections({
      was,
      now,
      lasting,
      blame,
      altered,
    })) {
      say(step, lost, 'no longer', name, report);
      say(step, gained, 'now', name, report);
    }
  },
};

function say(
  step: Step,
  changed: Tally,
  when: 'no longer' | 'now',
  name: (place: number) => string,
  report: Report,
): void {
  const severity = when === 'no longer' ? 'warning' : 'info';
  for (const { to, ports, from, callers } of changed.first) {
    const who = listing(from.map(name), MOST_NAMED, callers);
    const on = listedPorts(ports);
    report(step, severity, told`Network policies ${when} allow ${who} to reach ${name(to)} on ${on}.`);
  }
  const rest = changed.size - changed.first.length;
  if (rest === 0) return;
  const brief = `Network policies ${when} allow connections to ${rest} more ${rest === 1 ? 'workload' : 'workloads'}`;
  const others = changed.others.map(name);
  const all = listing(others, 0, rest).full;
  report(step, severity, {
    full: others.length === 0 ? `${brief}.` : `${brief}: ${all}.`,
    brief: `${brief}.`,
  });
}

/** More workloads than this are counted in brief. */
const MOST_NAMED = 3;
/** More ports than this are counted in brief. */
const MOST_PORTS = 10;

function listedPorts(all: readonly PodPort[]): Told {
  const named = all.map(({ port, protocol }) => `${port}/${protocol}`);
  return joined(named, MOST_PORTS, ' and ');
}
