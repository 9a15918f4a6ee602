import { inert, inertInline, visible, visibleLines } from '../../text';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text in one line of a page, or a quoted value of an attribute: no markup, and nothing that reorders or hides text. */
export function pageText(text: string): string {
  return inertInline(entities(visible(text)), reference);
}

/** A text of several lines, as it stands in a `pre`. */
export function pageLines(text: string): string {
  return inert(entities(visibleLines(text, '')), reference);
}

function entities(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

function reference(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
}
