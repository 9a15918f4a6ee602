import type { Drawing, DrawnNode, DrawnShape } from '../../draw/drawing';
import { outline } from './outline';
import { svg } from './svg';

const SHAPES: readonly DrawnShape[] = [
  'route',
  'service',
  'workload',
  'configuration',
  'secret',
  'volume',
  'access',
  'scaler',
  'guard',
  'monitor',
  'other',
];

function node(id: string, more: Partial<DrawnNode> = {}): DrawnNode {
  return { id, kind: 'Pod', apiGroup: '', name: id, shape: 'workload', ...more };
}

function picture(nodes: readonly DrawnNode[], more: Partial<Drawing> = {}): string {
  return svg({ nodes, edges: [], groups: [], ...more });
}

it('has another outline for each shape, which ends where it began', () => {
  const outlines = SHAPES.map((shape) => outline(shape, { x: 10, y: 20, width: 120, height: 64 }));
  expect(new Set(outlines).size).toBe(SHAPES.length);
  expect(outlines.filter((path) => !/^M[^MZz]+z/.test(path))).toEqual([]);
});

it.each(SHAPES)('draws %s within its box', (shape) => {
  const path = outline(shape, { x: 10, y: 20, width: 120, height: 64 });
  let [x, y] = [0, 0];
  const seen: (readonly [number, number])[] = [];
  for (const [, step = '', rest = ''] of path.matchAll(/([MhvlaZz])([^MhvlaZz]*)/g)) {
    const numbers = rest.trim().split(/\s+/).map(Number);
    const [a = 0, b = 0] = step === 'a' ? numbers.slice(-2) : numbers;
    if (step === 'M') [x, y] = [a, b];
    if (step === 'h') x += a;
    if (step === 'v') y += a;
    if (step === 'l' || step === 'a') [x, y] = [x + a, y + b];
    seen.push([x, y]);
  }
  expect(seen.filter(([left, top]) => left < 10 || left > 130 || top < 20 || top > 84)).toEqual([]);
});

it('marks what becomes of an object by a class, a sign and a word', () => {
  const text = picture([node('a', { effect: 'deleted' }), node('b', { outcome: 'replaced', replaces: 'c' })]);
  expect(text).toContain('<g class="node deleted">');
  expect(text).toContain('>− deleted</text>');
  expect(text).toContain('>↻ replaces c</text>');
});

it('writes on an arrow what is lost, however many there are', () => {
  const nodes = Array.from({ length: 70 }, (_, index) => node(`n${index}`));
  const edges = nodes.slice(1).map(({ id }) => ({ from: id, to: 'n0', relation: 'connects' }) as const);
  const few = picture(nodes.slice(0, 3), { edges: edges.slice(0, 2) });
  expect(few.match(/class="word"[^>]*>connects</g)).toHaveLength(2);
  const many = picture(nodes, {
    edges: [...edges, { from: 'n0', to: 'n1', relation: 'connects', change: 'lost' }],
  });
  expect(many.match(/class="word"[^>]*>[^<]*/g)).toEqual([expect.stringMatching(/>connects, lost$/)]);
});

it('says how many objects it leaves out', () => {
  expect(picture([node('a')], { left: 6 })).toContain('>6 more objects</text>');
  expect(picture([node('a')])).not.toContain('more object');
});

it('is a picture of nothing where there is nothing', () => {
  expect(picture([])).toMatch(/^<svg [^>]*><?[^]*<title>0 objects and 0 relations<[^]*<\/svg>\n$/);
});
