/**
 * What one letter after a backslash stands for in Go, and in the languages that follow it: CEL and PromQL. Each allows the
 * quotes that it has beside these.
 *
 * Source: "String literals" and "Rune literals" of the Go specification.
 */
export const LETTER_ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};
