/** Characters that take two columns of a terminal: of East Asian scripts, and emoji. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]/u;

/** Katakana and Hangul of half the width. */
const HALF = /[\uff61-\uffdc]/;

/** Marks that stand on the character before them. */
const MARK = /[\p{Mn}\p{Me}\u200d\ufe0e\ufe0f]/u;

const PLAIN = /^[ -~]*$/;

/** Columns of a terminal that a text without escapes takes. */
export function columnsOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += widthOf(character);
  return columns;
}

function widthOf(character: string): number {
  if (MARK.test(character)) return 0;
  return WIDE.test(character) && !HALF.test(character) ? 2 : 1;
}

/** As much of a text as fits into so many columns; what is cut off leaves an ellipsis. */
export function fitted(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let [shown, used] = ['', 0];
  for (const character of text) {
    used += widthOf(character);
    if (used > columns - 1) break;
    shown += character;
  }
  return columns < 1 ? '' : `${shown.trimEnd()}…`;
}

/** A text with blanks up to so many columns. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}
