import { nearest } from '../errors';
import { CALLABLE } from './functions';
import type { Node } from './parse';
import type { PlacedProblem } from './problem';

/** A token of PromQL, as far as a message names it; what is none is a character. */
const TOKEN =
  /\s+|#[^\n]*|"(?:\\[^]|[^"\\])*"?|'(?:\\[^]|[^'\\])*'?|`[^`]*`?|[A-Za-z_:][\w:]*|[\d.][\w.]*|[=!<>]=|[=!]~|&&|\|\||[^]/g;

interface Token {
  readonly text: string;
  readonly from: number;
}

const END: Token = { text: '', from: -1 };

const BRACKETS: Readonly<Record<string, string>> = { '(': 'parenthesis', '{': 'brace', '[': 'bracket' };
const OPENS: Readonly<Record<string, string>> = { ')': '(', '}': '{', ']': '[' };

/** What is wrong where the grammar gives up, in the words of Prometheus. */
export function describeSyntaxError(text: string, error: Node): PlacedProblem {
  const tokens = [...text.matchAll(TOKEN)]
    .map((match): Token => ({ text: match[0], from: match.index }))
    .filter(({ text: token }) => !/^(\s|#)/.test(token));
  if (tokens.length === 0) return { message: 'no expression found in input', at: 0 };
  const found = tokens.findIndex(({ from, text: token }) => from + token.length > error.from);
  const index = found === -1 ? tokens.length : found;
  const [before, token] = [tokens[index - 1] ?? END, tokens[index]];
  const open = openBracket(tokens.slice(0, index));
  if (open !== undefined && (token === undefined || (OPENS[token.text] ?? open.text) !== open.text))
    return { message: `unclosed left ${BRACKETS[open.text] ?? ''}`, at: open.from };
  if (token === undefined) return { message: 'unexpected end of input', at: text.length };
  return unexpected(token, before, error.parent?.name ?? '');
}

/** The last bracket that is still open; none where one closes that did not open. */
function openBracket(tokens: readonly Token[]): Token | undefined {
  const open: Token[] = [];
  for (const token of tokens) {
    if (BRACKETS[token.text] !== undefined) open.push(token);
    else if (OPENS[token.text] !== undefined) open.pop();
  }
  return open.at(-1);
}

function unexpected(token: Token, before: Token, inside: string): PlacedProblem {
  const { text, from: at } = token;
  if (text === '(' && /^[A-Za-z_]\w*$/.test(before.text) && inside !== 'GroupingLabels') {
    const near = nearest(before.text, CALLABLE);
    const hint = near === undefined ? undefined : `Did you mean "${near}"?`;
    return { message: `unknown function with name "${before.text}"`, at: before.from, hint };
  }
  if (before.text === '[' && /^[\d.$\w]/.test(text)) return badDuration(text, before.from + 1);
  if (/^\d/.test(before.text) && at === before.from + before.text.length && /^\w/.test(text))
    return badDuration(before.text + text, before.from);
  return {
    message: `unexpected ${quoted(text)}${contextOf(inside, before)}`,
    at,
    hint: hintFor(token, before, inside),
  };
}

function badDuration(text: string, at: number): PlacedProblem {
  const hint = text.startsWith('$')
    ? 'Variables of Grafana have no value in a rule. Write a duration such as 5m.'
    : 'Durations look like 30s, 5m or 1h30m.';
  return { message: `bad number or duration syntax: ${quoted(text)}`, at, hint };
}

/** Words that a list of labels follows. */
const GROUPING = /^(by|without|on|ignoring|group_left|group_right)$/i;

function contextOf(inside: string, { text: before }: Token): string {
  if (inside === 'GroupingLabels')
    return ` in grouping opts, expected ${GROUPING.test(before) ? '"("' : '"," or ")"'}`;
  if (inside.endsWith('LabelMatcher')) return ' in label matching, expected string';
  if (inside === 'LabelMatchers') return ' in label matching, expected a matcher, "," or "}"';
  return '';
}

const OPERATORS: Readonly<Record<string, string>> = { '&&': 'and', '||': 'or', '=': '==', '!': 'unless' };

function hintFor({ text }: Token, before: Token, inside: string): string | undefined {
  if (inside.endsWith('LabelMatcher') && /^\w/.test(text) && /^[=!]/.test(before.text))
    return `Put the value in quotes: ${before.text}"${text}".`;
  if (text === '$') return 'Variables of templates and of Grafana have no value in a rule.';
  if (inside.startsWith('LabelMatcher')) return undefined;
  const operator = OPERATORS[text];
  return operator === undefined ? undefined : `Did you mean "${operator}"?`;
}

function quoted(text: string): string {
  return /^["'`]/.test(text) ? text : `"${text}"`;
}
