import { visibleLines } from '../../text';

/**
 * A plain text message of SARIF: no placeholder, and no embedded link.
 *
 * Source: SARIF 2.1.0, 3.11.5 (braces are doubled) and 3.11.6 (`[text](target)` is a link; brackets and backslashes are
 * escaped with a backslash, and may stand unescaped where there is no link).
 */
export function sarifText(text: string): string {
  const shown = visibleLines(text, '').replace(/[{}]/g, '$&$&');
  return shown.includes('](') ? shown.replace(/[\\[\]]/g, '\\$&') : shown;
}
