import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import { mayBeSecret } from './named';
import { isSecretAt, itemPlace, placeAt, placesIn, ROOT, type Place, type Steps } from './place';
import { hide, HIDDEN, isWord, secretSpans } from './spans';

/** A scalar that is a secret or contains one. */
export interface SecretLeaf {
  /** Where it is, from the value that was visited. */
  readonly steps: Steps;
  /** What it is with its secrets hidden. */
  readonly shown: string;
  /** The secrets in it. */
  readonly secrets: readonly string[];
}

/** Fields of objects that no secret is in, by the places that they had: the manifests of a fleet have whole fields in common. */
export type Clean = WeakMap<object, Place>;

/**
 * Calls `found` with each scalar of `value` that is a secret or contains one. Time grows with its size alone.
 *
 * @param clean fields that are not walked again, and takes those that need not be. @default all of them are walked
 */
export function visitSecrets(
  value: unknown,
  found: (leaf: SecretLeaf) => void,
  place: Place = ROOT,
  clean?: Clean,
): void {
  new Walk(found, clean).value(value, place);
}

/**
 * A copy of `value` in which `(hidden)` is in the place of each secret, and of each part of a text that is one.
 *
 * @param object what it is a part of. @default it is a whole object
 * @param steps where it is in `object`
 */
export function withoutSecrets(value: unknown, object?: unknown, steps: Steps = []): unknown {
  let copy = value;
  visitSecrets(
    value,
    ({ steps: at, shown }) => {
      copy = replaced(copy, at, shown, value);
    },
    placeAt(object, steps),
  );
  return copy;
}

/** Copies only what is on the way to the secret. */
function replaced(copy: unknown, [step, ...steps]: Steps, shown: string, original: unknown): unknown {
  if (step === undefined || typeof original !== 'object' || original === null) return shown;
  const value = (original as PlainRecord)[step];
  const own = copy === original ? copied(original) : copy;
  const child = replaced((own as PlainRecord)[step], steps, shown, value);
  Object.defineProperty(own, step, { value: child, writable: true, enumerable: true, configurable: true });
  return own;
}

function copied(original: object): object {
  return Array.isArray(original) ? [...(original as unknown[])] : { ...original };
}

class Walk {
  readonly #found: (leaf: SecretLeaf) => void;
  readonly #clean: Clean | undefined;
  readonly #steps: (string | number)[] = [];
  #count = 0;

  constructor(found: (leaf: SecretLeaf) => void, clean: Clean | undefined) {
    this.#found = found;
    this.#clean = clean;
  }

  value(value: unknown, place: Place): void {
    if (value === '') return;
    if (Array.isArray(value)) return this.#list(value, place);
    if (isPlainRecord(value)) return this.#record(value, place);
    if (typeof value === 'string') {
      if (isSecretAt(place, value)) this.#add(HIDDEN, [value]);
      else this.#text(value, place);
    } else if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') {
      // A number where a text belongs is as secret as the text.
      if (isSecretAt(place, String(value))) this.#add(HIDDEN, [String(value)]);
    }
  }

  #list(list: readonly unknown[], place: Place): void {
    for (let index = 0; index < list.length; index++) {
      this.#steps.push(index);
      this.value(list[index], itemPlace(list, index, place));
      this.#steps.pop();
    }
  }

  #record(record: PlainRecord, place: Place): void {
    const placeOf = placesIn(record, place);
    const clean = this.#steps.length === 0 ? this.#clean : undefined;
    for (const key of Object.keys(record)) {
      this.#steps.push(key);
      if (clean === undefined) this.value(record[key], placeOf(key));
      else this.#field(record[key], placeOf(key), clean);
      this.#steps.pop();
    }
  }

  /** A field of the object itself. What is found in it depends on no more than what it holds and the place. */
  #field(value: unknown, place: Place, clean: Clean): void {
    if (typeof value !== 'object' || value === null) return this.value(value, place);
    if (clean.get(value) === place) return;
    const before = this.#count;
    this.value(value, place);
    if (this.#count === before) clean.set(value, place);
  }

  #text(text: string, { name, before, isBinary }: Place): void {
    if (isBinary) return this.#binary(text, name);
    if (name === LAST_APPLIED) return this.#lastApplied(text);
    // A list in JSON can be this short, with a flag and its value.
    if (before === undefined && isWord(text) && !text.startsWith('[')) return;
    // An argument belongs to the flag before it.
    const flag = text.startsWith('-') ? undefined : /^--?([A-Za-z][\w.-]*)$/.exec(before ?? '')?.[1];
    if (flag !== undefined && mayBeSecret(flag, text)) return this.#add(HIDDEN, [text]);
    const lead = flag === undefined ? '' : `${before} `;
    const json = parsed(text);
    const plain = json.secrets.length > 0 ? JSON.stringify(withoutSecrets(json.value)) : text;
    const spans = secretSpans(lead + plain);
    if (spans.length + json.secrets.length === 0) return;
    const own = spans
      .filter(({ end }) => end > lead.length)
      .map(({ start, end }) => ({ start: Math.max(0, start - lead.length), end: end - lead.length }));
    if (own.length + json.secrets.length === 0) return;
    this.#add(hide(plain, own), [...json.secrets, ...own.map(({ start, end }) => plain.slice(start, end))]);
  }

  /** The whole object as kubectl applied it last; where it cannot be read, nothing of it is shown. */
  #lastApplied(text: string): void {
    const { value, secrets } = parsed(text);
    if (value === undefined) this.#add(HIDDEN, [text]);
    else if (secrets.length > 0) this.#add(JSON.stringify(withoutSecrets(value)), secrets);
  }

  #binary(text: string, name: string): void {
    const content = Buffer.from(text, 'base64').toString();
    const secrets: string[] = [];
    visitSecrets({ [name]: content }, (leaf) => secrets.push(...leaf.secrets));
    if (secrets.length > 0) this.#add(HIDDEN, [text, ...secrets]);
  }

  #add(shown: string, secrets: readonly string[]): void {
    this.#count++;
    this.#found({ steps: [...this.#steps], shown, secrets });
  }
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** A text as JSON, with the secrets that its names tell of, such as those of a container's variables. */
function parsed(text: string): { readonly value?: unknown; readonly secrets: readonly string[] } {
  if (!/^\s*[[{]/.test(text)) return { secrets: [] };
  try {
    const value: unknown = JSON.parse(text);
    const secrets: string[] = [];
    visitSecrets(value, (leaf) => secrets.push(...leaf.secrets));
    return { value, secrets };
  } catch {
    return { secrets: [] };
  }
}
