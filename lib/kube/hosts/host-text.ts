import { isHostKey, isUncalledKey } from './host-keys';
import { hostName, portNumber, type Mention, type Shown } from './mention';
import { hasHost } from './schemes';

/** Slashes before the authority of a URL, or a word. Each character is read once. */
const WORDS = /\/\/\/?|[\w.-]+/g;

/** An authority is read so far, with the login in it. */
const LONGEST_AUTHORITY = 1024;
const LONGEST_SCHEME = 32;
/** Texts that name more hosts than this are no configuration. */
const MOST = 2000;

export interface TextOptions {
  /** What the text is called: the name of its variable, the flag before it. */
  readonly key?: string;
  /** Whether it is a file or a script, whose lines may be comments. @default it is one value */
  readonly isFile?: boolean;
}

/**
 * The hosts that a text names, each once: in URLs and lists of them, with ports, as values of what is called by a word for
 * a host, and in the form that Services of a cluster have. Whether there is such a host is another question. It takes time
 * linear in the length of the text.
 */
export function hostsIn(text: string, { key, isFile = false }: TextOptions = {}): readonly Mention[] {
  if (key !== undefined && isUncalledKey(key)) return [];
  const found = new Mentions();
  if (isFile) {
    for (const line of text.split('\n')) {
      if (found.isFull) break;
      if (!COMMENT.test(line)) readLine(withoutComment(line), undefined, false, found);
    }
  } else readLine(text, key, true, found);
  return found.all;
}

