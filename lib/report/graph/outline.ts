import type { DrawnShape } from '../../draw/drawing';
import type { Box } from '../../draw/placed';

/** How far a slanted side leans, in pixels: `layout` leaves more than that beside the words. */
const LEAN = 9;

/** The outline of a node for the `d` of an SVG path: shapes tell apart what objects are for, without colour. */
export function outline(shape: DrawnShape, box: Box): string {
  return OUTLINES[shape](box);
}

const OUTLINES: Readonly<Record<DrawnShape, (box: Box) => string>> = {
  workload: ({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`,
  /** Round ends. */
  service: ({ x, y, width, height }) => {
    const [end, flat] = [height / 2, width - height];
    return `M${x + end} ${y}h${flat}a${end} ${end} 0 0 1 0 ${height}h${-flat}a${end} ${end} 0 0 1 0 ${-height}z`;
  },
  /** A hexagon. */
  route: ({ x, y, width, height }) => {
    const [side, half] = [width - 2 * LEAN, height / 2];
    return `M${x + LEAN} ${y}h${side}l${LEAN} ${half}l${-LEAN} ${half}h${-side}l${-LEAN} ${-half}z`;
  },
  /** A page with a folded corner. */
  configuration: ({ x, y, width, height }) => {
    const [side, corner] = [width - LEAN, x + width - LEAN];
    return `M${x} ${y}h${side}l${LEAN} ${LEAN}v${height - LEAN}h${-width}zM${corner} ${y}v${LEAN}h${LEAN}`;
  },
  /** An octagon. */
  secret: ({ x, y, width, height }) => {
    const [side, upright] = [width - 2 * LEAN, height - 2 * LEAN];
    return `M${x + LEAN} ${y}h${side}l${LEAN} ${LEAN}v${upright}l${-LEAN} ${LEAN}h${-side}l${-LEAN} ${-LEAN}v${-upright}z`;
  },
  /** A cylinder. */
  volume: ({ x, y, width, height }) => {
    const [half, lid, body] = [width / 2, 5, height - 10];
    const top = `M${x} ${y + lid}a${half} ${lid} 0 0 1 ${width} 0`;
    return `${top}v${body}a${half} ${lid} 0 0 1 ${-width} 0zM${x} ${y + lid}a${half} ${lid} 0 0 0 ${width} 0`;
  },
  /** A tag that points at what follows. */
  access: ({ x, y, width, height }) => {
    const [side, half] = [width - LEAN, height / 2];
    return `M${x} ${y}h${side}l${LEAN} ${half}l${-LEAN} ${half}h${-side}z`;
  },
  /** A box with bars at its sides. */
  scaler: ({ x, y, width, height }) =>
    `M${x} ${y}h${width}v${height}h${-width}zM${x + 6} ${y}v${height}M${x + width - 6} ${y}v${height}`,
  /** Narrow above. */
  guard: ({ x, y, width, height }) => `M${x + LEAN} ${y}h${width - 2 * LEAN}l${LEAN} ${height}h${-width}z`,
  /** Round corners. */
  monitor: ({ x, y, width, height }) => {
    const [side, upright] = [width - 2 * LEAN, height - 2 * LEAN];
    const corner = (right: number, down: number): string => `a${LEAN} ${LEAN} 0 0 1 ${right} ${down}`;
    return [
      `M${x + LEAN} ${y}h${side}${corner(LEAN, LEAN)}v${upright}${corner(-LEAN, LEAN)}`,
      `h${-side}${corner(-LEAN, -LEAN)}v${-upright}${corner(LEAN, -LEAN)}z`,
    ].join('');
  },
  /** One corner cut. */
  other: ({ x, y, width, height }) =>
    `M${x + LEAN} ${y}h${width - LEAN}v${height}h${-width}v${LEAN - height}z`,
};
