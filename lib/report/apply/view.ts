import type { Progress } from '../../cluster/apply/types';
import { formatId } from '../../manifest/manifest';
import { columnsOf, fitted, padded } from '../columns';
import { counted } from '../counts';
import { name, sentence } from '../escape/terminal';
import type { Paint } from '../paint';
import { duration } from '../status/duration';
import { numbersText, podsText } from './pods';
import type { Seen } from './state';

/** Where a live view is drawn. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  readonly paint: Paint;
  /** Hides what is secret in a text. */
  readonly hide: (text: string) => string;
}

/** Columns of a name beyond which the rest of its line is no longer aligned. */
const WIDEST = 50;

/**
 * An apply as a terminal shows it while it goes on: a line for each object that is not ready, with its pods, and below it
 * what it waits for. No line is wider than the screen, and there are fewer than its rows.
 *
 * @param seconds since it began
 */
export function viewLines(seen: Seen, seconds: number, screen: Screen): string[] {
  const { columns, rows, paint } = screen;
  const lines = [paint.bold(fitted(headOf(seen, seconds), columns))];
  const open = (seen.progress ?? []).filter(({ state }) => state !== 'ready');
  const ordered = [
    ...open.filter(({ state }) => state === 'failed'),
    ...open.filter(({ state }) => state !== 'failed'),
  ];
  const names = ordered.map(({ id }) => name(formatId(id)));
  const widest = Math.min(WIDEST, Math.max(0, ...names.map(columnsOf)));
  const blocks = ordered.map((each, index) => block(each, padded(names[index] ?? '', widest), screen));
  // One row stays free: a line in the last one would make the screen scroll.
  let left = rows - 2 - lines.length;
  for (const [index, each] of blocks.entries()) {
    const isLast = index === blocks.length - 1;
    if (each.length > left - (isLast ? 0 : 1) && (left <= 1 || each.length > left)) {
      lines.push(paint.dim(fitted(`  and ${counted(blocks.length - index, 'more object')}`, columns)));
      break;
    }
    lines.push(...each);
    left -= each.length;
  }
  return lines;
}

function headOf({ wave, waves, progress, isRollingBack, written }: Seen, seconds: number): string {
  const time = duration(seconds);
  const undo = isRollingBack ? 'Rolling back: ' : '';
  if (progress !== undefined) {
    const ready = progress.filter(({ state }) => state === 'ready').length;
    return `${undo}${ready} of ${counted(progress.length, 'object')} ready, ${time}`;
  }
  if (wave === undefined) return `${undo}Planning, ${time}`;
  return `${undo}Wave ${wave} of ${waves ?? wave}, ${counted(written, 'object')} written, ${time}`;
}

function block({ state, message, status }: Progress, label: string, screen: Screen): string[] {
  const { columns, paint, hide } = screen;
  const mark = state === 'failed' ? paint.red('✗') : paint.yellow('…');
  const facts =
    status === undefined ? '' : [numbersText(status), podsText(status)].filter(Boolean).join('  ');
  const line = `${mark} ${fitted(`${label}  ${facts}`.trimEnd(), Math.max(0, columns - 2))}`;
  if (message === '') return [line];
  const why = fitted(`    ${sentence(hide(message))}`, columns);
  return [line, state === 'failed' ? paint.red(why) : paint.dim(why)];
}
