/**
 * Compares the schema with what an API server of Kubernetes 1.36 said of recorded objects:
 *
 *     npx jiti scripts/corpus/schema.ts [admission.jsonl.gz]
 *
 * An object that the server could decode must be wholly known to the schema, whatever validation then said of it;
 * one that it could not decode must not be; and a field that it called unknown must be unknown here.
 */
import { decode } from '../../lib/apiserver/admission/decode/decode';
import type { FieldError } from '../../lib/apiserver/admission/review';
import { kindSchema } from '../../lib/kube/schema';
import { readRecorded, type Recorded } from './recorded';

function compare(recorded: readonly Recorded[]): void {
  const tally = {
    accepted: new Tally('accepted, and wholly known here'),
    decoded: new Tally('refused by validation alone, and wholly known here'),
    unknown: new Tally('refused for unknown fields, and the same fields unknown here'),
    refused: new Tally('refused while decoding, and a mismatch here'),
  };
  for (const { id, object, create } of recorded) {
    const schema = kindSchema('1.36', object.apiVersion, object.kind);
    if (schema === undefined) throw new Error(`${id}: the schema does not know ${object.kind}`);
    const found = decode(object, schema, '1.36').violations;
    if (create.ok) tally.accepted.add(id, found.length === 0, describe(found));
    else if (create.code !== 400) tally.decoded.add(id, found.length === 0, describe(found));
    else {
      const message = create.message ?? '';
      const fields = [...message.matchAll(/unknown field "([^"]*)"/g)].map(([, path]) => path ?? '').sort();
      if (fields.length === 0) tally.refused.add(id, found.length > 0, message);
      else tally.unknown.add(id, String(unknownFields(found)) === String(fields), message + describe(found));
    }
  }
  for (const each of Object.values(tally)) each.print();
  process.exitCode = Object.values(tally).every((each) => each.failures.length === 0) ? 0 : 1;
}

function unknownFields(found: readonly FieldError[]): string[] {
  return found
    .filter(({ reason }) => reason === 'unknown-field')
    .map(({ path }) => path)
    .sort();
}

function describe(found: readonly FieldError[]): string {
  return found.map(({ path, message }) => `${path}: ${message}`).join('; ');
}

/** How many of some objects are as they should be, and which are not. */
class Tally {
  readonly failures: string[] = [];
  private readonly about: string;
  private total = 0;

  constructor(about: string) {
    this.about = about;
  }

  add(id: string, agrees: boolean, why: string): void {
    this.total++;
    if (!agrees) this.failures.push(`${id}\n    ${why}`);
  }

  print(): void {
    console.log(`${this.total - this.failures.length} of ${this.total} ${this.about}`);
    for (const failure of this.failures.slice(0, 20)) console.log(`  ${failure}`);
    if (this.failures.length > 20) console.log(`  … and ${this.failures.length - 20} more`);
  }
}

compare(readRecorded('admission.jsonl.gz', process.argv[2]));
