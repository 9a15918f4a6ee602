import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** The HTML that GitHub Flavored Markdown makes of each document. */
export function render(documents: readonly string[]): string[] {
  const options = { input: JSON.stringify(documents), maxBuffer: 1 << 28 };
  return JSON.parse(
    String(execFileSync(process.execPath, [join(__dirname, 'render.mjs')], options)),
  ) as string[];
}

/** Commands of GitHub Actions, some of them; `t` is a token that `stop-commands` has registered. */
const COMMANDS = [
  'error',
  'warning',
  'notice',
  'debug',
  'group',
  'add-mask',
  'stop-commands',
  'set-output',
  't',
];

/**
 * The lines of a log that the runner takes for commands.
 *
 * Source: actions/runner, src/Runner.Common/ActionCommand.cs, TryParseV2 and TryParse. Its comparison of strings may
 * ignore characters without weight, so they are left out first.
 */
export function commandsIn(log: string): string[] {
  return log.split(/\r\n|\n|\r/).filter((line) => {
    const bare = line.replace(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '');
    return [line, bare].some((each) => isCommand(each));
  });
}

function isCommand(line: string): boolean {
  const trimmed = line.replace(/^[\s\u0085]+/u, '');
  const end = trimmed.indexOf('::', 2);
  if (trimmed.startsWith('::') && end >= 0 && isKnown(trimmed.slice(2, end))) return true;
  const start = line.indexOf('##[');
  const close = line.indexOf(']', start);
  return start >= 0 && close >= 0 && isKnown(line.slice(start + 3, close));
}

function isKnown(command: string): boolean {
  return COMMANDS.includes((command.split(' ')[0] ?? '').toLowerCase());
}

/** What a terminal would obey or not show, besides line breaks and the colours of the command line. */
export function unseenIn(text: string): string[] {
  const bare = text.replace(/\u001b\[(?:1|2|22|31|32|33|34|36|39)m/g, '').replaceAll('\n', '');
  return bare.match(/[^\P{C}\p{Co}\p{Cn}]|[\p{Zl}\p{Zp}]|(?!\ufe0f)\p{Default_Ignorable_Code_Point}/gu) ?? [];
}

/** The elements of an XML document, with their attributes and text, or an error for one that is not well-formed. */
export function readXml(xml: string): XmlElement[] {
  // https://www.w3.org/TR/xml/#charsets
  const bad = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(xml);
  if (bad !== null) throw new Error(`not a character of XML: ${JSON.stringify(bad[0])}`);
  const found: XmlElement[] = [];
  const open: XmlElement[] = [];
  let at = 0;
  const token = /<\?xml [^<>]*\?>|<(\/?)([A-Za-z][\w-]*)((?: [\w-]+="[^"<]*")*)(\/?)>|([^<]+)/y;
  while (at < xml.length) {
    token.lastIndex = at;
    const match = token.exec(xml);
    if (match === null) throw new Error(`not XML: ${JSON.stringify(xml.slice(at, at + 40))}`);
    at = token.lastIndex;
    const [, slash, tag, list = '', empty, text] = match;
    if (text !== undefined) {
      if (text.includes(']]>')) throw new Error('XML has no ]]> in text');
      const within = open.at(-1);
      if (within !== undefined) within.text += decode(text);
    } else if (tag !== undefined && slash === '/') {
      if (open.pop()?.tag !== tag) throw new Error(`</${tag}> closes nothing`);
    } else if (tag !== undefined) {
      const attributes = [...list.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => {
        // A parser makes a blank of each of these.
        if (/[\t\n\r]/.test(value)) throw new Error(`${key} has a line break that a parser loses`);
        return [key, decode(value)] as const;
      });
      const element = { tag, attributes: Object.fromEntries(attributes), text: '' };
      found.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  if (open.length > 0) throw new Error('an element stays open');
  return found;
}

export interface XmlElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

function decode(text: string): string {
  return text.replace(/&([^;]*);?/g, (all, name: string) => {
    const known = { amp: '&', lt: '<', gt: '>', quot: '"' }[name];
    const point = /^#\d+$/.test(name) ? String.fromCodePoint(Number(name.slice(1))) : undefined;
    const character = known ?? point;
    if (character === undefined || !all.endsWith(';')) throw new Error(`not a reference: ${all}`);
    return character;
  });
}

/** A plain text message of SARIF as a viewer shows it: links and placeholders. SARIF 2.1.0, 3.11.5 and 3.11.6. */
export function readSarif(message: string): { readonly text: string; readonly special: string[] } {
  const special = message.replaceAll('{{', '').replaceAll('}}', '').match(/[{}]/g) ?? [];
  const links = message.match(/(?<!\\)(?:\\\\)*\[(?:[^\\[\]]|\\[\\[\]])*\]\([^)]*\)/g) ?? [];
  const braces = message.replaceAll('{{', '{').replaceAll('}}', '}');
  const text = /\\\]\(/.test(braces) ? braces.replace(/\\([\\[\]])/g, '$1') : braces;
  return { text, special: [...special, ...links] };
}
