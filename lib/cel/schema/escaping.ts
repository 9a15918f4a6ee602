const WORDS = new Set(
  `true false null in as break const continue else for function if import let loop package namespace return var void
  while`.split(/\s+/),
);

const SIGNS: Readonly<Record<string, string>> = {
  __: '__underscores__',
  '.': '__dot__',
  '-': '__dash__',
  '/': '__slash__',
};

/**
 * The name of a property in expressions: `x-y` is `x__dash__y`, `namespace` is `__namespace__`. Undefined for a
 * property that expressions cannot access.
 *
 * Source: `apiserver/pkg/cel/escaping.go`.
 */
export function escapeName(name: string): string | undefined {
  if (WORDS.has(name)) return `__${name}__`;
  if (!/^[a-zA-Z_./-][a-zA-Z0-9_./-]*$/.test(name)) return undefined;
  return name.replace(/__|[./-]/g, (sign) => SIGNS[sign] ?? sign);
}
