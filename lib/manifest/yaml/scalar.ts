/**
 * How strings and numbers stand in YAML, such that kubectl, Helm, Kustomize (go-yaml v2 and v3, YAML 1.1) and
 * YAML 1.2 readers all get the same value back. Bare where that is certain, else quoted.
 */

/**
 * The common case in one pass: printable ASCII that starts like a word, a path or a flag and holds no `: ` or ` #`.
 * `e5` may be a number and takes the long way.
 */
const WORD = /^(?!-?[eE][-+\d])(?:[A-Za-z_/]|--?[A-Za-z])(?:[!-9;-~]|:(?=[!-~])| (?=[!"$-~]))*$/;

/** Expressions that repeat a choice keep a stack, and some millions of characters overflow it. */
const LONGEST_WORD = 100_000;

/** What some reader takes for a boolean, null, a merge or a default value. No case is safe: readers differ. */
const KEYWORD = /^(?:y|n|yes|no|on|off|true|false|null|~|=|<<)$/i;
const LONGEST_KEYWORD = 5;

/**
 * What some reader takes for a number once underscores are out: go-yaml v2 drops them before it parses
 * (`resolve` in its resolve.go), YAML 1.1 knows sexagesimals, and the `yaml` package reads `e5` as a float.
 */
const NUMBER =
  /^[-+]?(?:0b[-+]?[01]*|0o[-+]?[0-7]*|0x[\da-f]*|(?:\d+(?:\.\d*)?|\.\d*)?(?:e[-+]?\d+)?|\d+(?::[0-5]?\d)+(?:\.\d*)?|\.inf|\.nan)$/i;

/** Where a YAML 1.1 timestamp may begin. */
const TIMESTAMP = /^\d{4}-\d\d?-\d\d?(?:$|[Tt]\d|[ \t]+\d)/;

/** Text on one line that a bare scalar cannot hold: indicators, comments, a colon before a space, document markers. */
const NOT_BARE = /\t|^[ ,[\]{}#&*!|>'"%@`]|^[?:-](?: |$)|^(?:---|\.\.\.)|: | #|[ :]$/;

/** Characters that YAML readers refuse, take for line breaks or drop; and surrogates without their other half. */
const UNPRINTABLE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/u;
const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** Characters that JSON leaves unescaped and YAML must escape. */
const JSON_LEAVES = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * `text` as a scalar; further lines, if any, are indented by `indent`.
 * Nothing where no YAML can hold it: a lone surrogate is no character in any encoding.
 */
export function formatString(text: string, indent: string): string | undefined {
  if (isWord(text)) return text;
  if (UNPRINTABLE.test(text)) return LONE_SURROGATE.test(text) ? undefined : doubleQuoted(text);
  if (text.includes('\n')) return holdsAsLiteral(text) ? literal(text, indent) : doubleQuoted(text);
  return formatLine(text);
}

/** `text` as a key of a map: always on one line. Nothing where no YAML can hold it. */
export function formatKey(text: string): string | undefined {
  if (isWord(text)) return text;
  if (UNPRINTABLE.test(text)) return LONE_SURROGATE.test(text) ? undefined : doubleQuoted(text);
  return text.includes('\n') ? doubleQuoted(text) : formatLine(text);
}

/**
 * A finite number such that Go reads the same one. Integers beyond 2^53 are written out in full: JavaScript would
 * round them to the shortest digits that mean the same double, and Go reads digits as an int64.
 */
export function formatNumber(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21)
    return BigInt(value).toString();
  return String(value);
}

/** Whether `text` is the common case that stands bare and means itself to every reader. */
export function isWord(text: string): boolean {
  if (text.length <= LONGEST_KEYWORD) return WORD.test(text) && !KEYWORD.test(text);
  return text.length <= LONGEST_WORD && WORD.test(text);
}

function formatLine(text: string): string {
  if (isBareLine(text) && !meansSomethingElse(text)) return text;
  return text.includes('"') && !/['\t]/.test(text) ? `'${text}'` : doubleQuoted(text);
}

/** Whether a line of text is a single bare scalar of any type. */
export function isBareLine(text: string): boolean {
  return text !== '' && !NOT_BARE.test(text);
}

function meansSomethingElse(text: string): boolean {
  return KEYWORD.test(text) || NUMBER.test(text.replaceAll('_', '')) || TIMESTAMP.test(text);
}

function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(JSON_LEAVES, escape);
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A block cannot end in a line of blanks, and one of nothing but blanks is better seen in quotes. */
function holdsAsLiteral(text: string): boolean {
  const tail = blankTail(text);
  return tail.length < text.length && (text.endsWith('\n') || !tail.includes('\n'));
}

/**
 * `text` as a literal block, without the line break that ends it. An indentation indicator stands where the first
 * line starts with blanks: readers would count those as indentation, and Go refuses a tab there.
 */
function literal(text: string, indent: string): string {
  const tail = blankTail(text);
  const indicator = /^\n*[ \t]/.test(text) ? '2' : '';
  const chomping = !tail.includes('\n') ? '-' : tail.indexOf('\n') < tail.length - 1 ? '+' : '';
  const body = chomping === '-' ? text : text.slice(0, -1);
  return `|${indicator}${chomping}\n${body.replace(/^(?=[^\n])/gm, indent)}`;
}

/** The blanks and line breaks that `text` ends in. */
function blankTail(text: string): string {
  let start = text.length;
  while (start > 0 && BLANKS.includes(text.charAt(start - 1))) start--;
  return text.slice(start);
}

const BLANKS = ' \t\n';
