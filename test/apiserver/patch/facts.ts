import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kindSchema, type Schema } from '../../../lib/kube/schema';
import type { PlainRecord } from '../../../lib/manifest/data';

/** What apimachinery makes of three states of an object: see scripts/patch/README.md. */
export interface Fact {
  readonly kind: string;
  readonly original: PlainRecord;
  readonly modified: PlainRecord;
  readonly live: PlainRecord;
  readonly patch?: PlainRecord;
  readonly result?: PlainRecord;
  readonly refused?: 'kubectl' | 'server';
}

export const facts: readonly Fact[] = readFileSync(join(__dirname, 'facts.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Fact);

/** The schema of a built-in kind. */
export function schemaOf(kind: string): Schema | undefined {
  const struct = kindSchema('1.36', kind === 'Deployment' ? 'apps/v1' : 'v1', kind);
  return struct && { type: 'struct', struct: () => struct, atomic: false };
}
