import type { NodeDrain } from '../../fit/drain';
import type { Headroom } from '../../fit/headroom';
import type { Doubt, Growth, NodeUse } from '../../fit/result';
import type { FitRollout } from '../../fit/rollout/outcome';
import { formatId } from '../../manifest/manifest';
import { inert } from '../../text';
import { counted } from '../counts';
import { name, sentence } from '../escape/terminal';
import type { Paint } from '../paint';
import { drainSummary, drainTroubles, emptyDirNote } from './drains';
import { ESTIMATE, growthSentence, growthSummary } from './growth';
import { rolloutSentence, rolloutSummary, rolloutTroubles } from './rollouts';
import {
  isCalm,
  pendingGroups,
  shareOf,
  summaryOf,
  waysFor,
  type FitPart,
  type FitPrinter,
  type PendingGroup,
} from './report';

/** Characters of a full bar. */
const BAR = 20;
/** Of many nodes the fullest are shown. */
const MOST_NODES = 40;
/** Of the pods of one workload that wait for the same reason, so many are named. */
const MOST_PODS = 5;

/** For people: what stays pending and why, and a bar for each node. */
export const text: FitPrinter = ({ parts }, paint) =>
  inert(`${parts.map((part) => partText(part, paint)).join('\n\n')}\n`);

function partText({ environment, fit }: FitPart, paint: Paint): string {
  const where = environment === null ? '' : `${name(environment)}: `;
  const paints = isCalm(fit) ? paint.green : paint.red;
  const summary = paints(summaryOf(fit));
  return [
    `${where}${summary}`,
    ...(fit.rollouts === undefined ? [] : [rolloutsText(fit.rollouts, paint)]),
    ...pendingGroups(fit).map((group) => pendingText(group, waysFor(group.workload, fit), paint)),
    ...fit.doubts.map((doubt) => doubtText(doubt, paint)),
    ...(fit.growth === undefined ? [] : [growthText(fit.growth, paint)]),
    ...(fit.drains === undefined ? [] : [drainsText(fit.drains, paint)]),
    ...(fit.headroom === undefined ? [] : [headroomText(fit.headroom, paint)]),
    ...(fit.nodes.length === 0 ? [] : [nodesText(fit.nodes, paint)]),
  ].join('\n\n');
}

function pendingText(
  { workload, pods, message, total }: PendingGroup,
  ways: readonly string[],
  paint: Paint,
): string {
  const names = pods.slice(0, MOST_PODS).map(({ pod }) => name(pod.name));
  const more = pods.length > MOST_PODS ? ` and ${pods.length - MOST_PODS} more` : '';
  const origin = pods[0]?.origin;
  const source = [origin?.construct, origin?.source].filter((each) => each !== undefined).join(', ');
  return [
    `${paint.red('pending')} ${paint.bold(name(formatId(workload)))}, ${pods.length} of ${counted(total, 'pod')}: ${names.join(', ')}${more}`,
    `  ${sentence(message)}`,
    ...ways.map(
      (way, index) => `  ${index === 0 ? 'all find a node if they' : 'or if they'} ${sentence(way)}`,
    ),
    ...(source === '' ? [] : [paint.dim(`  at ${name(source)}`)]),
  ].join('\n');
}

function doubtText({ workload, placed, least, most, example }: Doubt, paint: Paint): string {
  const range = least === most ? String(least) : `${least} to ${most}`;
  const others = least < placed ? least : range;
  return [
    `${paint.yellow('not certain')} ${paint.bold(name(formatId(workload)))}: ${placed} here, ${others} where the scheduler draws otherwise among equally good nodes`,
    `  ${name(example.pod.name)}: ${sentence(example.message ?? '')}`,
  ].join('\n');
}

function growthText(growth: Growth, paint: Paint): string {
  const paints = growth.pending.length > 0 ? paint.red : paint.green;
  return [
    paints(growthSummary(growth)),
    ...growth.steps.map((step) => `  ${name(step.pool)}  ${growthSentence(step, growth)}`),
    paint.dim(ESTIMATE),
  ].join('\n');
}

