import { promiseOf } from '../../check/secrets/named';
import { hide, HIDDEN } from '../../check/secrets/spans';
import { formsOf } from './forms';
import { FormsIndex } from './forms-index';

/** Characters of a form by which it is looked up, and the fewest of one that is searched for in a text. */
const PREFIX = 6;

/** Characters. What is longer is searched for in a text, even if it is made of letters alone. */
const LONG = 12;

/**
 * Characters that may be compared for each one of a text, and for any text. Real texts need a few; of one that repeats
 * itself as the secrets do, the rest is hidden.
 */
const EFFORT = { each: 200, any: 10_000 };

/** What is between quotes: no form that is searched for there is longer. A quote can be the end and the beginning of one. */
const QUOTED = ['"', "'", '`'].map(
  (quote) => new RegExp(`(?<=${quote})(?:[^${quote}\\\\]|\\\\[^]){1,${LONG}}(?=${quote})`, 'g'),
);

/** Words that are in many reports, whatever else they may be. */
const COMMON = new Set(
  (
    'admin root user username login email name key value password passwd secret token test example changeme default ' +
    'guest public private local localhost host port database postgres postgresql mysql mariadb mongodb redis rabbitmq ' +
    'kafka elastic opaque true false yes no none null disable disabled enable enabled require production staging ' +
    'development info debug warn warning error string integer number boolean array object'
  ).split(' '),
);

/** `orders`, `Orders-API`, and nothing that was generated or encoded. */
const WORDS = /^(?:[A-Z]?[a-z]+|[A-Z]+)(?:[-_. ](?:[A-Z]?[a-z]+|[A-Z]+))*$/;

/** Finds the secrets of a report in its texts: all in one walk over a text, however many there are. */
export class SecretSearch {
  /** Forms that are searched for anywhere, by their first characters. */
  readonly #anywhere = new Map<string, FormsIndex>();
  /** The first two characters of those, as one number: most places of a text need no further look. */
  readonly #starts = new Set<number>();
  /** Forms that could be ordinary words: they count as a whole word in quotes. */
  readonly #quoted = new Set<string>();
  /** Words that are passwords by their name: they count as a whole word. */
  readonly #words = new Set<string>();
  readonly #names: ReadonlySet<string>;
  readonly #known = new Set<string>();

  /** @param names of objects, keys and the like, which are no secrets even if a Secret has them as a value */
  constructor(names: ReadonlySet<string>) {
    this.#names = names;
  }

  get isEmpty(): boolean {
    return this.#known.size === 0;
  }

  /** @param name what the value is called */
  add(secret: string, name: string): void {
    if (this.#known.has(secret)) return;
    this.#known.add(secret);
    for (const form of formsOf(secret)) this.#addForm(form, name);
  }

  #addForm(form: string, name: string): void {
    if (form.length < 3 || this.#names.has(form) || COMMON.has(form.toLowerCase())) return;
    if (/^\d{1,5}$/.test(form)) return;
    const isWord = WORDS.test(form) || /^\d+$/.test(form);
    if (form.length < PREFIX || (isWord && form.length < LONG)) {
      this.#quoted.add(form);
      if (form.length >= PREFIX && promiseOf(name) === 'password') this.#words.add(form);
      return;
    }
    this.#starts.add(startAt(form, 0));
    const prefix = form.slice(0, PREFIX);
    const known = this.#anywhere.get(prefix);
    if (known === undefined) this.#anywhere.set(prefix, new FormsIndex(form));
    else known.add(form);
  }

  /** `text` with `(hidden)` for each secret in it. */
  hide(text: string): string {
    if (this.isEmpty || text === '') return text;
    if (this.#quoted.has(text)) return HIDDEN;
    return hide(text, [...this.#spans(text), ...this.#wordSpans(text)]);
  }

  *#spans(text: string): Generator<{ start: number; end: number }> {
    if (this.#anywhere.size === 0) return;
    let left = EFFORT.each * text.length + EFFORT.any;
    const step = (count: number): void => {
      left -= count;
    };
    for (let start = 0; start + PREFIX <= text.length; start++) {
      if (!this.#starts.has(startAt(text, start))) continue;
      const forms = this.#anywhere.get(text.slice(start, start + PREFIX));
      if (forms === undefined) continue;
      const length = forms.matching(text, start, PREFIX, step);
      if (length > 0) yield { start, end: start + length };
      if (left >= 0) continue;
      yield { start, end: text.length };
      return;
    }
  }

  *#wordSpans(text: string): Generator<{ start: number; end: number }> {
    if (this.#quoted.size === 0) return;
    for (const { index, 0: quoted } of QUOTED.flatMap((pattern) => [...text.matchAll(pattern)]))
      if (this.#quoted.has(quoted)) yield { start: index, end: index + quoted.length };
    if (this.#words.size === 0) return;
    for (const { index, 0: word } of text.matchAll(/[a-z]+(?:[-_. ][a-z]+)*|\d+/gi)) {
      if (this.#words.has(word)) yield { start: index, end: index + word.length };
      let start = index;
      for (const part of word.split(/[-_. ]/)) {
        if (this.#words.has(part)) yield { start, end: start + part.length };
        start += part.length + 1;
      }
    }
  }
}

function startAt(text: string, index: number): number {
  return text.charCodeAt(index) * 0x10000 + text.charCodeAt(index + 1);
}
