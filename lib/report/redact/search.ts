import { promiseOf } from '../../check/secrets/named';
import { hide, HIDDEN } from '../../check/secrets/spans';
import { formsOf } from './forms';

/** Characters of a form by which it is looked up, and the fewest of one that is searched for in a text. */
const PREFIX = 6;

/** Characters. What is longer is searched for in a text, even if it is made of letters alone. */
const LONG = 12;

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
  readonly #anywhere = new Map<string, Set<string>>();
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
    if (known === undefined) this.#anywhere.set(prefix, new Set([form]));
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
    for (let start = 0; start + PREFIX <= text.length; start++) {
      if (!this.#starts.has(startAt(text, start))) continue;
      let end = start;
      for (const form of this.#anywhere.get(text.slice(start, start + PREFIX)) ?? [])
        end = Math.max(end, start + matching(text, start, form));
      if (end > start) yield { start, end };
    }
  }

  *#wordSpans(text: string): Generator<{ start: number; end: number }> {
    if (this.#quoted.size === 0) return;
    for (const { index, 0: quoted } of text.matchAll(/"(?:[^"\\]|\\.)*"|'[^']*'|`[^`]*`/g))
      if (this.#quoted.has(quoted.slice(1, -1))) yield { start: index + 1, end: index + quoted.length - 1 };
    if (this.#words.size === 0) return;
    for (const { index, 0: word } of text.matchAll(/[a-z]+(?:[-_. ][a-z]+)*|\d+/gi))
      for (const part of [word, ...word.split(/[-_. ]/)]) {
        if (!this.#words.has(part)) continue;
        const start = index + word.indexOf(part);
        yield { start, end: start + part.length };
      }
  }
}

function startAt(text: string, index: number): number {
  return text.charCodeAt(index) * 0x10000 + text.charCodeAt(index + 1);
}

/** How much of `form` is at `start`: all of it; or as much as there is of one that was cut. */
function matching(text: string, start: number, form: string): number {
  if (text.startsWith(form, start)) return form.length;
  let length = PREFIX;
  while (length < form.length && text[start + length] === form[length]) length++;
  return /^"?(?:…|\.\.\.)/.test(text.slice(start + length, start + length + 4)) ? length : 0;
}