/** Of rollouts, so many are shown. */
const MOST_ROLLOUTS = 40;

function rolloutsText(rollouts: readonly FitRollout[], paint: Paint): string {
  const troubles = rolloutTroubles(rollouts);
  const lines = troubles.slice(0, MOST_ROLLOUTS).map((rollout) => {
    const { workload, isStuck, message, origin } = rollout;
    const word = isStuck ? paint.red('stuck') : paint.yellow('waits');
    const source = [origin?.construct, origin?.source].filter((each) => each !== undefined).join(', ');
    return [
      `${word} ${paint.bold(name(formatId(workload)))}: ${rolloutSentence(rollout)}`,
      ...(message === undefined ? [] : [`  ${sentence(message)}`]),
      ...(source === '' ? [] : [paint.dim(`  at ${name(source)}`)]),
    ].join('\n');
  });
  const more = troubles.length - lines.length;
  const paints = rollouts.some(({ isStuck }) => isStuck) ? paint.red : paint.green;
  return [
    paints(rolloutSummary(rollouts)),
    ...lines,
    ...(more > 0 ? [paint.dim(`and ${more} more`)] : []),
  ].join('\n');
}

/** Of what keeps nodes from being drained, so much is shown. */
const MOST_TROUBLES = 40;

function drainsText(drains: readonly NodeDrain[], paint: Paint): string {
  const troubles = drainTroubles(drains);
  const lines = troubles.slice(0, MOST_TROUBLES).map(({ node, what, pod, message }) => {
    const head = `${paint.red(what)} ${paint.bold(name(formatId(pod)))}, when ${name(node)} is drained`;
    return `${head}\n  ${sentence(message)}`;
  });
  const more = troubles.length - lines.length;
  const note = emptyDirNote(drains);
  const paints = troubles.length > 0 ? paint.red : paint.green;
  return [
    paints(drainSummary(drains)),
    ...lines,
    ...(more > 0 ? [paint.dim(`and ${more} more`)] : []),
    ...(note === undefined ? [] : [paint.dim(note)]),
  ].join('\n');
}

function headroomText(headroom: readonly Headroom[], paint: Paint): string {
  const rows = headroom.flatMap(({ workload, more, message }) => [
    `${String(more).padStart(4)}  ${name(formatId(workload))}`,
    ...(message === undefined ? [] : [paint.dim(`      ${sentence(message)}`)]),
  ]);
  return [paint.dim('MORE  WORKLOAD'), ...rows].join('\n');
}

function nodesText(nodes: readonly NodeUse[], paint: Paint): string {
  const fullest = (node: NodeUse): number =>
    Math.max(...['cpu', 'memory', 'pods'].map((resource) => shareOf(node, resource) ?? 0));
  const shown =
    nodes.length <= MOST_NODES
      ? nodes
      : [...nodes].sort((a, b) => fullest(b) - fullest(a)).slice(0, MOST_NODES);
  const width = Math.max(4, ...shown.map(({ node }) => node.length));
  const head = `${'NODE'.padEnd(width)}  PODS  ${'CPU'.padEnd(BAR + 6)}MEMORY`;
  const rows = shown.map((node) => {
    const bars = ['cpu', 'memory'].map((resource) => bar(shareOf(node, resource), paint));
    return `${name(node.node).padEnd(width)}  ${String(node.pods).padStart(4)}  ${bars.join(' ')}`;
  });
  const left = nodes.length - shown.length;
  return [
    paint.dim(head),
    ...rows,
    ...(left > 0 ? [paint.dim(`and ${left} nodes that are less full`)] : []),
  ].join('\n');
}

function bar(share: number | undefined, paint: Paint): string {
  if (share === undefined) return '-'.padEnd(BAR + 5);
  const full = Math.min(BAR, Math.round(share * BAR));
  const percent = `${Math.round(share * 100)}%`.padStart(4);
  const paints = share > 1 ? paint.red : share > 0.9 ? paint.yellow : paint.green;
  return `${paints('█'.repeat(full))}${paint.dim('░'.repeat(BAR - full))} ${percent}`;
}
