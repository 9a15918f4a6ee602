/**
 * What programs replace in a text before it is applied: actions of Helm, Go, Jinja and ERB; variables of Flux, Cluster
 * API, envsubst and Kustomize; words between signs, for sed, or `<YOUR-IMAGE>` and `{IMAGE}` for the reader.
 *
 * Sources: the documentation of each; for Flux, "Post build variable substitution" of its Kustomization.
 */
const PLACEHOLDER =
  /\{\{[^]*?\}\}|\{%[^]*?%\}|<%[^]*?%>|\$\{[A-Za-z_]\w*[^{}]*\}|\$\(\w+\)|\$[A-Z_]\w*|@[A-Z][A-Z0-9_]*@|%[A-Z][A-Z0-9_]*%|__[A-Z][A-Z0-9_]*__|<[A-Z][A-Z0-9_ -]+>|\{[A-Z][A-Z0-9_]+\}/;

/**
 * What a short text has for the reader: `<your image>`, `{username}/app`; and `((name))` of BOSH and Concourse. A script or
 * configuration has such words of its own, as have tags of HTML, paths (`/users/{id}`) and selectors of PromQL (`up{job}`). Go prints
 * `<nil>` and `<no value>` where a value is missing.
 */
const FOR_READERS =
  /\(\([A-Za-z][\w.-]*\)\)|(?<![A-Za-z0-9>])<(?!nil>|no value>)[A-Za-z][\w .,:'/-]{0,80}>|(?:(?<=[:/-]v)|(?<!["\w]|(?:^|["'\s])\/\S{0,200}))\{[a-z][\w-]*\}/;

/** A value with a placeholder is short. In a long text, each opening brace would look for its end. */
const LONGEST = 2_000;

/** The first placeholder in a text, a variable without its default, which may be secret: `${HOST:=example.com}` is `${HOST}`. */
export function placeholderIn(text: string): string | undefined {
  const start = text.slice(0, LONGEST);
  const isForReaders = !start.includes('\n') && !start.includes('</');
  const found = (PLACEHOLDER.exec(start) ?? (isForReaders ? FOR_READERS.exec(start) : null))?.[0];
  return found?.replace(/^(\$\{\w+)[^]*$/, '$1}');
}
