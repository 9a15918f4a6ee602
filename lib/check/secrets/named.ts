import { isStandIn } from './tokens';

/** Names with these endings hold a password of any form. */
const PASSWORD = /(?:^|[^a-z])(?:password|passwd|passphrase|pass|pwd)$|pass(?:word|phrase)$/i;

/** Names with these endings hold a credential, or only its name, its lifetime, its location … */
const CREDENTIAL =
  /(?:^|[^a-z])(?:secret|token|api[_.-]?key|secret[_.-]?key|access[_.-]?key|private[_.-]?key|auth[_.-]?key|encryption[_.-]?key|signing[_.-]?key|credentials?)$|(?:client|app)secret$|(?:api|access|auth|secret)(?:key|token)$/i;

/** The minimum length of a generated credential. */
const SHORTEST = 12;

/** Bits per character: words have fewer, random letters and digits more. */
const RANDOM = 3;

/** Whether `value` is a secret, judging by its name and its form. */
export function isSecretValue(name: string, value: string): boolean {
  const text = value.trim();
  if (text === '' || isStandIn(text) || isPlace(text)) return false;
  if (PASSWORD.test(name)) return true;
  return CREDENTIAL.test(name) && looksRandom(text);
}

/** A path, a URL, or text with spaces, such as a header. */
function isPlace(text: string): boolean {
  return /^(?:\.{0,2}\/|[a-z][a-z0-9+.-]*:\/\/)/i.test(text) || /\s/.test(text);
}

/** Letters and digits in an order that a person would not write. */
function looksRandom(text: string): boolean {
  if (text.length < SHORTEST || !/\d/.test(text) || !/[a-z]/i.test(text)) return false;
  // A name such as shop-db-login-2 is made of words.
  const words = text.split(/[-_./]/);
  if (words.length > 1 && words.every((word) => /^(?:[a-z]+\d{0,3}|v?\d{1,4}|[A-Z]+)$/.test(word)))
    return false;
  return entropy(text) >= RANDOM;
}

/** Shannon's entropy, in bits per character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
