import type { Fit, NodeUse, Placement } from '../../fit/result';
import { formatId } from '../../manifest/manifest';
import { counted } from '../counts';
import { pageText } from '../escape/html';
import { name, sentence } from '../escape/terminal';
import { card, folded, inline, list, mark, table } from '../html/elements';
import { IndexOfObjects, type ShownObject } from '../html/index-of-objects';
import { objectCards } from '../html/objects';
import { objectsTab, page, type Tab, type Tone } from '../html/page';
import { drainSummary, drainTroubles } from './drains';
import { ESTIMATE, growthSentence, growthSummary } from './growth';
import {
  isCalm,
  pendingGroups,
  shareOf,
  summaryOf,
  waysFor,
  type FitPart,
  type FitPrinter,
  type FitReport,
} from './report';
import { rolloutSentence, rolloutSummary, rolloutTroubles } from './rollouts';

/** A page for people: what stays pending and why, the nodes with their pods, and every object. */
export const html: FitPrinter = (report) => {
  const index = new IndexOfObjects(shownInFit(report));
  const { verdict, tone, tabs } = fitChapter(report, index);
  const cards = objectCards(
    report.parts.map((part) => ({ place: placeIn(part), manifests: part.manifests ?? [] })),
    index,
  );
  return page({
    command: 'fit',
    verdict,
    tone,
    about: '',
    ...(report.version !== undefined && { version: report.version }),
    tabs: [...tabs, ...(cards.length === 0 ? [] : [objectsTab(cards)])],
  });
};

/** What a page has of a fit. */
export interface FitChapter {
  /** `8 of 9 pods find a node, 1 stays pending` */
  readonly verdict: string;
  readonly tone: Tone;
  readonly tabs: readonly [Tab, ...Tab[]];
}

export function fitChapter({ parts }: FitReport, index: IndexOfObjects): FitChapter {
  return {
    verdict: parts
      .map(
        ({ environment, fit }) => `${environment === null ? '' : `${name(environment)}: `}${summaryOf(fit)}`,
      )
      .join('; '),
    tone: parts.every(({ fit }) => isCalm(fit)) ? 'good' : 'bad',
    tabs: [
      {
        id: 'placement',
        title: 'Placement',
        body: parts.map((part) => placement(part, index)).join('\n'),
      },
      nodes(parts, index),
    ],
  };
}

/** The objects whose pods were placed. */
export function shownInFit({ parts }: FitReport): ShownObject[] {
  return parts.flatMap((part) => (part.manifests ?? []).map(({ id }) => ({ id, place: placeIn(part) })));
}

function placeIn({ environment }: FitPart): string {
  return environment ?? '';
}

function heading({ environment }: FitPart): string {
  return environment === null ? '' : `<h3>${pageText(name(environment))}</h3>`;
}

function placement(part: FitPart, index: IndexOfObjects): string {
  const { fit } = part;
  const doubts = fit.doubts.map(
    ({ workload, placed, least, most }) =>
      `${inline(name(formatId(workload)))}: ${placed} here, ${least} to ${most} where the scheduler draws otherwise among equally good nodes`,
  );
  return [
    heading(part),
    pendingTable(part, fit, index) || '<p>No pod stays pending.</p>',
    list(doubts),
    lossList(part, index),
    rollouts(part),
    growth(part),
    drains(part),
    headroom(part),
  ].join('\n');
}

/** What stays pending and why; nothing where all find a node. */
function pendingTable(part: FitPart, fit: Fit, index: IndexOfObjects): string {
  const rows = pendingGroups(fit).map(({ workload, pods, total, message }) => [
    index.link(workload, [placeIn(part)]),
    `${pods.length} of ${total}`,
    pageText(sentence(message)),
    pageText(waysFor(workload, fit).join('; or ')),
  ]);
  const head = [
    'workload',
    'pending',
    'why',
    ...(fit.changes === undefined ? [] : ['all find a node if they']),
  ];
  const shown = fit.changes === undefined ? rows.map((row) => row.slice(0, 3)) : rows;
  return rows.length === 0 ? '' : table('What stays pending', head, shown);
}

/** What would stay pending without a node or zone, each to be unfolded. */
function lossList(part: FitPart, index: IndexOfObjects): string {
  const all = part.losses?.() ?? [];
  if (all.length === 0) return '';
  const lost = all.map(({ name: lostName, what, fit }) => {
    const heaviest = fit.nodes.map((node) => [
      inline(name(node.node)),
      counted(node.pods, 'pod'),
      ...['cpu', 'memory'].map((resource) => percentOf(shareOf(node, resource))),
    ]);
    const isWorse = fit.pending.length > part.fit.pending.length;
    return folded(
      `Without ${what} ${name(lostName)}: ${summaryOf(fit)}`,
      pendingTable(part, fit, index) + table(`Nodes without ${what} ${name(lostName)}`, LEFT, heaviest),
      isWorse ? mark('worse', 'warning') : mark('holds', 'good'),
    );
  });
  return `<h4>Without a node or zone</h4>${lost.join('\n')}`;
}

const LEFT = ['node that is left', 'pods', 'cpu', 'memory'];

function percentOf(share: number | undefined): string {
  return share === undefined ? '' : `${Math.round(share * 100)} %`;
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
function nodes(parts: readonly FitPart[], index: IndexOfObjects): Tab {
  const cards = parts.flatMap((part) => {
    const onNode = new Map<string, Placement[]>();
    for (const placed of part.fit.placements) {
      if (placed.node === undefined) continue;
      const own = onNode.get(placed.node);
      if (own === undefined) onNode.set(placed.node, [placed]);
      else own.push(placed);
    }
    return part.fit.nodes.map((node) => nodeCard(node, onNode.get(node.node) ?? [], part, index));
  });
  return {
    id: 'nodes',
    title: 'Nodes',
    count: cards.length,
    isSearched: true,
    body: cards.length === 0 ? '<p>There are no nodes.</p>' : cards.join('\n'),
  };
}

function nodeCard(node: NodeUse, pods: readonly Placement[], part: FitPart, index: IndexOfObjects): string {
  const { environment } = part;
  const bars = Object.keys(node.resources).map((resource) => barOf(node, resource));
  const where = environment === null ? '' : ` <span class="soft">${pageText(name(environment))}</span>`;
  const blocks = pods.map(({ pod, workload }) => {
    const text = pageText(name(formatId(pod)));
    const href = index.href(workload, [placeIn(part)]);
    return `<li>${href === undefined ? text : `<a href="${href}">${text}</a>`}</li>`;
  });
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
