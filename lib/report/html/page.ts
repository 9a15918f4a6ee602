import { createHash } from 'node:crypto';
import { pageText } from '../escape/html';
import { SCRIPT } from './script';
import { STYLE } from './style';

/** How a verdict is marked. */
export type Tone = 'good' | 'warning' | 'bad';

/** A part of a page that the reader chooses. */
export interface Tab {
  /** Its anchor: `findings`. */
  readonly id: string;
  readonly title: string;
  /** A number beside the title. @default none */
  readonly count?: number;
  /** Whether the reader can search and filter what is in it. @default false */
  readonly isSearched?: boolean;
  /** Markup, whose texts are escaped. */
  readonly body: string;
}

/** The part with the objects, by their cards. */
export function objectsTab(cards: readonly string[]): Tab {
  const body = cards.length === 0 ? '<p>There are no objects.</p>' : cards.join('\n');
  return { id: 'objects', title: 'Objects', count: cards.length, isSearched: true, body };
}

/** A report as one file. */
export interface Page {
  /** The command: `check`. */
  readonly command: string;
  /** What it came to, in one sentence. */
  readonly verdict: string;
  readonly tone: Tone;
  /** What was looked at: `dist/ → the app`. */
  readonly about: string;
  /** Version of Seaworthy, where the report knows it. */
  readonly version?: string;
  readonly tabs: readonly Tab[];
}

const WORDS: Readonly<Record<Tone, string>> = { good: 'Good', warning: 'Warning', bad: 'Failed' };

/**
 * A self-contained HTML file that asks nothing of any host. All words are in it without scripts: the script makes tabs of
 * the sections and filters them. The policy allows this script and this style alone, by their hashes.
 */
export function page({ command, verdict, tone, about, version, tabs }: Page): string {
  const from = version === undefined ? '' : ` ${pageText(version)}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy()}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${pageText(`${verdict} · seaworthy ${command}`)}</title>`,
    '<link rel="icon" href="data:,">',
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#main">Skip to the report</a>',
    '<header>',
    `<p class="command">seaworthy ${pageText(command)}</p>`,
    `<h1><span class="mark ${tone}">${WORDS[tone]}</span> ${pageText(verdict)}</h1>`,
    about === '' ? '' : `<p class="about">${pageText(about)}</p>`,
    `<nav aria-label="Parts of the report">${tabs.map(link).join('')}</nav>`,
    '</header>',
    '<main id="main" tabindex="-1">',
    ...tabs.map(section),
    '</main>',
    `<footer>Made by Seaworthy${from}. This file loads nothing from elsewhere.</footer>`,
    `<script>${SCRIPT}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function link({ id, title, count }: Tab): string {
  const number = count === undefined ? '' : ` <span class="count">${count}</span>`;
  return `<a href="#${id}">${title}${number}</a>`;
}

function section({ id, title, isSearched, body }: Tab): string {
  const search = isSearched === true ? ' data-search' : '';
  return `<section id="${id}" aria-labelledby="${id}-title"${search}>\n<h2 id="${id}-title">${title}</h2>\n${body}\n</section>`;
}

/** Made with the page: most runs write none. */
function policy(): string {
  return [
    "default-src 'none'",
    `script-src ${hash(SCRIPT)}`,
    `style-src ${hash(STYLE)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
