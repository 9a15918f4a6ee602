import { createColors } from 'picocolors';
import type { Drawing, DrawnNode } from '../../../lib/draw/drawing';
import { mermaid } from '../../../lib/report/graph/mermaid';
import { markdown } from '../../../lib/report/plan/markdown';
import type { PlanPart } from '../../../lib/report/plan/report';
import { MERMAID } from '../../support/mermaid';

function node(id: string, more: Partial<DrawnNode> = {}): DrawnNode {
  return { id, kind: 'ConfigMap', apiGroup: '', name: id, shape: 'configuration', ...more };
}

/** One object that changes, and others that depend on it. */
function drawing(count: number, more: Partial<DrawnNode> = {}): Drawing {
  const nodes = Array.from({ length: count }, (_, index) =>
    node(`n${index}`, { kind: `K${index}`, ...(index === 0 && { effect: 'updated' }), ...more }),
  );
  const edges = nodes.slice(1).map(({ id }) => ({ from: id, to: 'n0', relation: 'refers' }) as const);
  return { nodes, edges, groups: [] };
}

function printed(...parts: readonly (readonly [string, Drawing | undefined])[]): string {
  return markdown(
    {
      version: '1.0.0',
      before: { name: 'dist/' },
      after: { name: 'the app' },
      parts: parts.map(([place, drawn]): PlanPart => ({
        place,
        changes: [],
        ...(drawn !== undefined && { blast: () => drawn }),
      })),
      mode: 'change',
      apply: 'server-side',
      refused: [],
      full: false,
    },
    createColors(false),
  );
}

function graphsIn(text: string): string[] {
  return [...text.matchAll(/^(`{3,})mermaid\n([^]*?)\n\1$/gm)].map(([, , graph = '']) => graph);
}

function strangeLines(graph: string): string[] {
  return graph.split('\n').filter((line) => !MERMAID.some((form) => form.test(line)));
}

const HOSTILE =
  '"]; click n0 href "javascript:x"\n```\n@acme <script>alert(1)</script> %%{init: {}}%% &amp; #35; \u202e';

describe('the graphs of a plan in Markdown', () => {
  it('come first, one for each cluster, and one for clusters that change alike', () => {
    const text = printed(['shop/staging', drawing(3)], ['shop/eu', drawing(2)], ['shop/us', drawing(2)]);
    expect(graphsIn(text)).toHaveLength(2);
    expect(text).toContain('In `shop/staging`:\n\n```mermaid\n');
    expect(text).toContain('In `shop/eu`, `shop/us`:\n\n```mermaid\n');
  });

  it('have at most 40 nodes, and words for the rest', () => {
    const text = printed(['', drawing(45)]);
    expect(graphsIn(text)[0]?.match(/^ *n\d+\S*"/gm)).toHaveLength(40);
    expect(text).toContain('\n\nNot drawn: 5 objects around them.\n');
  });

  it.each([
    ['nothing changes', { nodes: [], edges: [], groups: [] }],
    ['nothing is drawn', undefined],
  ])('are not there where %s', (_, drawn) => {
    expect(graphsIn(printed(['', drawn]))).toEqual([]);
  });

  it('are a sentence where nothing hangs on a change', () => {
    const text = printed(['', drawing(1)]);
    expect(graphsIn(text)).toEqual([]);
    expect(text).toContain('No other object depends on what changes.');
  });

  it('leave room for the words', () => {
    const places = Array.from({ length: 30 }, (_, index) => [`place-${index}`, drawing(10 + index)] as const);
    const text = printed(...places);
    expect(text.length).toBeLessThan(30_000);
    expect(text).toMatch(/\nNot drawn, as a comment takes no more: `place-\d+`;/);
  });

  it.each([
    ['hostile names', HOSTILE],
    ['names of 253 characters', 'a'.repeat(253)],
    ['right-to-left text', '\u05e9\u05dc\u05d5\u05dd'.repeat(60)],
  ])('keep %s text, and what follows stays Markdown', (_, name) => {
    const groups = [{ id: 'g', namespace: name, chart: name }];
    const hostile = { ...drawing(3, { name, kind: name, namespace: name, group: 'g' }), groups };
    const [graph = '', ...others] = graphsIn(printed(['', hostile]));
    expect(others).toEqual([]);
    expect(strangeLines(graph)).toEqual([]);
    expect(graph).not.toMatch(/<(?!br>)|```|@|javascript:/);
  });
});

describe('a graph in Mermaid', () => {
  it('is never longer than GitHub takes, in characters and in edges', () => {
    const name = `<${'\u{1f600}'.repeat(100)}`;
    const nodes = drawing(120, { name }).nodes.map((each) => ({
      ...each,
      kind: `${each.kind}${'<'.repeat(80)}`,
    }));
    const edges = nodes.flatMap(({ id: from }) =>
      nodes.slice(0, 10).map(({ id: to }) => ({ from, to, relation: 'refers' }) as const),
    );
    const graph = mermaid({ nodes, edges, groups: [] });
    expect(graph.length).toBeLessThan(50_000);
    expect(graph.match(/-->/g)?.length ?? 0).toBeLessThan(500);
    expect(graph).toMatch(/more\["\d+ more objects(, \d+ more arrows)?"\]:::outside\n/);
    expect(strangeLines(graph)).toEqual([]);
    expect(graph).not.toMatch(/#5[5-7]\d{3};/);
  });

  it.each([
    ['an icon', 'fa:fa-car'],
    ['a formula', '$$x^2$$'],
    ['a line break', 'a\\nb'],
  ])('makes no %s of a name', (_, name) => {
    const { nodes } = drawing(1, { name });
    const graph = mermaid({ nodes, edges: [], groups: [] });
    const decoded = graph.replace(/#(\d+);/g, (__, code) => String.fromCodePoint(Number(code)));
    expect(decoded).toContain(name.replace(/(fa:|\$(?=\$)|\\)/g, '$1\u200a'));
    expect(decoded).not.toMatch(/fa:fa|\$\$|\\n/);
  });

  it('says what a drawing leaves out', () => {
    expect(mermaid({ ...drawing(2), left: 6 })).toContain('more["6 more objects"]:::outside');
    expect(mermaid(drawing(2))).not.toContain('more[');
  });

  it('shows gained and lost arrows, whatever else there is', () => {
    const { nodes, edges } = drawing(3);
    const changed = { ...edges[1], from: 'n2', to: 'n0', relation: 'connects', change: 'lost' } as const;
    const graph = mermaid({ nodes, edges: [...edges, changed], groups: [] });
    expect(graph).toContain('n2 -.->|connects, lost| n0\n');
    expect(graph).toMatch(/linkStyle 0 stroke:#e5534b/);
    expect(strangeLines(graph)).toEqual([]);
  });
});
