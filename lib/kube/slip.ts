import { editDistance } from '../errors';

/**
 * Whether two names differ by a slip of the fingers: a letter in one of their words, or two where `letters` says so and
 * the word is long enough. Names that differ in a number are a series: `web-1` is not meant by `web-2`.
 */
export function isSlip(name: string, other: string, letters: 1 | 2 = 1): boolean {
  const [a, b] = [name.toLowerCase(), other.toLowerCase()];
  if (name === other || withoutNumbers(a) === withoutNumbers(b)) return a === b && name !== other;
  const [words, others] = [a.split(BETWEEN), b.split(BETWEEN)];
  // A separator more or less, or another one: `webtls` or `web_tls` for `web-tls`.
  if (words.length !== others.length) return words.join('') === others.join('');
  const different = words.flatMap((word, index) => {
    const meant = others[index] ?? '';
    return word === meant ? [] : [[word, meant] as const];
  });
  const [only, ...more] = different;
  if (only === undefined) return true;
  return more.length === 0 && isWordSlip(only[0], only[1], letters);
}

/**
 * Whether a name differs by a slip from one of the others. Of many the first are compared: without an end, n wrong names
 * among n right ones would take n² comparisons.
 */
export function isSlipOfAny(name: string, others: Iterable<string>, letters: 1 | 2 = 1): boolean {
  let compared = 0;
  for (const other of others) {
    if (++compared > MOST_COMPARED) return false;
    if (isSlip(name, other, letters)) return true;
  }
  return false;
}

/** Names that one name is compared with. */
const MOST_COMPARED = 200;

const BETWEEN = /[-._/]/;

/** Words shorter than this differ on purpose: `ui` and `db`, `ro` and `rw`. */
const SHORTEST = 3;
/** In words of this length two letters may be wrong. */
const LONG = 6;

function isWordSlip(word: string, meant: string, letters: 1 | 2): boolean {
  const length = Math.max(word.length, meant.length);
  if (length < SHORTEST) return false;
  const most = length >= LONG ? letters : 1;
  return editDistance(word, meant, most + 1) <= most;
}

function withoutNumbers(name: string): string {
  return name.replace(/\d+/g, '0');
}
