/**
 * The comments at the line of `offset`: after it, and on the lines directly above. Empty without any.
 *
 * @param first where the first line of the content starts
 */
export function commentAt(text: string, first: number, offset: number): string {
  let start = Math.max(first, text.lastIndexOf('\n', offset - 1) + 1);
  const found = /\s#(.*)$/.exec(lineAt(text, start))?.slice(1) ?? [];
  while (start > first) {
    start = text.lastIndexOf('\n', start - 2) + 1;
    const comment = /^\s*#(.*)$/.exec(lineAt(text, start));
    if (comment === null) break;
    found.unshift(comment[1] ?? '');
  }
  return found.map((each) => each.trim()).join(' ');
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? text.length : end);
}
