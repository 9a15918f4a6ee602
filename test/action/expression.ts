/** What expressions may name: `inputs.files` is `{ inputs: { files } }`. */
export interface Names {
  readonly [name: string]: string | Names;
}

const TOKEN = /\s*(?:'((?:[^']|'')*)'|([A-Za-z_][\w.-]*)|(==|!=|&&|\|\||[()]))/y;

/**
 * Replaces each `${{ expression }}` of a text. It knows what action.yml uses: names, strings, `==`, `!=`, `&&`, `||` and
 * parentheses; anything else is an error, so that nothing is evaluated in another way than GitHub does.
 */
export function interpolate(text: string, names: Names): string {
  return text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => evaluate(expression, names));
}

/** The value of an expression, as GitHub writes it: a truth as `true` or `false`. */
export function evaluate(expression: string, names: Names): string {
  const tokens = tokensOf(expression);
  const value = either();
  if (tokens.length > 0) throw new Error(`cannot evaluate "${expression}"`);
  return value;

  function either(): string {
    let left = both();
    while (take('||')) {
      const right = both();
      left = isTrue(left) ? left : right;
    }
    return left;
  }
  function both(): string {
    let left = comparison();
    while (take('&&')) {
      const right = comparison();
      left = isTrue(left) ? right : left;
    }
    return left;
  }
  function comparison(): string {
    const left = operand();
    // GitHub ignores case where it compares strings.
    if (take('==')) return String(left.toLowerCase() === operand().toLowerCase());
    if (take('!=')) return String(left.toLowerCase() !== operand().toLowerCase());
    return left;
  }
  function operand(): string {
    if (take('(')) {
      const inner = either();
      if (!take(')')) throw new Error(`")" is missing in "${expression}"`);
      return inner;
    }
    const token = tokens.shift();
    if (token?.text !== undefined) return token.text;
    if (token?.name !== undefined) return lookUp(token.name, names);
    throw new Error(`cannot evaluate "${expression}"`);
  }
  function take(sign: string): boolean {
    if (tokens[0]?.sign !== sign) return false;
    tokens.shift();
    return true;
  }
}

interface Token {
  readonly text?: string;
  readonly name?: string;
  readonly sign?: string;
}

function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  const trimmed = expression.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const at = TOKEN.lastIndex;
    const [, text, name, sign] = TOKEN.exec(trimmed) ?? [];
    if (text !== undefined) tokens.push({ text: text.replaceAll("''", "'") });
    else if (name !== undefined) tokens.push({ name });
    else if (sign !== undefined) tokens.push({ sign });
    else throw new Error(`cannot read "${trimmed.slice(at)}"`);
  }
  return tokens;
}

/** An output that a step has not set is empty, as for GitHub; any other unknown name is a mistake. */
function lookUp(name: string, names: Names): string {
  let value: string | Names | undefined = names;
  for (const part of name.split('.')) value = typeof value === 'object' ? value[part] : undefined;
  if (typeof value === 'string') return value;
  if (/^steps\.\w+\.outputs\.\w+$/.test(name)) return '';
  throw new Error(`unknown name ${name}`);
}

function isTrue(value: string): boolean {
  return value !== '' && value !== 'false';
}
