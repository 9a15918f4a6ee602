import type { Severity } from '../check/finding';
import type { Paint } from './paint';

/** How Markdown marks a severity. */
export const SIGNS: Readonly<Record<Severity, string>> = { error: '❌', warning: '⚠️', info: 'ℹ️' };

/** Gives a text the colour of a severity. */
export function colour(severity: Severity, paint: Paint): (text: string) => string {
  if (severity === 'error') return paint.red;
  return severity === 'warning' ? paint.yellow : paint.blue;
}
