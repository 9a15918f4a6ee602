import type { KubeObject } from '../../manifest/manifest';
import type { Cluster } from '../client/cluster';
import { presentSets } from '../status/revision';
import { awaited, type Evidence } from '../status/state';
import { phaseOf } from '../status/phase';
import { lastLines } from '../status/log';
import type { Related } from './related';

/** How many of the same are told: of pods, and of warnings. */
const MOST = 3;

/** What is known of an object that is not ready, beside the reason, in lines. */
export async function accountOf(
  cluster: Cluster,
  object: KubeObject | undefined,
  related: Related,
  {
    reason,
    evidence,
    rule,
  }: { readonly reason: string; readonly evidence: Evidence | undefined; readonly rule: string },
): Promise<string[]> {
  const lines = [rule];
  if (evidence !== undefined) lines.push(...podLines(evidence, reason));
  const around =
    evidence === undefined ? [] : [...presentSets(evidence.root), ...awaited(evidence).map(({ pod }) => pod)];
  const about = object === undefined ? around : [object, ...around];
  const warnings = new Set(about.flatMap((each) => related.events.warningsOf(each)));
  const others = [...warnings].filter(
    (warning) => !reason.includes(warning) && !lines.some((line) => line.includes(warning)),
  );
  lines.push(...others.slice(0, MOST).map((warning) => `Event: ${warning}`));
  if (evidence !== undefined) lines.push(...(await logOf(cluster, evidence)));
  return lines;
}

/** `Pod web-1 (CrashLoopBackOff, 3 restarts): reason`, the reason where it is not that of the workload. */
function podLines(evidence: Evidence, told: string): string[] {
  const unready = awaited(evidence).filter(({ reason }) => reason !== undefined);
  const lines = unready.slice(0, MOST).map(({ pod, reason }) => {
    const { phase, ready, restarts } = phaseOf(pod);
    const facts = [phase, `${ready} ready`, ...(restarts === 0 ? [] : [`${restarts} restarts`])].join(', ');
    const why = reason === undefined || told.includes(reason.text) ? '' : `: ${reason.text}`;
    return `Pod ${pod.metadata.name} (${facts})${why}`;
  });
  const more = unready.length - MOST;
  return more > 0 ? [...lines, `and ${more} more`] : lines;
}

/** The last lines of the first container that crashed. */
async function logOf(cluster: Cluster, evidence: Evidence): Promise<string[]> {
  const found = evidence.pods.find(({ reason }) => reason?.crashed !== undefined);
  if (found?.reason?.crashed === undefined) return [];
  const { crashed } = found.reason;
  const log = (await lastLines(cluster, found.pod, crashed.container)) ?? [];
  if (log.length === 0) return [];
  return [
    `Log of container ${crashed.container} of pod ${found.pod.metadata.name}, the last lines:`,
    ...log.map((line) => `  ${line}`),
  ];
}
