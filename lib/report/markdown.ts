/** A comment on GitHub takes 65,536 characters; the rest is for what a workflow puts around a report. */
export const LONGEST_COMMENT = 60_000;

/** A code span, which may hold backticks. */
export function code(text: string): string {
  const line = text.replaceAll('\n', ' ');
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
}

/** Plain text: no formatting, no HTML, and nobody is mentioned by `nginx@sha256`. */
export function escape(text: string): string {
  return text
    .replace(/[\\`*_[\]~|]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[@#]/g, '$&<!-- -->')
    .replaceAll('\n', '<br>');
}
