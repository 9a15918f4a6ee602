import ts from 'typescript';

/** A type as Markdown: short to read, with links to the types that `has` knows on the same page. */
export function typeText(type: ts.TypeNode, has: (name: string) => boolean): string {
  const text = shortened(type);
  const parts = text
    .split(/(\b[A-Z]\w*\b)/)
    .map((part) => (has(part) ? `[\`${part}\`](#${part.toLowerCase()})` : part));
  // Code spans end where a link begins.
  return parts
    .reduce<string[]>((all, part) => {
      const last = all.at(-1);
      if (part.startsWith('[`') || last === undefined || last.startsWith('[`')) return [...all, part];
      return [...all.slice(0, -1), last + part];
    }, [])
    .map((part) => (part.startsWith('[`') ? part : code(part)))
    .join('');
}

/** `text` as code, with its spaces outside; a pipe would end the cell of a table. */
function code(text: string): string {
  const [, before = '', inner = '', after = ''] = /^(\s*)([^]*?)(\s*)$/.exec(text) ?? [];
  return inner === '' ? text : `${before}\`${inner.replaceAll('|', '\\|')}\`${after}`;
}

/** The type without `readonly`, which holds for every prop. */
function shortened(type: ts.TypeNode): string {
  if (ts.isUnionTypeNode(type)) return type.types.map(shortened).join(' | ');
  if (ts.isParenthesizedTypeNode(type)) return `(${shortened(type.type)})`;
  if (ts.isTypeOperatorNode(type)) return shortened(type.type);
  if (ts.isArrayTypeNode(type)) return `${shortened(type.elementType)}[]`;
  if (ts.isTypeLiteralNode(type))
    return `{ ${type.members
      .filter(ts.isPropertySignature)
      .map(
        ({ name, questionToken, type: of }) =>
          `${name.getText()}${questionToken ? '?' : ''}: ${of ? shortened(of) : 'unknown'}`,
      )
      .join('; ')} }`;
  if (ts.isTypeReferenceNode(type) && type.typeArguments !== undefined) {
    const args = type.typeArguments.map(shortened);
    const name = type.typeName.getText();
    return name === 'Readonly' ? args.join('') : `${name}<${args.join(', ')}>`;
  }
  return type.getText().replace(/\s+/g, ' ');
}
