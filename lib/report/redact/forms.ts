import { visitSecrets } from '../../check/secrets/object';

/** Characters. What is longer is data, of which no message prints more than the beginning. */
const LONGEST = 100_000;

/** Lines of a secret that are searched for on their own. */
const MOST_LINES = 1000;

/**
 * What a secret looks like where it is repeated: as it is, decoded from base64 and encoded, each line of it, and as JSON,
 * YAML and a URL write it.
 */
export function formsOf(secret: string): Set<string> {
  const forms = new Set<string>();
  for (const text of [secret, ...decoded(secret)]) {
    for (const form of [...written(text), ...written(text.trim())]) forms.add(form);
    for (const line of text.split('\n', MOST_LINES)) forms.add(line.trim());
  }
  forms.delete('');
  return forms;
}

function written(text: string): string[] {
  if (text.length > LONGEST) return [text];
  const bytes = Buffer.from(text);
  return [
    text,
    bytes.toString('base64'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    JSON.stringify(text).slice(1, -1),
    text.replaceAll("'", "''"),
    encodeURIComponent(bytes.toString()),
  ];
}

/** The text that base64 stands for, and the secrets in it, if it is one: a password in a file of settings. */
function decoded(text: string): string[] {
  const plain = text.replace(/\s/g, '');
  if (plain.length < 4 || plain.length > LONGEST || !/^[\w+/-]+={0,2}$/.test(plain)) return [];
  const bytes = Buffer.from(plain, 'base64');
  const found = bytes.toString();
  // Bytes that are no text are repeated by nobody.
  if (found.includes('\ufffd') || /[\x00-\x08\x0e-\x1f]/.test(found)) return [];
  const secrets: string[] = [];
  visitSecrets({ text: found }, (leaf) => secrets.push(...leaf.secrets));
  return [found, ...secrets];
}
