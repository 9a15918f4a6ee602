import { visitSecrets, withoutSecrets, type Clean, type SecretLeaf } from '../../check/secrets/object';
import { ROOT } from '../../check/secrets/place';
import { HIDDEN } from '../../check/secrets/spans';
import { isPlainRecord } from '../../manifest/data';
import type { KubeObject, Manifest } from '../../manifest/manifest';
import { stepsTo } from '../../manifest/step';
import { SecretSearch } from './search';
import { jsonText } from '../../manifest/json-text';

const NONE: readonly SecretLeaf[] = [];

/** Objects are read once, however many reports are made of them. */
const known = new WeakMap<KubeObject, readonly SecretLeaf[]>();

/** Fields that objects of files share are read once as well. */
const clean: Clean = new WeakMap();

/** The secrets in an object. */
export function secretLeaves(object: KubeObject): readonly SecretLeaf[] {
  let leaves = known.get(object);
  if (leaves === undefined) {
    const found: SecretLeaf[] = [];
    visitSecrets(object, (leaf) => found.push(leaf), ROOT, clean);
    known.set(object, (leaves = found.length === 0 ? NONE : found));
  }
  return leaves;
}

/** A search for all secrets of `manifests`. */
export function searchFor(manifests: readonly Manifest[]): SecretSearch {
  const holding = manifests.filter(({ object }) => secretLeaves(object).length > 0);
  const search = new SecretSearch(holding.length === 0 ? new Set() : namesIn(manifests));
  for (const { object } of holding)
    for (const { steps, secrets } of secretLeaves(object))
      for (const secret of secrets) search.add(secret, String(steps.at(-1)));
  return search;
}

/** Names that a report has to show: of objects, of the keys of their data and labels, of containers. */
function namesIn(manifests: readonly Manifest[]): Set<string> {
  const names = new Set<string>();
  for (const { id, object } of manifests) {
    for (const name of [id.kind, id.name, id.namespace]) if (name !== undefined) names.add(name);
    const { labels } = object.metadata;
    for (const record of [object['data'], object['stringData'], object['binaryData'], labels])
      if (isPlainRecord(record)) for (const key of Object.keys(record)) names.add(key);
    if (isPlainRecord(labels))
      for (const label of Object.values(labels)) if (typeof label === 'string') names.add(label);
  }
  return names;
}

/** The API server's words before a value. */
const BEFORE_VALUE = /^(?:Invalid value|Unsupported value|Duplicate value|Not found|Too long|Too many): /;

/**
 * A message about the field at `path` of an object, without the secret there: the API server repeats what is in a field.
 */
export function withoutValue(message: string, path: string, object: KubeObject): string {
  const lead = BEFORE_VALUE.exec(message)?.[0];
  if (lead === undefined || secretLeaves(object).length === 0) return message;
  const { steps, value, rest } = stepsTo(object, path);
  if (rest !== '' || withoutSecrets(value, object, steps) === value) return message;
  const said = message.slice(lead.length);
  const text = jsonText(value) ?? '';
  let length = 0;
  while (length < text.length && said[length] === text[length]) length++;
  const isWhole = length === text.length || said[length] === '…';
  if (!isWhole) return message;
  return lead + HIDDEN + said.slice(length).replace(/^…/, '');
}

/**
 * The objects without secrets, also where a secret of one is repeated in another.
 *
 * @param search knows the secrets. @default those of the objects themselves
 */
export function redactObjects(manifests: readonly Manifest[], search = searchFor(manifests)): KubeObject[] {
  return manifests.map(({ object }) =>
    search.isEmpty ? object : (hideIn(withoutSecrets(object), (text) => search.hide(text)) as KubeObject),
  );
}

/** A copy of plain data with `hide` applied to each text. */
export function hideIn(value: unknown, hide: (text: string) => string): unknown {
  if (typeof value === 'string') return hide(value);
  if (Array.isArray(value)) return value.map((item) => hideIn(item, hide));
  if (!isPlainRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hideIn(each, hide)]));
}
