import { inert, visibleLines, writtenOut } from '../../text';

/** In the output of a test, GitLab and the JUnit attachments of Jenkins take it for a file to show. */
const ATTACHMENT = /\[(?=\[ATTACHMENT\|)/gi;

/** Text of an element or, in one line, of an attribute. What XML 1.0 cannot hold is written out. */
export function xml(text: string): string {
  const shown = visibleLines(text, '').replace(ATTACHMENT, writtenOut);
  return inert(entities(shown), reference);
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
