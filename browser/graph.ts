import { button, make, named } from './elements';
import { tools } from './search';
import { Sight } from './sight';

/** Makes a graph that is moved, searched and asked about its objects of a picture in a page. */
export function enliven(figure: HTMLElement): void {
  const svg = figure.querySelector('svg');
  const frame = figure.querySelector<HTMLElement>('.canvas');
  if (svg === null || frame === null) return;
  const nodes = [...svg.querySelectorAll<SVGAElement>('.node')];
  const edges = [...svg.querySelectorAll<SVGElement>('.edge')];
  figure.classList.add('live');
  const sight = new Sight(svg, frame);
  const shown = make('output', {});
  const items = nodes.map((element) => ({
    element,
    text: `${element.textContent ?? ''} ${element.dataset['more'] ?? ''}`.toLowerCase(),
  }));
  const search = tools(items, (fits) => {
    const isAll = fits.every(Boolean);
    nodes.forEach((node, index) => node.classList.toggle('dim', fits[index] !== true));
    for (const edge of edges) edge.classList.toggle('dim', !isAll);
    const found = nodes.filter((_, index) => fits[index] === true);
    shown.textContent = isAll ? `${nodes.length} shown` : `${found.length} of ${nodes.length} found`;
    if (!isAll && found.length > 0) sight.show(found);
  });
  search.input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    nodes.find((node) => !node.classList.contains('dim'))?.focus();
  });
  const zoom = make(
    'div',
    { className: 'zoom' },
    button('+', 'Zoom in', () => sight.zoom(0.8)),
    button('−', 'Zoom out', () => sight.zoom(1.25)),
    button('All', 'Show all', () => sight.whole()),
  );
  search.row.append(zoom, shown);
  // On paper, nobody can move it.
  addEventListener('beforeprint', () => sight.whole());
  frame.before(search.row);
  const panel = make('div', { className: 'panel', hidden: true, tabIndex: -1 });
  panel.setAttribute('role', 'region');
  panel.setAttribute('aria-label', 'Selected object');
  const stage = make('div', { className: 'stage' });
  frame.replaceWith(stage);
  stage.append(frame, panel);
  const close = (): void => {
    const selected = nodes.find((node) => node.classList.contains('selected'));
    panel.hidden = true;
    stage.classList.remove('open');
    mark(undefined, nodes, edges);
    selected?.focus();
  };
  for (const node of nodes)
    node.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      const target = named(node.getAttribute('href') ?? '');
      if (target === null || sight.wasDragged) return event.preventDefault();
      event.preventDefault();
      event.stopPropagation();
      mark(node, nodes, edges);
      panel.replaceChildren(button('×', 'Close', close), ...copied(target, node.getAttribute('href') ?? ''));
      panel.hidden = false;
      stage.classList.add('open');
      panel.scrollTop = 0;
      panel.focus({ preventScroll: true });
      panel.scrollIntoView({ block: 'nearest' });
    });
  figure.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && !panel.hidden) close();
  });
  search.apply();
  const centre = busiest(nodes, edges);
  if (centre !== undefined) sight.begin(centre);
}

/** The object with the most relations. */
function busiest(nodes: readonly SVGAElement[], edges: readonly SVGElement[]): SVGAElement | undefined {
  const counts = new Map<string | undefined, number>();
  for (const { dataset } of edges)
    for (const end of [dataset['from'], dataset['to']]) counts.set(end, (counts.get(end) ?? 0) + 1);
  const countOf = (node: SVGAElement): number => counts.get(node.dataset['node']) ?? 0;
  return nodes.reduce<SVGAElement | undefined>(
    (best, node) => (best === undefined || countOf(node) > countOf(best) ? node : best),
    undefined,
  );
}

/** A copy of what the page has of an object, with a link to where that stands. */
function copied(target: HTMLElement, href: string): Node[] {
  const copy = target.cloneNode(true) as HTMLElement;
  copy.removeAttribute('id');
  copy.removeAttribute('tabindex');
  copy.hidden = false;
  const all = copy.querySelectorAll('details');
  if (all.length === 1) for (const details of all) details.open = true;
  const link = make('a', { href, textContent: 'Show it among all objects' });
  return [copy, make('p', {}, link)];
}

/** Marks a node, what it has relations with, and these relations. */
function mark(
  node: SVGElement | undefined,
  nodes: readonly SVGElement[],
  edges: readonly SVGElement[],
): void {
  const own = node?.dataset['node'];
  const near = new Set([own]);
  for (const edge of edges) {
    const { from, to } = edge.dataset;
    const isOwn = own !== undefined && (from === own || to === own);
    if (isOwn) near.add(from).add(to);
    edge.classList.toggle('near', isOwn);
    edge.classList.toggle('far', own !== undefined && !isOwn);
  }
  for (const each of nodes) {
    each.classList.toggle('selected', each === node);
    each.classList.toggle('far', node !== undefined && !near.has(each.dataset['node']));
  }
}
