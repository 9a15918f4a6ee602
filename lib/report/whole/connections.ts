import { formatId, identityKey, type ObjectId } from '../../manifest/manifest';
import { counted } from '../counts';
import { pageText } from '../escape/html';
import { name } from '../escape/terminal';
import { card, inline, list, mark, table } from '../html/elements';
import { graphFigure } from '../html/graph';
import type { IndexOfObjects } from '../html/index-of-objects';
import type { Tab } from '../html/page';
import type { ClusterView, Reaching, Server } from './report';

/** Rows and columns of a matrix; more are told by the lists alone. */
const MOST_IN_MATRIX = 40;

/** Callers that are named, those that declare it first; the others are counted. */
const MOST_CALLERS = 50;

/** Who may reach whom: a card for each workload with a port, a matrix and a graph. */
export function connectionsTab(clusters: readonly ClusterView[], index: IndexOfObjects): Tab {
  const servers = clusters.reduce((sum, { network }) => sum + network.servers.length, 0);
  return {
    id: 'connections',
    title: 'Connections',
    count: servers,
    isSearched: true,
    body: clusters.map((cluster, number) => view(cluster, number, index)).join('\n'),
  };
}

function view(cluster: ClusterView, number: number, index: IndexOfObjects): string {
  const { place, network } = cluster;
  const heading = place === '' ? '' : `<h3 class="place">${pageText(name(place))}</h3>`;
  if (network.servers.length === 0) return `${heading}<p>No pod declares a port.</p>`;
  return [
    heading,
    `<p class="soft">${SAID}</p>`,
    ...network.servers.map((server) => serverCard(server, cluster, index)),
    matrix(cluster, index),
    graph(cluster, number, index),
  ].join('\n');
}

const SAID =
  'By the NetworkPolicies and declared ports: "may" is what they let through, "declared" what a variable, argument or file names.';

function serverCard(
  { id, ports, isClosed, reached, callers }: Server,
  { place, network }: ClusterView,
  index: IndexOfObjects,
): string {
  const declared = callers.filter(({ isDeclared }) => isDeclared);
  const named = isClosed ? [...declared, ...callers.filter(({ isDeclared }) => !isDeclared)] : declared;
  const lines = named.slice(0, MOST_CALLERS).map((caller) => callerLine(caller, place, index));
  const left = named.length - lines.length;
  const of = `${reached} of ${counted(network.makers - 1, 'other workload')} may reach it`;
  return card(
    [
      `<h3>${index.link(id, [place])} ${isClosed ? mark('closed', 'good') : mark('open', 'warning')}</h3>`,
      `<p>${isClosed ? 'NetworkPolicies select its pods' : 'No NetworkPolicy selects its pods'}: ${of}, on ${ports.map((port) => inline(port)).join(', ')}.</p>`,
      list([...lines, ...(left === 0 ? [] : [`and ${counted(left, 'other')}`])]),
    ].join(''),
    { data: { kind: id.kind, namespace: id.namespace } },
  );
}

function callerLine({ id, ports, isDeclared }: Reaching, place: string, index: IndexOfObjects): string {
  const marks = [
    ports.length > 0 ? mark('may', 'ok') : mark('kept out', 'error'),
    ...(isDeclared ? [mark('declared', 'info')] : []),
  ];
  return `${index.link(id, [place])} ${marks.join(' ')} ${ports.map(inline).join(', ')}`;
}

/** Who calls, by who is called. */
function matrix({ place, network }: ClusterView, index: IndexOfObjects): string {
  const { servers } = network;
  const callers = new Map<string, ObjectId>();
  for (const server of servers)
    if (server.isClosed || server.callers.some(({ isDeclared }) => isDeclared))
      for (const { id } of server.callers) callers.set(identityKey(id), id);
  if (callers.size === 0) return '';
  if (servers.length > MOST_IN_MATRIX || callers.size > MOST_IN_MATRIX)
    return `<p class="soft">A matrix of ${callers.size} times ${servers.length} workloads is left out.</p>`;
  const cells = servers.map(
    (server) => new Map(server.callers.map((caller) => [identityKey(caller.id), caller])),
  );
  const rows = [...callers].map(([key, id]) => [
    index.link(id, [place]),
    ...servers.map((server, column) =>
      cellOf(cells[column]?.get(key), server, identityKey(server.id) === key),
    ),
  ]);
  const head = ['from \\ to', ...servers.map(({ id }) => formatId(id))];
  return `<h4>Matrix</h4>${table(`Who may reach whom ${name(place)}`, head, rows)}`;
}

function cellOf(caller: Reaching | undefined, server: Server, isSelf: boolean): string {
  if (isSelf) return '<span class="soft">itself</span>';
  if (caller === undefined) return mark('no', 'none');
  if (caller.ports.length === 0) return mark('declared, kept out', 'error');
  if (caller.isDeclared) return mark('declared', 'info');
  return server.isClosed ? mark('may', 'ok') : '<span class="soft">open</span>';
}

/** The relations between pods, and the Services between them. */
function graph({ place, drawing }: ClusterView, number: number, index: IndexOfObjects): string {
  const edges = drawing.edges.filter(({ relation }) => ['connects', 'routes', 'selects'].includes(relation));
  const ends = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const nodes = drawing.nodes.filter(({ id }) => ends.has(id));
  if (nodes.length === 0) return '';
  const groups = drawing.groups.filter(({ id }) => nodes.some(({ group }) => group === id));
  return `<h4>Graph</h4>${graphFigure({ drawing: { ...drawing, nodes, edges, groups }, place, key: `c${number}`, title: 'Connections' }, index)}`;
}
