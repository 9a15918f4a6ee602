import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createColors } from 'picocolors';
import { fit } from '../../lib/fit/fit';
import { nodeSpecs } from '../../lib/fit/node-specs';
import type { Fit } from '../../lib/fit/result';
import { ManifestSet } from '../../lib/manifest/set';
import { xml } from '../../lib/report/escape/xml';
import { text } from '../../lib/report/fit/text';

const EXAMPLES = join(__dirname, '..', '..', 'examples', 'fit');

/** What `seaworthy fit` prints for the example; a test holds it to the command itself. */
export function fitStory(): string {
  const printed = text({ parts: [{ environment: null, fit: fitted() }] }, createColors(false));
  return `\`\`\`console\n$ seaworthy fit shop.yaml --nodes nodes.yaml\n${printed}\`\`\``;
}

/** The same as a picture: a bar of CPU for each node, a block for each pod, and what stays pending below. */
export function fitPicture(): string {
  const { nodes, placements, pending } = fitted();
  const requests = requestsOf(readSet('shop.yaml'));
  const rows = nodes.map((node, row) => {
    const pods = placements.filter((placement) => placement.node === node.node);
    const room = (node.resources['cpu']?.allocatable ?? 0) / PER_PIXEL;
    return barOf(
      node.node,
      pods,
      requests,
      row,
      `<rect class="room" x="${LEFT}" y="${topOf(row)}" width="${room}" height="${BAR}"/>`,
    );
  });
  const waiting = barOf('pending', pending, requests, nodes.length, '', 'waiting');
  const [width, height] = [LEFT + 480, topOf(nodes.length + 1) + 4];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>CPU of ${nodes.length} nodes: ${placements.length - pending.length} pods find a node, ${pending.length} stays pending</title>`,
    `<style>${STYLE}</style>`,
    ...rows,
    waiting,
    '</svg>\n',
  ].join('\n');
}

const [LEFT, BAR, ROW] = [80, 34, 46];

/** Thousandths of a CPU. */
const PER_PIXEL = 4.4;

const STYLE = `
  svg { background: #fff; font: 11px sans-serif; } text { fill: #1f2328; } .pod { text-anchor: middle; }
  rect { fill: #ddf4ff; stroke: #0969da; } .room { fill: none; stroke: #59636e; stroke-dasharray: 3 3; }
  .waiting { fill: none; stroke: #cf222e; stroke-width: 2; stroke-dasharray: 6 4; }
  @media (prefers-color-scheme: dark) {
    svg { background: #0d1117; } text { fill: #f0f6fc; } rect { fill: #121d2f; stroke: #4493f8; }
    .room { fill: none; stroke: #9198a1; } .waiting { fill: none; stroke: #f85149; }
  }
`;

function barOf(
  title: string,
  pods: Fit['placements'],
  requests: ReadonlyMap<string, number>,
  row: number,
  room: string,
  mark = '',
): string {
  let x = LEFT;
  const y = topOf(row);
  const blocks = pods.map(({ pod, workload }) => {
    const width = (requests.get(workload.name) ?? 0) / PER_PIXEL;
    const block = `<rect class="${mark}" x="${x}" y="${y}" width="${width}" height="${BAR}"/><text class="pod" x="${x + width / 2}" y="${y + 21}">${xml(pod.name)}</text>`;
    x += width;
    return block;
  });
  return [`<text x="8" y="${y + 21}">${xml(title)}</text>`, ...(room === '' ? [] : [room]), ...blocks].join(
    '\n',
  );
}

function topOf(row: number): number {
  return 8 + row * ROW;
}

/** Thousandths of a CPU that each pod of a workload requests. */
function requestsOf(set: ManifestSet): ReadonlyMap<string, number> {
  return new Map(
    set.manifests.map(({ id, object }) => [
      id.name,
      Number(/"cpu":"(\d+)m"/.exec(JSON.stringify(object))?.[1] ?? 0),
    ]),
  );
}

function fitted(): Fit {
  return fit(readSet('shop.yaml'), nodeSpecs(readSet('nodes.yaml')), { changes: true });
}

function readSet(source: string): ManifestSet {
  return ManifestSet.parse(readFileSync(join(EXAMPLES, source), 'utf8'), { source });
}
