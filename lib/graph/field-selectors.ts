import type { LabelSelector } from '../kube/labels';
import type { Field } from '../manifest/field';

/** The selector in a field, as far as it is one; nothing where there is none. */
export function selectorOf(field: Field): LabelSelector | undefined {
  if (!field.isSet) return undefined;
  return {
    matchLabels: textsOf(field.child('matchLabels')),
    matchExpressions: field.child('matchExpressions').items.map((requirement) => ({
      key: requirement.child('key').text,
      operator: requirement.child('operator').text,
      values: requirement.child('values').texts,
    })),
  };
}

/** The strings of a map. */
export function textsOf(map: Field): Readonly<Record<string, string>> {
  return Object.fromEntries(map.entries.map(({ name, text }) => [name, text]));
}
