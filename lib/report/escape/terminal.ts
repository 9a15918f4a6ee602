import { cut, visible, visibleLines } from '../../text';

/** Characters of a name, path or place that are shown; Kubernetes' own are shorter. */
const LONGEST_NAME = 500;

/** Characters of a message or hint that are shown. */
export const LONGEST_MESSAGE = 2000;

/** A name, key, path, place or value: one line, whatever is in it. */
export function name(text: string): string {
  return visible(cut(text, LONGEST_NAME));
}

/** A message or hint. Its own lines begin with `indent`, which is deeper than what a report begins a line with. */
export function prose(text: string, indent: string): string {
  return visibleLines(cut(text, LONGEST_MESSAGE), indent);
}
