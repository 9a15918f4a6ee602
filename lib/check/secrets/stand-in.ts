/** Whether a value is a placeholder for a secret, or means that there is none. */
export function isStandIn(value: string): boolean {
  return (
    // Filled in by a shell, a template or Kubernetes; or masked in an example.
    /[$<>{}%]|\*{3}|x{4}|^\.\.\.$/i.test(value) || isReference(value) || isTrivial(value)
  );
}

/** A reference to a secret store: `vault:…`, `arn:aws:…`, `projects/…/secrets/…`. */
export function isReference(value: string): boolean {
  return /^(?:vault|ref\+\w+|arn|ssm|gcp|gsm|asm|azkv|aws|awssm|op|file|env|secret|projects|sops)[:/]/i.test(
    value,
  );
}

/** A switch, or a word for nothing. */
export function isTrivial(value: string): boolean {
  return /^(?:0|1|true|false|yes|no|on|off|null|nil|none|undefined|disabled|enabled|redacted)$/i.test(value);
}

/** `$(NAME)`, `${NAME}`, `<name>`, `{{ name }}`, `%NAME%`; or masked, as by ourselves. */
const PLACEHOLDER =
  /\$\([^()\s]*\)|\$\{[^{}]*\}|\$[A-Z_][A-Z0-9_]*\b|<[^<>]*>|\{\{(?:(?!\{\{)[^])*?\}\}|%\w+%|\*{3,}|[xX]{4,}|\(hidden\)/g;

/** Whether a value is nothing but placeholders and what joins them: `$(USER):$(PASSWORD)`. */
export function isPlaceholder(value: string): boolean {
  return !/[^\s:;,.@/_-]/.test(value.replace(PLACEHOLDER, ''));
}
