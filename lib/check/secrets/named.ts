import { isStandIn } from './tokens';

/** Names that end so hold a password, whatever it looks like. */
const PASSWORD = /(?:^|[^a-z])(?:password|passwd|passphrase|pass|pwd)$|pass(?:word|phrase)$/i;

/** Names that end so hold a credential, or else the name of one, its lifetime, its place … */
const CREDENTIAL =
  /(?:^|[^a-z])(?:secret|token|api[_.-]?key|secret[_.-]?key|access[_.-]?key|private[_.-]?key|auth[_.-]?key|encryption[_.-]?key|signing[_.-]?key|credentials?)$|(?:client|app)secret$|(?:api|access|auth|secret)(?:key|token)$/i;

/** The fewest characters that a made-up credential has. */
const SHORTEST = 12;

/** Bits a character: words have fewer, random letters and digits more. */
const RANDOM = 3;

/** Whether `value` is a secret, by what its name says it is and how it looks. */
export function isSecretValue(name: string, value: string): boolean {
  const text = value.trim();
  if (text === '' || isStandIn(text) || isPlace(text)) return false;
  if (PASSWORD.test(name)) return true;
  return CREDENTIAL.test(name) && looksRandom(text);
}

/** A file, an address, or the header and the like that holds it. */
function isPlace(text: string): boolean {
  return /^(?:\.{0,2}\/|[a-z][a-z0-9+.-]*:\/\/)/i.test(text) || /\s/.test(text);
}

/** Letters with digits among them, in no order that a person would write. */
function looksRandom(text: string): boolean {
  if (text.length < SHORTEST || !/\d/.test(text) || !/[a-z]/i.test(text)) return false;
  // A name such as shop-db-login-2 is made of words.
  const words = text.split(/[-_./]/);
  if (words.length > 1 && words.every((word) => /^(?:[a-z]+\d{0,3}|v?\d{1,4}|[A-Z]+)$/.test(word)))
    return false;
  return entropy(text) >= RANDOM;
}

/** Shannon's entropy, in bits a character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
