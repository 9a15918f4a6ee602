/** Characters. GitHub's limit for a comment is 65,536; the rest is for what a workflow adds. */
export const LONGEST_COMMENT = 60_000;

/** A code span, which may contain backticks. */
export function code(text: string): string {
  const line = text.replaceAll('\n', ' ');
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
}

/** Plain text: no formatting, no HTML, and no mention of a user by `nginx@sha256`. */
export function escape(text: string): string {
  return text
    .replace(/[\\`*_[\]~|]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[@#]/g, '$&<!-- -->')
    .replaceAll('\n', '<br>');
}
