import { inertInline, visible, visibleLines } from '../../text';

/** Characters. GitHub's limit for a comment is 65,536; the rest is for what a workflow adds. */
export const LONGEST_COMMENT = 60_000;

/** A code span: its fence is longer than every run of backticks in it. */
export function code(text: string): string {
  const shown = inertInline(visible(text));
  if (shown === '') return '` `';
  const run = longestRun(shown);
  const fence = '`'.repeat(run + 1);
  // CommonMark takes one blank off both ends, unless all are blanks.
  const isPadded = run > 0 || (/^ .* $/.test(shown) && shown.trim() !== '');
  return isPadded ? `${fence} ${shown} ${fence}` : `${fence}${shown}${fence}`;
}

/** A code block: its fence is longer than every run of backticks in it. */
export function fenced(text: string, language: string): string {
  const shown = visibleLines(text, '');
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}${language}\n${shown}\n${fence}`;
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}

/** A code span in a cell of a table, which a `|` would end, even in code. */
export function cell(text: string): string {
  return text.includes('|') ? htmlCode(visible(text)) : code(text);
}

/**
 * Plain text, with its line breaks: no formatting and no HTML. What GitHub or GitLab would make a mention, reference,
 * link, emoji or formula of is code, where they make nothing of it.
 */
export function escape(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => words(line, code, punctuation).replace(/^(?:[-+=]|\d+(?=[.)]))/, leading))
    .join('<br>');
}

/** Plain text inside of an HTML block, where Markdown means nothing. */
export function html(text: string): string {
  return inertInline(words(text, htmlCode, entities), reference);
}

/**
 * What becomes something else in text, though no Markdown: mentions and addresses (`@`), links, issues, commits, merge
 * requests, milestones, labels, epics and snippets, other references of GitLab, formulas (`$`), emoji, inline diffs.
 *
 * Source: GitHub's "Autolinked references and URLs" and GFM's autolinks; GitLab's "GitLab Flavored Markdown".
 */
const LIVE = [
  /@./,
  /:\/\/|\b(?:www\.|mailto:|xmpp:)/i,
  /[#!%~&]\w|[%~]"|\bGH-\d/i,
  /\$/,
  /(?<!\w)[0-9a-f]{7,64}(?!\w)/i,
  /:[\w+-]+:/,
  /\[\[|\[\w+:|[{[][-+]/,
];

function isLive(word: string): boolean {
  return LIVE.some((pattern) => pattern.test(word));
}

/** `line` by its words: those that would come to life as `live` has them, without the
 * punctuation after them, the others as `quiet` has them. */
function words(line: string, live: (word: string) => string, quiet: (word: string) => string): string {
  const shown = visible(line).replace(/[^ ]+/g, (word) => {
    if (!isLive(word)) return quiet(word);
    const [, core = '', end = ''] = /^(.*?)([,.;:]*)$/s.exec(word) ?? [];
    return isLive(core) ? `${live(core)}${quiet(end)}` : live(word);
  });
  // Emphasis does not end behind a blank, and a block of code begins with blanks.
  return shown.replace(/^\s+|\s+$/gu, (blanks) => blanks.replace(/\s/gu, reference));
}

function punctuation(word: string): string {
  return entities(word.replace(/[\\`*[\]~|#]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&'));
}

/** The beginning of a list or of an underline: only the first word of a line can be one. */
function leading(beginning: string): string {
  return /\d/.test(beginning) ? `${beginning}\\` : `\\${beginning}`;
}

function entities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Code in HTML, where Markdown finds nothing to format: all but letters, digits and blanks are references. */
function htmlCode(text: string): string {
  return `<code>${text.replace(/[^\p{L}\p{N} ]/gu, reference)}</code>`;
}

function reference(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
}
