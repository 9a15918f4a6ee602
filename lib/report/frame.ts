/** Characters of a line that are shown. */
const WIDEST = 200;

/**
 * Line `line` of `lines`, counted from 1, with its number, a mark, and `around` lines on both sides.
 * Nothing if the line does not exist.
 *
 * @param shown what is shown of a line, with its number. @default all of it
 */
export function codeFrame(
  lines: readonly string[],
  line: number,
  around = 2,
  shown: (text: string, number: number) => string = (text) => text,
): string | undefined {
  if (lines[line - 1] === undefined) return undefined;
  const first = Math.max(1, line - around);
  const last = Math.min(lines.length, line + around);
  const width = String(last).length;
  return lines
    .slice(first - 1, last)
    .map((text, index) => {
      const number = first + index;
      const mark = number === line ? '>' : ' ';
      return `${mark} ${String(number).padStart(width)} | ${shown(text, number).slice(0, WIDEST)}`.trimEnd();
    })
    .join('\n');
}
