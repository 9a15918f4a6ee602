import type { ChartValue, ValueScalar } from '../../manifest/chart-value';
import { formatKey } from '../../manifest/yaml/scalar';

/** Values by the names of their paths. */
type Tree = Map<string, ChartValue | Tree>;

function treeOf(values: readonly ChartValue[]): Tree {
  const root: Tree = new Map();
  for (const value of values) {
    const names = value.path.split('.');
    const last = names.pop() ?? '';
    let at = root;
    for (const name of names) {
      const next = at.get(name);
      const below = next instanceof Map ? next : new Map<string, ChartValue | Tree>();
      at.set(name, below);
      at = below;
    }
    at.set(last, value);
  }
  return root;
}

/** `values.yaml`: what users can set, with its default. */
export function valuesFile(values: readonly ChartValue[]): string {
  if (values.length === 0) return '# The code declares no values.\n{}\n';
  return linesOf(treeOf(values), '').join('');
}

function linesOf(tree: Tree, indent: string): string[] {
  return [...tree].flatMap(([name, each]) => {
    const key = formatKey(name) ?? name;
    if (each instanceof Map) return [`${indent}${key}:\n`, ...linesOf(each, `${indent}  `)];
    const value = each;
    const about = commentOf(value);
    return [
      ...(about === '' ? [] : [`${indent}# ${about}\n`]),
      `${indent}${key}: ${JSON.stringify(value.initial)}\n`,
    ];
  });
}

function commentOf({ description = '', enum: all = [], minimum, maximum }: ChartValue): string {
  const limits = [
    ...(all.length > 0 ? [`one of ${all.map((each) => JSON.stringify(each)).join(', ')}`] : []),
    ...(minimum === undefined ? [] : [`at least ${minimum}`]),
    ...(maximum === undefined ? [] : [`at most ${maximum}`]),
  ];
  const text = description.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return [text, ...(limits.length > 0 ? [`(${limits.join(', ')})`] : [])]
    .filter((each) => each !== '')
    .join(' ');
}

/**
 * `values.schema.json`: Helm refuses values of another type, and names that there are not. The draft is one that Helm 3 knows
 * as well.
 */
export function valuesSchema(values: readonly ChartValue[]): string {
  const { properties, ...rest } = schemaOf(treeOf(values));
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...rest,
    // Helm gives it to a chart that others include.
    properties: {
      ...properties,
      ...(Object.hasOwn(properties, 'global') ? {} : { global: { type: 'object' } }),
    },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

interface ObjectSchema {
  readonly type: 'object';
  readonly additionalProperties: false;
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
}

function schemaOf(tree: Tree): ObjectSchema {
  return {
    type: 'object',
    additionalProperties: false,
    required: [...tree.keys()],
    properties: Object.fromEntries(
      [...tree].map(([name, each]) => [name, each instanceof Map ? schemaOf(each) : scalarSchema(each)]),
    ),
  };
}

function scalarSchema(value: ChartValue): Readonly<Record<string, unknown>> {
  const { initial, description, enum: all, minimum, maximum, pattern, examples } = value;
  return {
    type: typeOf(value),
    ...(description !== undefined && { description }),
    default: initial,
    ...(all !== undefined && { enum: all }),
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(pattern !== undefined && { pattern }),
    ...(examples !== undefined && { examples }),
  };
}

/** A number that is whole where all that the code says of it is. */
function typeOf({ initial, enum: all = [], minimum, maximum, examples = [] }: ChartValue): string {
  if (typeof initial !== 'number') return typeof initial;
  const isWhole = (each: ValueScalar | undefined): boolean => each === undefined || Number.isInteger(each);
  return [initial, ...all, minimum, maximum, ...examples].every(isWhole) ? 'integer' : 'number';
}
