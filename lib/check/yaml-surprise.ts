import type { FieldSources } from '../manifest/field-sources';
import type { Finding } from './finding';

/** The words of admission where a string is required, and YAML has made something else of the text. */
const NO_STRING = /expected string, got (boolean|integer|number|null)/;

/**
 * A finding with a way out, if it is about a string that YAML 1.1 reads as something else: `y` is a boolean, `010` the
 * number 8. Numbers are shown in metadata only: elsewhere, one may be a password.
 *
 * @param object what was read, which knows its place in the text
 */
export function withYamlHint(finding: Finding, object: object, sources: FieldSources): Finding {
  const { rule, path, message, hint, id } = finding;
  const [, type] = (rule === 'admission/wrong-type' && NO_STRING.exec(message)) || [];
  const isNull = rule === 'admission/required';
  if (hint !== undefined || (type === undefined && !isNull)) return finding;
  const scalar = sources.scalarOf(object, path);
  if (scalar === undefined || scalar.text === '' || (isNull && scalar.value !== null)) return finding;
  const { text, value } = scalar;
  const isShown = id.kind !== 'Secret' || /^metadata\.(?:name|generateName|namespace|labels)\b/.test(path);
  const isWord = typeof value !== 'number' && typeof value !== 'bigint';
  const said = isShown && (isWord || path.startsWith('metadata.')) ? text : undefined;
  return { ...finding, hint: hintFor(said, value) };
}

function hintFor(text: string | undefined, value: string | number | bigint | boolean | null): string {
  const read =
    value === null ? 'null, which is no value' : `the ${typeof value === 'boolean' ? 'boolean' : 'number'}`;
  if (text === undefined) return `Write it in quotes: YAML reads it as ${read.replace(/^the /, 'a ')}.`;
  const shown =
    value === null || String(value) === text ? read.replace(/^the /, 'a ') : `${read} ${String(value)}`;
  return `Write "${text}" in quotes: YAML 1.1 reads ${text} as ${shown}.`;
}
