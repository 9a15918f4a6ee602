import { describeThrown, isPlainRecord, type PlainRecord } from '../../manifest/data';
import { Pattern } from '../../kube/pattern';
import type { PropsSchema } from '../props-schema';
import { valuesOnly, type StructuralSchema } from './schema';
import { united, type Alternatives } from './union';

/** Takes what a CustomResourceDefinition cannot express. */
export type SchemaReport = (path: string, message: string, hint?: string) => void;

/** The structural schema of props, and which of them cannot change. */
export interface StructuralProps {
  readonly schema: StructuralSchema;
  /** As paths below the props. */
  readonly immutable: readonly string[];
}

/** Words of JSON Schema that a structural schema has just so. */
const KEPT = new Set(
  `type format description default nullable enum pattern minimum maximum exclusiveMinimum exclusiveMaximum multipleOf
  minLength maxLength minItems maxItems minProperties maxProperties`.split(/\s+/),
);

/** Words about documentation and reading, which no object is judged by. */
const SILENT = new Set(
  '$schema id title readOnly writeOnly deprecated example examples definitions immutable'.split(' '),
);

const DEEPEST = 60;

/**
 * The props as the API server judges them. What only code can judge, such as a refinement, is left to the operator.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/convert.go NewStructural 1.36
 */
export function structural(schema: PropsSchema, path: string, report: SchemaReport): StructuralProps {
  let json: PlainRecord;
  try {
    json = schema['~standard'].jsonSchema.input({ target: 'openapi-3.0' });
  } catch (error) {
    report(
      path,
      `no JSON Schema can be made of it: ${describeThrown(error)}`,
      'Use what JSON can hold: text, numbers, booleans, lists and objects.',
    );
    return { schema: { type: 'object' }, immutable: [] };
  }
  const converter = new Converter(json, path, report);
  const converted = converter.convert(json, []);
  if (converted.type !== 'object') report(path, 'expected an object', 'Use z.object.');
  return { schema: converted, immutable: converter.immutable };
}

/** One walk over one JSON Schema. */
class Converter implements Alternatives {
  readonly immutable: string[] = [];
  readonly #root: PlainRecord;
  readonly #place: string;
  readonly #report: SchemaReport;
  /** What is being converted, by its reference. */
  readonly #open: string[] = [];

  constructor(root: PlainRecord, place: string, report: SchemaReport) {
    this.#root = root;
    this.#place = place;
    this.#report = report;
  }

  /** Reports something wrong with the prop at `path`. */
  refuse(path: readonly string[], message: string, hint?: string): StructuralSchema {
    this.#report([this.#place, ...path].join('.').replaceAll('.[]', '[]'), message, hint);
    return { 'x-kubernetes-preserve-unknown-fields': true };
  }

  convert(node: PlainRecord, path: readonly string[]): StructuralSchema {
    if (path.length > DEEPEST) return this.refuse(path.slice(0, 3), 'is nested too deep');
    if (typeof node['$ref'] === 'string') return this.#resolved(node['$ref'], node, path);
    if (node['immutable'] === true) this.immutable.push(path.join('.').replaceAll('.[]', '[]'));
    const branches = node['anyOf'] ?? node['oneOf'];
    if (Array.isArray(branches)) return united(this, node, branches as PlainRecord[], path);
    const schema = this.#own(node, path);
    this.#addFields(schema, node, path);
    if (Object.keys(schema).every((key) => key === 'description' || key === 'default'))
      return { ...schema, 'x-kubernetes-preserve-unknown-fields': true };
    return schema;
  }

  #resolved(reference: string, { $ref: _, ...own }: PlainRecord, path: readonly string[]): StructuralSchema {
    if (this.#open.includes(reference) || reference === '#')
      return this.refuse(
        path,
        'contains itself: a CustomResourceDefinition has no recursive schemas',
        'Limit the depth by separate schemas.',
      );
    const found = reference
      .split('/')
      .slice(1)
      .reduce<unknown>((at, key) => (isPlainRecord(at) ? at[key] : undefined), this.#root);
    if (!isPlainRecord(found)) return this.refuse(path, `refers to ${reference}, which is not there`);
    this.#open.push(reference);
    const schema = this.convert({ ...found, ...own }, path);
    this.#open.pop();
    return schema;
  }

  /** What a node says of its own value. */
  #own(node: PlainRecord, path: readonly string[]): StructuralSchema {
    const schema: StructuralSchema = {};
    for (const [key, value] of Object.entries(node)) {
      if (KEPT.has(key) || key.startsWith('x-kubernetes-')) schema[key] = value;
      else if (!STRUCTURE.has(key) && !SILENT.has(key))
        this.refuse(path, `says "${key}", which a CustomResourceDefinition cannot express`);
    }
    if (Array.isArray(node['enum']) && schema.type === undefined)
      Object.assign(schema, typeOfEnum(node['enum']));
    if (schema.type === 'integer') {
      // Bounds of JavaScript are no bounds of the props.
      if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
      if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
      schema['format'] ??= 'int64';
    }
    this.#checkPattern(schema, path);
    if (Array.isArray(node['allOf']))
      schema['allOf'] = node['allOf'].map((each) => valuesOnly(this.convert(each as PlainRecord, path)));
    if (node['not'] !== undefined) this.refuse(path, 'no value fits it', 'Leave it out.');
    return schema;
  }

  /** The API server has regular expressions of Go. */
  #checkPattern(schema: StructuralSchema, path: readonly string[]): void {
    const { pattern } = schema;
    if (typeof pattern !== 'string' || new Pattern(pattern).problem === undefined) return;
    delete schema['pattern'];
    // The library's own pattern for a format that the API server knows, or that the operator judges.
    if (schema['format'] !== undefined) return;
    this.refuse(
      path,
      `Invalid value: "${pattern}": must be a valid regular expression of Go (RE2)`,
      'Write it without lookarounds and backreferences, or as a refinement, which the operator judges.',
    );
  }

  #addFields(schema: StructuralSchema, node: PlainRecord, path: readonly string[]): void {
    const { properties, additionalProperties: others, items } = node;
    if (isPlainRecord(properties)) {
      schema.properties = Object.fromEntries(
        Object.entries(properties).map(([name, each]) => [
          name,
          this.convert(each as PlainRecord, [...path, name]),
        ]),
      );
    }
    if (Array.isArray(node['required'])) schema.required = [...(node['required'] as string[])];
    const hasFields = isPlainRecord(properties) && Object.keys(properties).length > 0;
    if (isPlainRecord(others) && Object.keys(others).length > 0) {
      if (hasFields)
        this.refuse(
          path,
          'has props of its own and others by any name',
          'Put the others into a record below a prop.',
        );
      else schema.additionalProperties = this.convert(others, [...path, '{}']);
    } else if (others === true || isPlainRecord(others))
      schema['x-kubernetes-preserve-unknown-fields'] = true;
    if (isPlainRecord(items)) schema.items = this.convert(items, [...path, '[]']);
    else if (schema.type === 'array') this.refuse(path, 'is a list of anything', 'Say what its items are.');
  }
}

/** Words that are converted, not copied. */
const STRUCTURE = new Set(
  'properties required additionalProperties items allOf anyOf oneOf not $ref'.split(' '),
);

function typeOfEnum(values: readonly unknown[]): StructuralSchema {
  const types = new Set(values.filter((value) => value !== null).map((value) => typeof value));
  const [type] = types;
  if (types.size !== 1) return {};
  return { type: type === 'number' && values.every(Number.isInteger) ? 'integer' : String(type) };
}
