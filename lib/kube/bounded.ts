/** Longer messages than this, in characters, are cut. No message about a real object is as long. */
export const LONGEST_MESSAGE = 1_000;

/** A message with a bound: of a longer one the first characters, and how many more there are. */
export function bounded(text: string, longest = LONGEST_MESSAGE): string {
  if (text.length <= longest) return text;
  // A pair of surrogates is one character.
  const end = /[\ud800-\udbff]/.test(text.charAt(longest - 1)) ? longest - 1 : longest;
  return `${text.slice(0, end)}… (${text.length - end} more characters)`;
}
