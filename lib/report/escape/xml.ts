import { inert, visibleLines } from '../../text';

/** Text of an element or, in one line, of an attribute. What XML 1.0 cannot hold is written out. */
export function xml(text: string): string {
  return inert(entities(visibleLines(text, '')), reference);
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
