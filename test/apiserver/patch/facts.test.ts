import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FieldError } from '../../../lib/apiserver/admission/review';
import { applyJsonMerge, jsonMergePatch } from '../../../lib/apiserver/patch/json-merge';
import { applyStrategic, strategicPatch } from '../../../lib/apiserver/patch/strategic';
import { kindSchema, type Schema } from '../../../lib/kube/schema';
import type { PlainRecord } from '../../../lib/manifest/data';

/** What apimachinery makes of three states of an object: see scripts/patch/README.md. */
interface Fact {
  readonly kind: string;
  readonly original: PlainRecord;
  readonly modified: PlainRecord;
  readonly live: PlainRecord;
  readonly patch?: PlainRecord;
  readonly result?: PlainRecord;
  readonly refused?: 'kubectl' | 'server';
}

const facts = readFileSync(join(__dirname, 'facts.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Fact);

function schemaOf(kind: string): Schema | undefined {
  const struct = kindSchema('1.36', kind === 'Deployment' ? 'apps/v1' : 'v1', kind);
  return struct && { type: 'struct', struct: () => struct, atomic: false };
}

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
