import { isSecretValue, mayBeSecret, promiseOf } from './named';
import type { Span } from './span';
import { valuesAt, type Written } from './values';

/** A name and a separator: `password: `, `"token":`, `--db.password=`, `:pass => `, `$env:KEY =`. */
const ASSIGNED = /(?<![\w.$-])([\w.$-]{1,80})(?:\\?["'])?\s{0,4}(?:=>|:=|[:=])[ \t]{0,8}/g;

/** A name, and its value beside it: `name: PASSWORD, value: …`, `<entry key="password">…`, `{"key": "token", "value": …`. */
const PAIR =
  /(?<![\w-])(?:name|key|field)(?:\\?["'])?\s{0,4}[:=]\s{0,4}(?:\\?["'])?([\w.$-]{1,80})(?:\\?["'])?[\s,]{1,80}(?:-\s+)?(?:\\?["'])?(?:value|val|default|content)(?:\\?["'])?\s{0,4}[:=][ \t]{0,8}/gi;

/** The other way around. */
const REVERSED =
  /(?<![\w-])(?:value|val|default|content)(?:\\?["'])?\s{0,4}[:=][ \t]{0,8}(?=((?:\\?["'])?[^\s"',]{1,200}(?:\\?["'])?[\s,]{1,80}(?:\\?["'])?(?:name|key|field)(?:\\?["'])?\s{0,4}[:=]\s{0,4}(?:\\?["'])?([\w.$-]{1,80})))/gi;

/** `<password>…</password>`, `<entry key="password">…`. */
const ELEMENT = /<([\w.:-]{1,80})((?:\s[^<>]{0,200})?)>([^<]{1,2000})(?=<)/dg;

/** A name and its value without anything between: `--password …`, `requirepass …`, `machine … password …`. */
const FOLLOWED =
  /(?<![\w-])(-{0,2}[A-Za-z_][\w.-]{1,60})[ \t]+(["']?)([^\s"'=:;]{1,400})\2(?=\s|;|$|["'`])/dg;

/** The items below `passwords:`. */
const ITEMS = /^([ \t]*)["']?([\w.$-]{1,80})["']?:[ \t]*\n((?:\1[ \t]*-[ \t]+[^\n]*\n?)+)/gm;

/** What all of these need, tested first. */
const TRACE =
  /pass|pwd|pin|secret|token|cred|bearer|key|auth|cookie|jwt|otp|hmac|sig|salt|seed|mnemonic|dsn|connection|jaas|kubeconfig|netrc|docker|id_/i;

/** What a text is: `data` that a machine reads, `lines` of such a text, `code` of a program, or `prose` for people. */
export type Form = 'data' | 'lines' | 'code' | 'prose';

/** The values in `text` that their names call secret. */
export function assignedSpans(text: string, form: Form): Span[] {
  if (!TRACE.test(text)) return [];
  const found = new Spans(text, form);
  for (const match of text.matchAll(ASSIGNED)) found.after(match.index, match[0], match[1]);
  found.restart();
  for (const match of text.matchAll(PAIR)) found.after(match.index, match[0], match[1]);
  found.restart();
  for (const match of text.matchAll(REVERSED)) found.after(match.index, match[0], match[2]);
  if (text.includes('</'))
    for (const { 1: element, 2: attributes = '', 3: value, indices } of text.matchAll(ELEMENT)) {
      const key = /\s(?:name|key)=["']([\w.$-]+)["']/i.exec(attributes)?.[1];
      found.add(key ?? element, value, indices?.[3], 'quoted');
    }
  if (form === 'code' || form === 'prose') return found.all;
  const isNetrc = /(?:^|\s)(?:machine|login)\s/.test(text);
  for (const { index, 0: all, 1: name = '', 3: value, indices } of text.matchAll(FOLLOWED)) {
    const isFlag = name.startsWith('-');
    const isLine =
      lineBefore(text, index)?.trim() === '' &&
      /^[ \t]*;?[ \t]*(?:\n|$)/.test(text.slice(index + all.length, index + all.length + 100));
    if (isFlag || isLine || isNetrc) found.add(name.replace(/^-+/, ''), value, indices?.[3], 'token');
  }
  for (const { index, 0: all, 2: name = '', 3: items = '' } of text.matchAll(ITEMS)) {
    const promise = promiseOf(name);
    if (promise === undefined || promise === 'leaf') continue;
    const from = index + all.length - items.length;
    for (const { index: at, 1: lead = '', 2: value = '' } of items.matchAll(
      /^([ \t]*-[ \t]+["']?)([^\n:]*?)["']?[ \t]*$/gm,
    ))
      found.add(name, value, [from + at + lead.length, from + at + lead.length + value.length], 'line');
  }
  return found.all;
}

/** Characters of a line that are looked at. */
const WIDEST = 200;

/** What is before `index` on its line; nothing if that is long. */
function lineBefore(text: string, index: number): string | undefined {
  const from = Math.max(0, index - WIDEST);
  const before = text.slice(from, index);
  const start = before.lastIndexOf('\n') + 1;
  return start === 0 && from > 0 ? undefined : before.slice(start);
}

/** Without the full stop or the colon of a sentence. */
function endOfWord(text: string, start: number, end: number): number {
  return start + text.slice(start, end).replace(/(?<![.,:])[.,:]+$/, '').length;
}

/** Words that stand behind a name in a sentence about it: `password: required`. */
const SAYING =
  /^(?:an?|the|is|must|may|can|cannot|not|no|required|missing|invalid|unknown|unsupported|expected|undefined|string|number|boolean|object|null|empty|forbidden|duplicate|too|does|has|should|will|was|failed|string\[\])\b/i;

/** A map that names an object or one of its keys, in the flow style of YAML or in JSON. */
const REFERENCE =
  /\{\s*(?:["']?(?:name|namespace|kind|group|key|optional)["']?:\s*["']?[\w.-]{1,253}["']?\s*(?:,\s*|(?=\})))+\}/
    .source;
const REFERENCES = new RegExp(`\\[\\s*(?:${REFERENCE}\\s*(?:,\\s*|(?=\\])))+\\]`, 'y');

/** Whether a list on one line only names Secrets: `imagePullSecrets: [{ name: registry }]`. */
function isListOfReferences(text: string, at: number): boolean {
  if (text[at] !== '[') return false;
  REFERENCES.lastIndex = at;
  if (!REFERENCES.test(text)) return false;
  const items = text.slice(at, REFERENCES.lastIndex).match(/\{[^}]*\}/g) ?? [];
  return items.every((item) => /["'{,\s]name["']?:/.test(item));
}

class Spans {
  readonly all: Span[] = [];
  readonly #text: string;
  readonly #form: Form;
  /** Where the last value ends that was added: there are no names in it. */
  #end = 0;

  constructor(text: string, form: Form) {
    this.#text = text;
    this.#form = form;
  }

  /** Adds the values after a match that ends in a separator. */
  after(index: number, match: string, name = ''): void {
    const promise = promiseOf(name);
    if (index < this.#end || promise === undefined) return;
    const at = index + match.length;
    if (promise === 'credential' && isListOfReferences(this.#text, at)) return;
    const most = this.#form === 'code' ? 'quoted' : this.#isWholeLine(index, match) ? 'line' : 'token';
    for (const { start, end: stop, form } of valuesAt(this.#text, at, most)) {
      const end = this.#form === 'prose' && form === 'token' ? endOfWord(this.#text, start, stop) : stop;
      this.add(name, this.#text.slice(start, end), [start, end], form);
    }
  }

  /** Before a walk over the text from its start. */
  restart(): void {
    this.#end = 0;
  }

  add(name = '', value = '', [start, end]: readonly [number, number] = [0, 0], form: Written['form']): void {
    if (!this.#isMeant(value, end, form) || !mayBeSecret(name, value)) return;
    this.#end = end;
    this.all.push({
      start,
      end,
      what: `a secret in plain text, under "${name}"`,
      isCertain: isCertain(name, value),
    });
  }

  /** Whether the name is the first of its line, so that its value may be the rest of it. */
  #isWholeLine(index: number, match: string): boolean {
    if (this.#form === 'code' || this.#form === 'prose') return false;
    const before = lineBefore(this.#text, index);
    const isYaml = /:[ \t]*$/.test(match) && !/:$/.test(match);
    return (
      before !== undefined &&
      /^[ \t]*(?:-[ \t]+|export[ \t]+|["']|\/\/\S*:)*$/.test(before) &&
      (isYaml || /[=:][ \t]*$/.test(match))
    );
  }

  /** Code and sentences have names before colons that are followed by no value. */
  #isMeant(value: string, end: number, form: Written['form']): boolean {
    if (form === 'quoted') return true;
    if (this.#form === 'code') return false;
    if (this.#form !== 'prose') return true;
    if (SAYING.test(value)) return false;
    return /\d|[^\w.,:'"-]/.test(value) || /^\s*(?:[,;)}\]"'`]|$|\n)/.test(this.#text.slice(end, end + 2));
  }
}

/** Sure enough for a finding. A value without digits may be an ordinary word: the name of a type, a variable, a column. */
function isCertain(name: string, value: string): boolean {
  if (/^_?auth$/i.test(name))
    return /^[\w+/]{8,}={0,2}$/.test(value) && /^[^\s:]+:[\x21-\x7e]+$/.test(decoded(value));
  return /^[\w.+/=@!*^~-]{6,}$/.test(value) && /\d/.test(value) && isSecretValue(name, value);
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}
