import { isPlaceholder, isReference, isStandIn, isTrivial } from './stand-in';

/** Names with these endings hold a password of any form. */
const PASSWORD = /(?:^|[^a-z])(?:password|passwd|passphrase|pass|pwd)$|pass(?:word|phrase)$/i;

/** Names with these endings hold a credential, or only its name, its lifetime, its location … */
const CREDENTIAL =
  /(?:^|[^a-z])(?:secret|token|api[_.-]?key|secret[_.-]?key|access[_.-]?key|private[_.-]?key|auth[_.-]?key|encryption[_.-]?key|signing[_.-]?key|account[_.-]?key|credentials?)$|(?:client|app)secret$|(?:api|access|auth|secret|account)(?:key|token)$/i;

/**
 * What may follow the word in a name: `DB_PASSWORD_OLD`, `passwords`, `API_KEY_2`, `passwordHash`. Each name can be read
 * in one way only: `base64` is `base`, `6` and `4`. Otherwise those with many would take forever.
 */
const AFTER =
  's?(?:[_.-]?(?:\\d|old|new|previous|current|next|backup|hash(?:ed)?|plain|value|text|txt|b64|base|encoded|data))*$';

/** The same with more endings, for what must not be shown, even if it may be no secret. */
const PASSWORD_LIKE = new RegExp(
  `(?:pass(?:word|wd|phrase|code)|(?:^|[^a-z])(?:pass|pwd|pin)|requirepass|masterauth)${AFTER}`,
  'i',
);
const CREDENTIAL_LIKE = new RegExp(
  `(?:secret|token|credential|bearer|(?:api|secret|access|private|auth|encryption|signing|master|account|shared|ssh|session|license|deploy|webhook)[_.-]?key|(?:^|[^a-z])(?:creds?|(?:tls|ssl|server|client)[_.-]key|id_(?:rsa|dsa|ecdsa|ed25519)|kubeconfig|htpasswd|pgpass|netrc|dockercfg|dockerconfigjson))${AFTER}`,
  'i',
);
const LEAF_LIKE = new RegExp(
  `(?:^|[^a-z])_?(?:auth|authorization|cookie|jwt|otp|hmac|sig|signature|salt|seed|mnemonic|dsn|connection[_.-]?string|jaas[_.-]?config)${AFTER}`,
  'i',
);
/** `dbPass`, `userPwd`. */
const CAMEL = /[a-z0-9](?:Pass|Pwd|Pin|Auth|Jwt|Sig|Salt|Seed|Dsn|Cookie|ConnectionString)$/;

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

type Promised = 'password' | 'credential' | 'leaf';

/** Null for a name that promises nothing. */
const kinds = new Map<string, Promised | null>();

/**
 * What a name promises: a password, a credential, or for a `leaf` a credential unless there is a map below it. Names
 * repeat: the answers are kept, as long as there are not too many.
 */
export function promiseOf(name: string): Promised | undefined {
  let found = kinds.get(name);
  if (found !== undefined) return found ?? undefined;
  if (kinds.size > 10_000) kinds.clear();
  found = PASSWORD_LIKE.test(name)
    ? 'password'
    : CREDENTIAL_LIKE.test(name)
      ? 'credential'
      : LEAF_LIKE.test(name) || CAMEL.test(name)
        ? 'leaf'
        : null;
  kinds.set(name, found);
  return found ?? undefined;
}

/**
 * Whether a value may be a secret, judging by its name. More cautious than `isSecretValue`: a report may hide a value
 * that is none, and must not show one.
 */
export function mayBeSecret(name: string, value: string): boolean {
  const promise = promiseOf(name);
  if (promise === undefined) return false;
  const text = value.trim();
  if (text === '') return false;
  if (isTrivial(text) || isPlaceholder(text) || isReference(text) || isPath(text)) return false;
  if (promise === 'password') return true;
  // The name of a Secret or of a key in one, a limit, the address of who issues tokens.
  if (/secrets?$/i.test(name) ? isWords(text) : /secret[_.-]?key$/i.test(name) && KEY.test(text))
    return false;
  return !/^\d{1,5}$/.test(text) && !/^[a-z][a-z0-9+.-]*:\/\/[^@]*$/i.test(text);
}

/** What the keys of Secrets are called. */
const KEY =
  /^(?:[a-z]+[-_.])*(?:user(?:name)?|pass(?:word|wd)?|token|secret|key|access[-_]?key|secret[-_]?key|credentials|value|data)$/i;

/** A path, a URL, or text with spaces, such as a header. */
function isPlace(text: string): boolean {
  return /^(?:\.{0,2}\/|[a-z][a-z0-9+.-]*:\/\/)/i.test(text) || /\s/.test(text);
}

/** A path of names. A password or base64 can begin with a slash too. */
function isPath(text: string): boolean {
  if (!/^\.{0,2}(?:\/[\w.@-]+)+\/?$/.test(text)) return false;
  const parts = text.split('/').filter((part) => part !== '');
  return parts.length > 1 ? !parts.some(looksRandom) : /^\W{0,10}[a-z._-]+\/?$/i.test(text);
}

/** Letters and digits in an order that a person would not write. */
function looksRandom(text: string): boolean {
  if (text.length < SHORTEST || !/\d/.test(text) || !/[a-z]/i.test(text)) return false;
  return !isWords(text) && entropy(text) >= RANDOM;
}

/** A name such as shop-db-login-2, which is made of words. */
function isWords(text: string): boolean {
  const words = text.split(/[-_./]/);
  return words.length > 1 && words.every((word) => /^(?:[a-z]+\d{0,3}|v?\d{1,4}|[A-Z]+)$/.test(word));
}

/** Shannon's entropy, in bits per character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
