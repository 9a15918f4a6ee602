import { hide, secretSpans } from '../../check/secrets/spans';

/** A text for people without what looks like a secret: tokens, URLs with passwords, settings such as `password: x`. */
export function redactText(text: string): string {
  return hide(text, secretSpans(text, 'prose'));
}

/** A secret may have several lines, as a key has. */
export function hideLines(lines: readonly string[], hide: (text: string) => string): string[] {
  return lines.length === 0 ? [] : hide(lines.join('\n')).split('\n');
}
