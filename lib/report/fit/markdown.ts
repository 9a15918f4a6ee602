import type { NodeDrain } from '../../fit/drain';
import type { Headroom } from '../../fit/headroom';
import type { Growth } from '../../fit/result';
import type { FitRollout } from '../../fit/rollout/outcome';
import { formatId } from '../../manifest/manifest';
import { counted } from '../counts';
import { cell, code, escape } from '../escape/markdown';
import { drainSummary, drainTroubles, emptyDirNote } from './drains';
import { ESTIMATE, growthSentence, growthSummary } from './growth';
import { rolloutSentence, rolloutSummary, rolloutTroubles } from './rollouts';
import { isCalm, pendingGroups, shareOf, summaryOf, waysFor, type FitPart, type FitPrinter } from './report';

/** For a comment on a pull request: a table of what stays pending, and the nodes folded away. */
export const markdown: FitPrinter = ({ parts }) => `${parts.map(partText).join('\n\n')}\n`;

/** Of many nodes, so many are listed. */
const MOST_NODES = 100;

function partText({ environment, fit }: FitPart): string {
  const verdict = `${isCalm(fit) ? '✅' : '❌'} ${summaryOf(fit)}`;
  const where = environment === null ? '' : `${escape(environment)}: `;
  const groups = pendingGroups(fit).map(({ workload, pods, total, message }) => {
    const ways = waysFor(workload, fit).join('; or ');
    return `| ${cell(formatId(workload))} | ${pods.length} of ${total} | ${cell(message)} | ${cell(ways)} |`;
  });
  const doubts = fit.doubts.map(
    ({ workload, placed: here, least, most }) =>
      `- ${code(formatId(workload))}: ${here} here, ${least} to ${most} where the scheduler draws otherwise among equally good nodes`,
  );
  const nodes = fit.nodes.slice(0, MOST_NODES).map((node) => {
    const [cpu, memory] = ['cpu', 'memory'].map((resource) => percent(shareOf(node, resource)));
    return `| ${cell(node.node)} | ${node.pods} | ${cpu} | ${memory} |`;
  });
  return [
    `### ${where}${verdict}`,
    ...(fit.rollouts === undefined ? [] : [rolloutsText(fit.rollouts)]),
    ...(groups.length === 0
      ? []
      : [
          ['| workload | pending | why | all find a node if they |', '|---|---|---|---|', ...groups].join(
            '\n',
          ),
        ]),
    ...(doubts.length === 0 ? [] : [doubts.join('\n')]),
    ...(fit.growth === undefined ? [] : [growthText(fit.growth)]),
    ...(fit.drains === undefined ? [] : [drainsText(fit.drains)]),
    ...(fit.headroom === undefined || fit.headroom.length === 0 ? [] : [headroomText(fit.headroom)]),
    ...(nodes.length === 0
      ? []
      : [
          `<details><summary>${counted(fit.nodes.length, 'node')}</summary>\n\n${['| node | pods | CPU | memory |', '|---|---|---|---|', ...nodes].join('\n')}\n\n</details>`,
        ]),
  ].join('\n\n');
}

function growthText(growth: Growth): string {
  const steps = growth.steps.map((step) => `- ${code(step.pool)}: ${escape(growthSentence(step, growth))}`);
  return [
    `${growth.pending.length === 0 ? '✅' : '❌'} ${growthSummary(growth)}`,
    ...(steps.length === 0 ? [] : [steps.join('\n')]),
    escape(ESTIMATE),
  ].join('\n\n');
}

function rolloutsText(rollouts: readonly FitRollout[]): string {
  const rows = rolloutTroubles(rollouts).map((rollout) => {
    const { workload, isStuck, message = '' } = rollout;
    const word = isStuck ? 'stuck' : 'waits';
    return `| ${cell(formatId(workload))} | ${word} | ${rolloutSentence(rollout)} | ${cell(message)} |`;
  });
  const table = ['| workload | | how far | why |', '|---|---|---|---|', ...rows].join('\n');
  const mark = rollouts.some(({ isStuck }) => isStuck) ? '❌' : '✅';
  return [`${mark} ${rolloutSummary(rollouts)}`, ...(rows.length === 0 ? [] : [table])].join('\n\n');
}

function drainsText(drains: readonly NodeDrain[]): string {
  const rows = drainTroubles(drains).map(
    ({ node, what, pod, message }) =>
      `| ${cell(node)} | ${what} | ${cell(formatId(pod))} | ${cell(message)} |`,
  );
  const note = emptyDirNote(drains);
  return [
    `${rows.length === 0 ? '✅' : '❌'} ${drainSummary(drains)}`,
    ...(rows.length === 0 ? [] : [['| node | | pod | why |', '|---|---|---|---|', ...rows].join('\n')]),
    ...(note === undefined ? [] : [escape(note)]),
  ].join('\n\n');
}

function headroomText(headroom: readonly Headroom[]): string {
  const rows = headroom.map(
    ({ workload, more, message = '' }) => `| ${cell(formatId(workload))} | ${more} | ${cell(message)} |`,
  );
  return ['| workload | more pods that find a node | why the next does not |', '|---|---|---|', ...rows].join(
    '\n',
  );
}

function percent(share: number | undefined): string {
  return share === undefined ? '-' : `${Math.round(share * 100)} %`;
}
