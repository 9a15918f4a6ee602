import type { NodeUse, Placement } from '../../fit/result';
import { formatId } from '../../manifest/manifest';
import { counted } from '../counts';
import { pageText } from '../escape/html';
import { name, sentence } from '../escape/terminal';
import { card, inline, list, mark, table } from '../html/elements';
import { page, type Tab } from '../html/page';
import { drainSummary, drainTroubles } from './drains';
import { ESTIMATE, growthSentence, growthSummary } from './growth';
import { isCalm, pendingGroups, shareOf, summaryOf, waysFor, type FitPart, type FitPrinter } from './report';
import { rolloutSentence, rolloutSummary, rolloutTroubles } from './rollouts';

/** A page for people: what stays pending and why, and the nodes with their pods. */
export const html: FitPrinter = ({ parts }) =>
  page({
    command: 'fit',
    verdict: parts
      .map(
        ({ environment, fit }) => `${environment === null ? '' : `${name(environment)}: `}${summaryOf(fit)}`,
      )
      .join('; '),
    tone: parts.every(({ fit }) => isCalm(fit)) ? 'good' : 'bad',
    about: '',
    tabs: [{ id: 'placement', title: 'Placement', body: parts.map(placement).join('\n') }, nodes(parts)],
  });

function heading({ environment }: FitPart): string {
  return environment === null ? '' : `<h3>${pageText(name(environment))}</h3>`;
}

function placement(part: FitPart): string {
  const { fit } = part;
  const rows = pendingGroups(fit).map(({ workload, pods, total, message }) => [
    inline(name(formatId(workload))),
    `${pods.length} of ${total}`,
    pageText(sentence(message)),
    pageText(waysFor(workload, fit).join('; or ')),
  ]);
  const doubts = fit.doubts.map(
    ({ workload, placed, least, most }) =>
      `${inline(name(formatId(workload)))}: ${placed} here, ${least} to ${most} where the scheduler draws otherwise among equally good nodes`,
  );
  return [
    heading(part),
    rows.length === 0
      ? '<p>No pod stays pending.</p>'
      : table('What stays pending', ['workload', 'pending', 'why', 'all find a node if they'], rows),
    list(doubts),
    rollouts(part),
    growth(part),
    drains(part),
    headroom(part),
  ].join('\n');
}

function rollouts({ fit: { rollouts: all } }: FitPart): string {
  if (all === undefined) return '';
  const rows = rolloutTroubles(all).map((rollout) => [
    inline(name(formatId(rollout.workload))),
    rollout.isStuck ? mark('stuck', 'bad') : mark('waits', 'warning'),
    pageText(rolloutSentence(rollout)),
    pageText(sentence(rollout.message ?? '')),
  ]);
  const trouble = rows.length === 0 ? '' : table('Rollouts', ['workload', 'state', 'how far', 'why'], rows);
  return `<h4>Rollouts</h4><p>${pageText(rolloutSummary(all))}</p>${trouble}`;
}

function growth({ fit: { growth: found } }: FitPart): string {
  if (found === undefined) return '';
  const steps = found.steps.map(
    (step) => `${inline(name(step.pool))}: ${pageText(growthSentence(step, found))}`,
  );
  return `<h4>Autoscaler</h4><p>${pageText(growthSummary(found))}</p>${list(steps)}<p class="soft">${pageText(ESTIMATE)}</p>`;
}

function drains({ fit: { drains: all } }: FitPart): string {
  if (all === undefined) return '';
  const rows = drainTroubles(all).map(({ node, what, pod, message }) => [
    inline(name(node)),
    pageText(what),
    inline(name(formatId(pod))),
    pageText(sentence(message)),
  ]);
  const trouble = rows.length === 0 ? '' : table('Drains', ['node', 'outcome', 'pod', 'why'], rows);
  return `<h4>Drains</h4><p>${pageText(drainSummary(all))}</p>${trouble}`;
}

function headroom({ fit: { headroom: all = [] } }: FitPart): string {
  if (all.length === 0) return '';
  const rows = all.map(({ workload, more, message }) => [
    inline(name(formatId(workload))),
    String(more),
    pageText(sentence(message ?? '')),
  ]);
  return table('Headroom', ['workload', 'more pods that find a node', 'why the next does not'], rows);
}

/** Each node with a bar a resource, and its pods. */
function nodes(parts: readonly FitPart[]): Tab {
  const cards = parts.flatMap((part) => {
    const onNode = new Map<string, Placement[]>();
    for (const placed of part.fit.placements) {
      if (placed.node === undefined) continue;
      const own = onNode.get(placed.node);
      if (own === undefined) onNode.set(placed.node, [placed]);
      else own.push(placed);
    }
    return part.fit.nodes.map((node) => nodeCard(node, onNode.get(node.node) ?? [], part.environment));
  });
  return {
    id: 'nodes',
    title: 'Nodes',
    count: cards.length,
    isSearched: true,
    body: cards.length === 0 ? '<p>There are no nodes.</p>' : cards.join('\n'),
  };
}

function nodeCard(node: NodeUse, pods: readonly Placement[], environment: string | null): string {
  const bars = Object.keys(node.resources).map((resource) => barOf(node, resource));
  const where = environment === null ? '' : ` <span class="soft">${pageText(name(environment))}</span>`;
  const blocks = pods.map(({ pod }) => `<li>${pageText(name(formatId(pod)))}</li>`);
  const listed = blocks.length === 0 ? '' : `<ul class="pods">${blocks.join('')}</ul>`;
  const title = `<h3>${inline(name(node.node))}${where} <span class="soft">${counted(node.pods, 'pod')}</span></h3>`;
  return card(`<div class="node">${title}${bars.join('')}${listed}</div>`);
}

/** A bar of a hundred steps; its number stands beside it, so that it is only to look at. */
function barOf(node: NodeUse, resource: string): string {
  const share = shareOf(node, resource);
  if (share === undefined) return '';
  const percent = Math.round(share * 100);
  const over = percent > 100 ? ' class="over"' : '';
  return `<span>${pageText(name(resource))} ${percent} %</span><svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="4"/><rect${over} width="${Math.min(percent, 100)}" height="4"/></svg>`;
}
