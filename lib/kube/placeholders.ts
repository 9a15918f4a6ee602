/**
 * What programs replace in a text before it is applied: actions of Helm, Go, Jinja and ERB; variables of Flux, Cluster
 * API, envsubst and Kustomize; words between signs, for sed, or `<YOUR-IMAGE>` and `{IMAGE}` for the reader.
 *
 * Sources: the documentation of each; for Flux, "Post build variable substitution" of its Kustomization.
 */
const PLACEHOLDER =
  /\{\{[^]*?\}\}|\{%[^]*?%\}|<%[^]*?%>|\$\{[A-Za-z_]\w*[^{}]*\}|\$\(\w+\)|\$[A-Z_]\w*|@[A-Z_]+@|%[A-Z_]+%|__[A-Z_]+__|<[A-Z][A-Z0-9_ -]+>|\{[A-Z][A-Z0-9_]+\}/;

/** A value with a placeholder is short. In a long text, each opening brace would look for its end. */
const LONGEST = 2_000;

/** The first placeholder in a text, a variable without its default, which may be secret: `${HOST:=example.com}` is `${HOST}`. */
export function placeholderIn(text: string): string | undefined {
  const found = PLACEHOLDER.exec(text.slice(0, LONGEST))?.[0];
  return found?.replace(/^(\$\{\w+)[^]*$/, '$1}');
}
