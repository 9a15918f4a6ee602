import type { FieldError } from '../../../lib/apiserver/admission/review';
import { applyJsonMerge, jsonMergePatch } from '../../../lib/apiserver/patch/json-merge';
import { applyStrategic, strategicPatch } from '../../../lib/apiserver/patch/strategic';
import type { PlainRecord } from '../../../lib/manifest/data';
import { facts, schemaOf, type Fact } from './facts';

function answer(fact: Fact): Partial<Fact> {
  const schema = schemaOf(fact.kind);
  if (schema === undefined) {
    const patch = jsonMergePatch(fact);
    return { patch, result: applyJsonMerge(fact.live, patch) as PlainRecord };
  }
  const errors: FieldError[] = [];
  const place = { path: '', errors };
  const patch = strategicPatch(fact, schema, place);
  if (errors.length > 0) return { refused: 'kubectl' };
  const result = applyStrategic(fact.live, patch, schema, place);
  return errors.length > 0 ? { patch, refused: 'server' } : { patch, result };
}

test.each(facts.map((fact, index) => [`${fact.kind} ${index}`, fact] as const))(
  'a patch is made and applied as by kubectl and the server: %s',
  (_, fact) => {
    const { kind: _kind, original: _original, modified: _modified, live: _live, ...expected } = fact;
    expect(answer(fact)).toEqual(expected);
  },
);
