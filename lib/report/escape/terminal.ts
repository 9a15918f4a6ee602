import { cut, visible, visibleLines } from '../../text';

/** Characters of a name, path or place that are shown; Kubernetes' own are shorter. */
const LONGEST_NAME = 500;

/** Characters of a message or hint that are shown. */
export const LONGEST_MESSAGE = 2000;

/** Characters of a message with whole lists in it, where everything is asked for. */
export const LONGEST_LISTING = 25_000;

/** A name, key, path, place or value: one line, whatever is in it. */
export function name(text: string): string {
  return visible(cut(text, LONGEST_NAME));
}

/** A message, which is a sentence: a line break in it is of a name that it repeats. */
export function sentence(text: string): string {
  return visible(cut(text, LONGEST_MESSAGE));
}

/** A message with whole lists in it. */
export function listing(text: string): string {
  return visible(cut(text, LONGEST_LISTING));
}

/** A hint, whose lines a rule may break. They begin with `indent`, deeper than a line of the report does. */
export function advice(text: string, indent: string): string {
  return visibleLines(cut(text, LONGEST_MESSAGE), indent);
}
