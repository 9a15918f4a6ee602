import { hide, secretSpans } from '../../check/secrets/spans';

/** A text for people without what looks like a secret: tokens, URLs with passwords, settings such as `password: x`. */
export function redactText(text: string): string {
  return hide(text, secretSpans(text, 'prose'));
}
