/** An action of a template, from its opening to the end of its closing. */
export interface Action {
  readonly start: number;
  readonly end: number;
}

/** Openings of Go, Jinja and ERB. Brackets are those of Go where braces are text; a shell has them with other words. */
const OPENING = /\{[{%#]|<%|\[\[-?\s+(?:\.[A-Za-z]|(?:if|else|end|range|with|include|template|define)\b)/g;
const CLOSING: Readonly<Record<string, string>> = {
  '{{': '}}',
  '{%': '%}',
  '{#': '#}',
  '<%': '%>',
  '[[': ']]',
};

/** The actions in a text. What is opened and never closed is none, and is looked for once. */
export function actionsIn(text: string): readonly Action[] {
  const found: Action[] = [];
  const unclosed = new Set<string>();
  let from = 0;
  for (const { 0: opening, index } of text.matchAll(OPENING)) {
    const start = opening.slice(0, 2);
    if (index < from || unclosed.has(start)) continue;
    const closing = CLOSING[start] ?? '';
    const at = text.indexOf(closing, index + start.length);
    if (at < 0) unclosed.add(start);
    else {
      from = at + closing.length;
      found.push({ start: index, end: from });
    }
  }
  return found;
}

/** A text as it might be rendered: without lines of an action alone, and with a word for each other one. */
export function withoutActions(text: string, actions: readonly Action[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of actions) {
    const before = text.slice(from, start);
    const line = before.lastIndexOf('\n') + 1;
    const next = afterBlanks(text, end);
    const startsLine = (line > 0 || from === 0) && before.slice(line).trim() === '';
    const isAlone = startsLine && (next === text.length || /[\r\n]/.test(text.charAt(next)));
    parts.push(isAlone ? before.slice(0, line) : `${before}x`);
    from = isAlone ? next : end;
  }
  return [...parts, text.slice(from)].join('');
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}