const COMMENT = /^\s*(?:#|;|\/\/|<!--)/;

/** A line up to the comment at its end: a fragment of a URL follows no blank. */
function withoutComment(line: string): string {
  const at = line.indexOf(' #');
  return at < 0 ? line : line.slice(0, at);
}

/** The mentions found so far, without those that say the same. */
class Mentions {
  readonly #found = new Map<string, Mention>();

  get isFull(): boolean {
    return this.#found.size >= MOST;
  }

  get all(): readonly Mention[] {
    return [...this.#found.values()];
  }

  add(mention: Mention): void {
    if (this.isFull) return;
    const { host, shown, port = '', scheme = '', key = '', isBelowVariable } = mention;
    const same = `${host} ${shown} ${port} ${scheme} ${key} ${isBelowVariable}`;
    if (!this.#found.has(same)) this.#found.set(same, mention);
  }
}

/** A word of a line with what is around it. */
interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function readLine(line: string, name: string | undefined, isValue: boolean, found: Mentions): void {
  const whole = isValue ? line.trim() : '';
  let read = 0;
  let before: Word | undefined;
  /** What the value at hand is called. */
  let key: string | undefined;
  for (const match of line.matchAll(WORDS)) {
    if (found.isFull) return;
    const word = { text: match[0], start: match.index, end: match.index + match[0].length };
    if (word.start < read) continue;
    if (word.text.startsWith('/')) {
      read = readUrl(
        line,
        word,
        keyOf(line, word.start - schemeBefore(line, word.start).length, before, key, name),
        found,
      );
      continue;
    }
    key = keyOf(line, word.start, before, key, name);
    before = word;
    if (key === undefined || !isUncalledKey(key)) readWord(line, word, key, word.text === whole, found);
  }
}

/** What the value at a place is called: the word before it, or what the list is called that it is in. */
function keyOf(
  line: string,
  start: number,
  before: Word | undefined,
  list: string | undefined,
  name: string | undefined,
): string | undefined {
  if (before === undefined) return BEGIN.test(line.slice(Math.max(0, start - 8), start)) ? name : undefined;
  const between = line.slice(before.end, Math.min(start, before.end + 8));
  if (before.end + between.length < start) return undefined;
  if (ASSIGNS.test(between)) return before.text.replace(/^-+/, '');
  if (SEPARATES.test(between) && before.text.startsWith('--')) return before.text.slice(2);
  // The port of a host is a word of its own.
  return /^(?::\d*)?\s?,\s?$/.test(between) || between === ':' ? list : undefined;
}

const BEGIN = /^["'\s]*$/;
const ASSIGNS = /^["']?\s*(?::\s+|=\s?|:=\s?)["'\s]*$/;
const SEPARATES = /^\s+["']?$/;

function schemeBefore(line: string, slashes: number): string {
  const start = Math.max(0, slashes - LONGEST_SCHEME);
  return SCHEME.exec(line.slice(start, slashes))?.[0] ?? '';
}

const SCHEME = /[a-z][a-z\d+.-]{0,30}:$/i;

/** Reads the authority behind slashes; returns where it ends. */
function readUrl(line: string, slashes: Word, key: string | undefined, found: Mentions): number {
  const scheme = schemeBefore(line, slashes.start).slice(0, -1).toLowerCase();
  // A path has slashes, too.
  if (scheme === '' && !/^$|[\s"'=@([]/.test(line.charAt(slashes.start - 1))) return slashes.end;
  if (!hasHost(scheme)) return slashes.end;
  const rest = line.slice(slashes.end, slashes.end + LONGEST_AUTHORITY);
  const [authority = ''] = /^[^\s/?"'`<>\\]*/.exec(rest) ?? [];
  const at = authority.lastIndexOf('@');
  // Another URL may follow in a list: then the last item is its scheme.
  const isList = rest.startsWith('//', authority.length);
  const hosts = authority.slice(at + 1).replace(isList ? /,[a-z][a-z\d+.-]*:$/i : '', '');
  const isUncalled = key !== undefined && isUncalledKey(key);
  for (const each of isUncalled ? [] : hosts.split(',')) {
    const [, variable, host = '', colon = '', rawPort, stop = ''] = IN_URL.exec(each) ?? [];
    // What leads into a placeholder is a part of a name.
    if (host === '' || (colon === '' && /[${%]/.test(stop))) continue;
    add(host, { line, shown: 'url', key, variable, port: rawPort, scheme }, found);
  }
  return slashes.end + authority.length;
}

/** A variable and a dot, a host, a port, and what follows. */
const IN_URL = /^(\$[({][\w.-]{1,64}[)}](?=\.))?([\w.-]+)(:(\d*))?(.?)/;

function readWord(
  line: string,
  word: Word,
  key: string | undefined,
  isWhole: boolean,
  found: Mentions,
): void {
  const { text, start, end } = word;
  const [previous, next] = [line.charAt(start - 1), line.charAt(end)];
  const isBelow = /[)}]/.test(previous) && text.startsWith('.');
  if (/[/$%\\{]/.test(previous) || (/[)}]/.test(previous) && !isBelow) || /[${%(]/.test(next)) return;
  if (!/[a-z]/i.test(text)) return;
  const variable = isBelow ? '$' : undefined;
  const [, colon, after = ''] =
    /^(:(?=\d)|\s(?=\d\d)|:)(\d{1,6}(?![\w]|\.\w))?/.exec(line.slice(end, end + 8)) ?? [];
  const common = { line, key, variable };
  if (after !== '') return add(text, { shown: 'port', port: after, ...common }, found);
  // `name: value`, `image:tag`, `a/path`: its form alone can tell.
  const isPart = colon === ':' || next === '/' || next === '=' || previous === '@';
  const shown: Shown = key !== undefined && isHostKey(key) && !isPart ? 'named' : isWhole ? 'whole' : 'form';
  if (shown !== 'form' || isOfService(text)) add(text, { shown, ...common }, found);
}

/** Whether a name has the label that sets Services of a cluster apart, where they have it. */
function isOfService(text: string): boolean {
  if (text.length > LONGEST_AUTHORITY) return false;
  const labels = text.toLowerCase().split('.', 7);
  return labels.indexOf('svc') >= 2;
}

interface Context {
  readonly line: string;
  readonly shown: Shown;
  readonly key: string | undefined;
  readonly variable: string | undefined;
  readonly port?: string | undefined;
  readonly scheme?: string;
}

function add(text: string, { shown, key, variable, port, scheme }: Context, found: Mentions): void {
  const host = hostName(text.replace(/^\./, variable === undefined ? '.' : ''));
  if (host === undefined) return;
  const number = portNumber(port ?? '');
  if (number === undefined && shown === 'port') return;
  found.add({
    host,
    shown,
    isBelowVariable: variable !== undefined,
    ...(number !== undefined && { port: number }),
    ...(scheme !== undefined && scheme !== '' && { scheme }),
    ...(key !== undefined && { key }),
  });
}
