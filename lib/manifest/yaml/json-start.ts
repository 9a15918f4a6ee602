/** Space to Go: a byte order mark is none. */
export const GO_SPACE = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** What kubectl takes for a stream of JSON: space, then a brace. */
const STARTS_JSON = new RegExp(`^${GO_SPACE.source}{0,4095}\\{`);

export function startsJson(text: string): boolean {
  return STARTS_JSON.test(text);
}
