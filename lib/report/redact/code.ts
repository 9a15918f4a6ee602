import { hide, HIDDEN, secretSpans } from '../../check/secrets/spans';

/** Lines above one in which a Secret may begin that it is in. */
const ABOVE = 40;

/** Where the values of a Secret begin in a program. */
const SECRET = /\bnew\s+(?:\w+\.)*(?:Kube)?Secret\b|\bstringData\b|\bkind\s*:\s*["'`]Secret["'`]/g;

/** Texts of a program. */
const LITERAL = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`?/g;

/** A line of a program, counted from 1, without what looks like a secret, and without texts that are values of a Secret. */
export function redactCode(lines: readonly string[], number: number): string {
  const text = lines[number - 1] ?? '';
  // A key in a template literal of several lines.
  if (/^[\s"'`+]*[A-Za-z0-9+/]{40,}={0,2}(?:\\n)?[\s"'`,;+)]*$/.test(text)) return HIDDEN;
  const above = lines.slice(Math.max(0, number - 1 - ABOVE), number - 1);
  const isInside = isInsideSecret(`${above.join('\n')}\n`, text);
  const shown = isInside
    ? text.replace(LITERAL, (found) => `${found[0] ?? ''}${HIDDEN}${found[0] ?? ''}`)
    : text;
  const lead = above
    .slice(-1)
    .map((line) => `${line}\n`)
    .join('');
  const spans = secretSpans(lead + shown, 'code').filter(({ end }) => end > lead.length);
  return hide(
    shown,
    spans.map(({ start, end }) => ({ start: Math.max(0, start - lead.length), end: end - lead.length })),
  );
}

/** Whether a Secret begins in `text`, or in `above` and does not end before it. */
function isInsideSecret(above: string, text: string): boolean {
  if (text.match(SECRET) !== null) return true;
  const start = [...above.matchAll(SECRET)].at(-1)?.index;
  if (start === undefined) return false;
  // A kind stands beside the values, all others above them.
  const least = above.startsWith('kind', start) ? 0 : 1;
  let depth = 0;
  for (const [bracket] of above.slice(start).matchAll(/[()[\]{}]/g)) {
    depth += '([{'.includes(bracket) ? 1 : -1;
    if (depth < least) return false;
  }
  return depth >= least;
}
