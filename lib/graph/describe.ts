import { oneOf } from '../errors';
import type { LabelSelector } from '../kube/labels';
import { formatId, type Manifest } from '../manifest/manifest';
import type { Target } from './reference';

/** A target for people, as seen from an object: `Secret "login" in namespace "shop"`. */
export function describeTarget({ kind, name, namespace }: Target, from: Manifest): string {
  const isNear = namespace === undefined || (namespace === 'default' && from.id.namespace === undefined);
  return `${kind} "${name}"${isNear ? '' : ` in namespace "${namespace}"`}`;
}

/** A selector as kubectl writes it: `app=web,tier in (a,b)`. */
export function describeSelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const pairs = Object.entries(matchLabels).map(([key, value]) => `${key}=${String(value)}`);
  const expressions = matchExpressions.map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'NotIn' ? 'notin' : 'in'} (${values.join(',')})`;
  });
  return [...pairs, ...expressions].join(',');
}

/** `values` in quotes, as a choice: `"a", "b" or "c"`; the first few of many. */
export function choice(values: readonly (string | number)[]): string {
  const shown = values.slice(0, 8).map((value) => `"${value}"`);
  return values.length > shown.length ? `${shown.join(', ')} and others` : oneOf(shown);
}

/** Objects by kind and name: `Secret a, Secret b and Secret c`; the first few of many. */
export function listObjects(manifests: readonly Manifest[]): string {
  const shown = manifests.slice(0, 3).map(({ id }) => formatId(id));
  const rest = manifests.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  const last = shown.slice(-1);
  return shown.length < 2 ? last.join('') : `${shown.slice(0, -1).join(', ')} and ${last.join('')}`;
}
