/** What a reader of GitHub sees of a document. */
export interface Seen {
  /** The tags outside of code; `br` and `code` themselves are left out, which text may become. */
  readonly tags: readonly string[];
  /** The text outside of code, by its nodes. */
  readonly texts: readonly string[];
  /** All text, blanks as one blank. */
  readonly text: string;
}

const TOKEN = /<!--[\s\S]*?-->|<(\/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>|([^<]+)|</g;

export function see(html: string): Seen {
  const tags: string[] = [];
  const texts: string[] = [];
  let text = '';
  let depth = 0;
  for (const [all, slash, name, attributes = '', words] of html.matchAll(TOKEN)) {
    if (words !== undefined) {
      const decoded = decode(words);
      text += decoded;
      if (depth === 0) texts.push(decoded);
    } else if (name === 'code') depth += slash === '/' ? -1 : 1;
    else if (name === 'br') text += '\n';
    else if (depth === 0) tags.push(name === undefined ? all : `${slash}${name}${attributes}`);
    // Only the comment that marks the report may stand there.
    else tags.push(`${all} in code`);
  }
  return { tags, texts, text: squeezed(text) };
}

/** `text` as HTML shows it: any blanks as one. */
export function squeezed(text: string): string {
  return text.replace(/[ \t\n\r\f]+/g, ' ').trim();
}

function decode(text: string): string {
  const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return text.replace(/&(?:#(\d+)|(\w+));/g, (all, point?: string, name = '') =>
    point === undefined ? (names[String(name)] ?? all) : String.fromCodePoint(Number(point)),
  );
}

/**
 * What GitHub or GitLab makes something of in text, though Markdown does not.
 *
 * Source: GitHub, "Autolinked references and URLs", "Basic writing and formatting syntax"; GitLab, "GitLab Flavored Markdown".
 */
const LIVE = [
  /(?<![\w`])@[\w-]/,
  /(?<!\w)(?:[\w.-]+\/[\w.-]+)?[#!&]\d/,
  /\bGH-\d/i,
  /\b[0-9a-f]{7,40}\b/i,
  /https?:\/\/|ftp:\/\/|(?<![\w.])www\.\w|mailto:/i,
  /[\w.+-]+@[\w-]+\.\w/,
  /:[a-z0-9_+-]+:/,
  /(?<!\w)[%~]["\w]/,
  /\$[^$]+\$/,
  /\[\[|\{\+|\{-|\[\+/,
];

export function liveIn({ texts }: Seen): string[] {
  return texts.flatMap((text) => LIVE.flatMap((pattern) => pattern.exec(text)?.[0] ?? []));
}
