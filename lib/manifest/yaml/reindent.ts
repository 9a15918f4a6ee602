/** A line with a quoted scalar that may go on below: its quote stands behind dashes and a key, if any. */
const OPENING = /^ *(?:- +)*(?:(?:[^\s'"#&*!|>%@`{[-][^'"]*?|"[^"\\]*"|'[^']*'): +)?(["'])/;

/** A line that opens a block scalar. */
const BLOCK = /(?:^|[\s:-])[|>][-+\d]*(?:[ \t]+#.*)?$/;

/**
 * `text` with the further lines of quoted scalars indented deeper than the line they start on. YAML and the `yaml` package
 * require that; libyaml and kubectl do not, and tools of the Kubernetes project once wrote files without it. Blanks at the start of those lines have no meaning, so the scalars keep their values.
 */
export function reindentQuoted(text: string): string {
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const [opening, quote = ''] = OPENING.exec(line) ?? [];
    if (opening === undefined) {
      if (BLOCK.test(line)) at = lastOfBlock(lines, at);
      continue;
    }
    if (closes(line.slice(opening.length), quote)) continue;
    const indent = ' '.repeat(opening.length);
    while (++at < lines.length) {
      const further = (lines[at] ?? '').replace(/^[ \t]+/, '');
      if (further !== '') lines[at] = indent + further;
      if (closes(further, quote)) break;
    }
  }
  return lines.join('\n');
}

/** The last line of the block scalar that opens on line `at`: what is indented deeper, and blank lines. */
function lastOfBlock(lines: readonly string[], at: number): number {
  const indent = indentOf(lines[at] ?? '');
  while (
    at + 1 < lines.length &&
    (/^ *$/.test(lines[at + 1] ?? '') || indentOf(lines[at + 1] ?? '') > indent)
  )
    at++;
  return at;
}

function indentOf(line: string): number {
  return line.search(/[^ ]|$/);
}

/** Whether the quoted text that goes on in `line` ends there. */
function closes(line: string, quote: string): boolean {
  return (quote === '"' ? line.replace(/\\./g, '') : line.replaceAll("''", '')).includes(quote);
}
