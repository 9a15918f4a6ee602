import { inert, visibleLines } from '../../text';

/** The content of an element, with its line breaks. What XML 1.0 cannot hold is written out. */
export function xmlText(text: string): string {
  return inert(entities(visibleLines(text, '')), reference);
}

/** The value of an attribute in double quotes. A parser makes a blank of a line break that is not a reference. */
export function xmlAttribute(text: string): string {
  return xmlText(text).replaceAll('\n', '&#10;');
}

function entities(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function reference(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
}
