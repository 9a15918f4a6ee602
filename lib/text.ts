/**
 * Characters that a terminal obeys, that reorder or hide what stands beside them, or that nobody sees: controls (C0, DEL,
 * C1), format characters such as bidirectional overrides, line and paragraph separators, lone surrogates, and what fonts
 * ignore. The selector that makes an emoji of a symbol may follow one.
 */
export const UNSEEN =
  /(?!(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

/** Nothing but ASCII that is seen. */
const PLAIN = /^[ -~]*$/;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** `text` in one line, with every character that is not seen written out as JSON writes it: `\n`, `\u001b`. */
export function visible(text: string): string {
  return PLAIN.test(text) ? text : text.replace(UNSEEN, writtenOut);
}

/** As `visible`, with line breaks kept: each line after the first begins with `indent`. Tabs become blanks. */
export function visibleLines(text: string, indent: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => visible(line.replaceAll('\t', '  ')))
    .join(`\n${indent}`);
}

/**
 * Begins a command at the beginning of a line in a log, behind blanks and colours: `::`, of GitHub Actions.
 *
 * Source: actions/runner, src/Runner.Common/ActionCommand.cs: TryParseV2 trims the line, TryParse searches it for `##[`.
 */
const COMMAND = /:(?=:)(?<=^(?:[^\S\n]|\u001b\[[\d;]*m)*:)/gmu;

/** Begins one anywhere in a line: `##[` (the old form of GitHub Actions), `##vso[` (Azure Pipelines), `##teamcity[`. */
const INLINE_COMMAND = /#(?=#\w*\[)/g;

/** `lines` of a log without a command: the character that would begin one is written out. */
export function inert(lines: string, write: (character: string) => string = writtenOut): string {
  return inertInline(lines.replace(COMMAND, write), write);
}

/** As `inert`, for text that begins no line. */
export function inertInline(text: string, write: (character: string) => string = writtenOut): string {
  return text.replace(INLINE_COMMAND, write);
}

/** The JSON escapes of a character: one for each UTF-16 unit. */
export function writtenOut(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return SHORT[character] ?? units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

/** The first `longest` characters of `text`, and how many follow. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const shown = beginning(text, longest);
  return `${shown}… (${text.length - shown.length} more characters)`;
}

/** At most `longest` characters, no pair of surrogates parted. */
export function beginning(text: string, longest: number): string {
  const last = text.charCodeAt(longest - 1);
  const parts = text.length > longest && last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, parts ? longest - 1 : longest);
}
