import { SeaworthyError, type ErrorCode } from '../../errors';
import { describeValue, isPlainRecord, type PlainRecord } from '../data';
import { pathOf } from '../path';
import { formatKey, formatNumber, formatString } from './scalar';

/** Nesting beyond this is a mistake, most likely an object that contains itself. */
const DEEPEST = 1000;

/** YAML readers look for the colon of a key in this many characters; a longer key stands after a `?`. */
const LONGEST_SIMPLE_KEY = 1000;

/**
 * `value` as one YAML document in block style, indented by two, keys in their order, no line ever folded.
 * Properties that are `undefined` are left out.
 *
 * @throws SeaworthyError UNWRITABLE_STRING for a string with a lone surrogate, RENDER_FAILED for what is not plain
 * data; both name the field.
 */
export function emitYaml(value: unknown): string {
  return new Emitter().document(value);
}

/** `values` as one YAML stream, `---` between the documents. Throws as `emitYaml` does. */
export function emitDocuments(values: Iterable<unknown>): string {
  const documents: string[] = [];
  for (const value of values) documents.push(emitYaml(value));
  return documents.join('---\n');
}

/** Keys in YAML, with their colon. Manifests repeat the same few hundred keys. */
const knownKeys = new Map<string, string>();
const MOST_KNOWN_KEYS = 2000;

/** Writes one document. It knows where it is, so that a bad value can be named at no cost to good ones. */
class Emitter {
  private text = '';
  private readonly steps: (string | number)[] = [];

  document(value: unknown): string {
    if (typeof value === 'object' && value !== null) {
      this.container(value, '', '');
    } else {
      this.text = `${this.scalar(value, undefined, '  ')}\n`;
    }
    return flat(this.text);
  }

  /** What follows a key's colon or an item's dash: a container begins with `lead`, its lines with `indent`. */
  private value(value: unknown, step: string | number, lead: string, indent: string): void {
    if (typeof value === 'object' && value !== null) {
      this.steps.push(step);
      this.container(value, lead, indent);
      this.steps.pop();
    } else {
      this.text += ' ';
      this.text += this.scalar(value, step, indent);
      this.text += '\n';
    }
  }

  private container(value: object, lead: string, indent: string): void {
    if (this.steps.length > DEEPEST) this.fail('RENDER_FAILED', `nested more than ${DEEPEST} deep`);
    const space = this.steps.length === 0 ? '' : ' ';
    if (Array.isArray(value)) {
      if (!this.sequence(value, lead, indent)) this.text += `${space}[]\n`;
    } else if (isPlainRecord(value)) {
      if (!this.mapping(value, lead, indent)) this.text += `${space}{}\n`;
    } else {
      this.fail('RENDER_FAILED', `YAML cannot hold ${describeValue(value)}`);
    }
  }

  /** Writes the entries; false when there are none. */
  private mapping(record: PlainRecord, lead: string, indent: string): boolean {
    const deeper = `${indent}  `;
    const deeperLead = `\n${deeper}`;
    let before = lead;
    let empty = true;
    for (const key of Object.keys(record)) {
      const value = record[key];
      if (value === undefined) continue;
      this.text += before;
      this.text += knownKeys.get(key) ?? this.key(key, indent);
      this.value(value, key, deeperLead, deeper);
      before = indent;
      empty = false;
    }
    return !empty;
  }

  /** Writes the items; false when there are none. */
  private sequence(items: readonly unknown[], lead: string, indent: string): boolean {
    const deeper = `${indent}  `;
    let before = lead;
    for (let index = 0; index < items.length; index++) {
      this.text += before;
      this.text += '-';
      this.value(items[index], index, ' ', deeper);
      before = indent;
    }
    return items.length > 0;
  }

  private key(key: string, indent: string): string {
    const text = formatKey(key) ?? this.failSurrogate(key, key);
    if (text.length > LONGEST_SIMPLE_KEY) return `? ${text}\n${indent}:`;
    const simple = `${text}:`;
    if (knownKeys.size < MOST_KNOWN_KEYS) knownKeys.set(key, simple);
    return simple;
  }

  private scalar(value: unknown, step: string | number | undefined, indent: string): string {
    if (typeof value === 'string') return formatString(value, indent) ?? this.failSurrogate(value, step);
    if (typeof value === 'number' && Number.isFinite(value)) return formatNumber(value);
    if (typeof value === 'bigint') return String(value);
    if (typeof value === 'boolean') return value ? 'true' : 'false';
    if (value === null) return 'null';
    return this.fail('RENDER_FAILED', `YAML cannot hold ${describeValue(value)}`, step);
  }

  private failSurrogate(text: string, step: string | number | undefined): never {
    // The text itself may be a secret.
    const at = text.search(/\p{Surrogate}/u);
    return this.fail('UNWRITABLE_STRING', `half a character, a lone surrogate, at offset ${at}`, step);
  }

  private fail(code: ErrorCode, message: string, step?: string | number): never {
    const path = pathOf(step === undefined ? this.steps : [...this.steps, step]);
    throw new SeaworthyError({ code, message, ...(path === '' ? {} : { path }) });
  }
}

/**
 * `text` as one piece of memory. Appending builds a tree of pieces, and a tree for each document kept until the
 * stream is joined costs five times the memory and most of the time. Reading as a number makes V8 flatten it.
 */
function flat(text: string): string {
  Number(text);
  return text;
}
