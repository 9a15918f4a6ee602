import { LETTER_ESCAPES } from '../../kube/escapes';
import type { Schema } from './schema';
import { propertyOf, schemaUnder } from './schema';

const ESCAPES: Readonly<Record<string, string>> = {
  ...LETTER_ESCAPES,
  "'": "'",
};

/**
 * The `fieldPath` of a rule, `.spec.x` or `['a.b']`, in the API server's format, or what is wrong with it. Each step
 * must be a property or a key of a map.
 */
export function readFieldPath(text: string, schema: Schema): { readonly path: string } | string {
  let [path, at]: [string, Schema] = ['', schema];
  let rest = text;
  while (rest !== '') {
    const step = /^(?:\.([^.[\]]+)|\['((?:[^'\\]|\\.)*)'\])/s.exec(rest);
    if (step === null)
      return `must be a path of fields, such as .spec.name or ['a.b'], and is not from ${rest} on`;
    const name = step[1] ?? unescape(step[2] ?? '');
    if (name === undefined) return `has an escape that is none in ${step[0]}`;
    const isNamed = schemaUnder(at, 'properties') !== undefined;
    const next: Schema | undefined = isNamed ? propertyOf(at, name) : schemaUnder(at, 'additionalProperties');
    if (next === undefined) return `${step[0]} is no field of the schema`;
    path += isNamed ? `${path === '' ? '' : '.'}${name}` : `[${name}]`;
    at = next;
    rest = rest.slice(step[0].length);
  }
  return { path };
}

function unescape(text: string): string | undefined {
  let isWrong = false;
  const plain = text.replace(/\\(.)/gs, (_, sign: string) => {
    const meant = ESCAPES[sign];
    isWrong ||= meant === undefined;
    return meant ?? '';
  });
  return isWrong ? undefined : plain;
}
