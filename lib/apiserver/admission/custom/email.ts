/** Characters of an atom (RFC 5322), and all non-ASCII characters. */
const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-\\u0080-\\u{10ffff}]+";
const DOT_ATOM = `${ATOM}(?:\\.${ATOM})*`;
const QUOTED = '"(?:[ \\t!#-\\[\\]-~\\u0080-\\u{10ffff}]|\\\\[ -~\\t\\u0080-\\u{10ffff}])*"';
const LITERAL = '\\[[^\\[\\]\\\\]*\\]';
const SPACE = '[ \\t]*';
const COMMENTS = `(?:\\([^()\\\\]*\\)${SPACE})*`;
const ADDRESS = `${SPACE}(?:${DOT_ATOM}|${QUOTED})${SPACE}@${SPACE}(?:${DOT_ATOM}|${LITERAL})${SPACE}`;

const BARE = new RegExp(`^${ADDRESS}${COMMENTS}$`, 'u');
const IN_BRACKETS = new RegExp(`^${ADDRESS}>${SPACE}${COMMENTS}$`, 'u');
const WORD = new RegExp(`(?:${ATOM}(?:\\.+${ATOM})*\\.*|${QUOTED})`, 'uy');

/**
 * Whether a text is one address, bare or with a name before it: `Ada <ada@example.com>`.
 *
 * The format `email` means mail.ParseAddress of Go's standard library. Unlike that function, this one does not accept
 * groups, and accepts comments only at the end.
 *
 * @source k8s.io/kube-openapi pkg/validation/strfmt/default.go IsEmail 1.36
 */
export function isEmailAddress(text: string): boolean {
  if (BARE.test(text)) return true;
  const bracket = text.lastIndexOf('<');
  return bracket >= 0 && isPhrase(text.slice(0, bracket)) && IN_BRACKETS.test(text.slice(bracket + 1));
}

/** The words of a name, each an atom or a quoted string; the list can be empty. */
function isPhrase(text: string): boolean {
  WORD.lastIndex = 0;
  let end = 0;
  for (;;) {
    while (text[end] === ' ' || text[end] === '\t') end++;
    if (end === text.length) return true;
    WORD.lastIndex = end;
    if (!WORD.test(text)) return false;
    end = WORD.lastIndex;
  }
}
