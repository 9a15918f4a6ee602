/** Longer messages than this, in characters, are cut. No message about a real object is as long. */
export const LONGEST_MESSAGE = 1_000;

/** A message with a bound: of a longer one the first characters, and how many more there are. */
export function bounded(text: string): string {
  if (text.length <= LONGEST_MESSAGE) return text;
  // A pair of surrogates is one character.
  const end = /[\ud800-\udbff]/.test(text.charAt(LONGEST_MESSAGE - 1))
    ? LONGEST_MESSAGE - 1
    : LONGEST_MESSAGE;
  return `${text.slice(0, end)}… (${text.length - end} more characters)`;
}
