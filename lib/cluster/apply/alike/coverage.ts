import type { Schema } from '../../../kube/schema';
import { isPlainRecord, type PlainRecord } from '../../../manifest/data';
import type { KubeObject } from '../../../manifest/manifest';

/** What chooses what a server does, by the writing of enums: `LoadBalancer`, `TCP`, `RollingUpdate`. */
const WORD = /^[A-Z][A-Za-z]*$/;

/** Labels and annotations of Kubernetes, which choose what a server does as fields do. */
const RESERVED = /(^|\.)(kubernetes|k8s)\.io\//;

/** What an object is made of, apart from what its texts and numbers are. */
interface Outline {
  /** Each field with what is in it: `spec.type=LoadBalancer`, `spec.ports=several`, `spec.ports[].port=number`. */
  readonly parts: Set<string>;
  /** The names of the fields of each struct, by the path of the struct. */
  readonly structs: (readonly [path: string, fields: ReadonlySet<string>])[];
}

/**
 * What some objects of a kind have between them: each field that any has, in one of them; without it, in another where
 * others leave it out; none, one or several items of a list; each switch, and each word such as `LoadBalancer`.
 */
export class Coverage {
  readonly #parts = new Set<string>();
  /** By the path of a struct: the fields that it has in each of the objects. */
  readonly #always = new Map<string, ReadonlySet<string>>();

  /** Adds an object, unless those that are there have all of it between them. @returns whether it was added */
  add(object: KubeObject, schema: Schema): boolean {
    const { parts, structs } = outlineOf(object, schema);
    const isCovered = [...parts].every((part) => this.#parts.has(part));
    if (isCovered && !structs.some(([path, fields]) => this.#lacksNew(path, fields))) return false;
    for (const part of parts) this.#parts.add(part);
    for (const [path, fields] of structs) {
      const before = this.#always.get(path) ?? fields;
      this.#always.set(path, new Set([...before].filter((field) => fields.has(field))));
    }
    return true;
  }

  /** Whether a struct leaves out a field that it has in all objects that are there. */
  #lacksNew(path: string, fields: ReadonlySet<string>): boolean {
    return [...(this.#always.get(path) ?? [])].some((field) => !fields.has(field));
  }
}

function outlineOf(object: KubeObject, schema: Schema): Outline {
  const outline: Outline = { parts: new Set(), structs: [] };
  visit(object, schema, '', outline);
  return outline;
}

function visit(value: unknown, schema: Schema | undefined, path: string, into: Outline): void {
  into.parts.add(`${path}=${sortOf(value)}`);
  if (Array.isArray(value)) {
    const items = schema?.type === 'list' ? schema.items : undefined;
    for (const item of value) visit(item, items, `${path}[]`, into);
  } else if (isPlainRecord(value)) {
    if (schema?.type === 'map' && schema.values.type !== 'quantity') visitMap(value, path, into);
    else visitStruct(value, schema, path, into);
  }
}

function visitStruct(value: PlainRecord, schema: Schema | undefined, path: string, into: Outline): void {
  const fields = schema?.type === 'struct' ? schema.struct().fields : undefined;
  const given = Object.entries(value).filter(([, each]) => each !== undefined);
  into.structs.push([path, new Set(given.map(([key]) => key))]);
  for (const [key, each] of given) visit(each, fields?.get(key), `${path}.${key}`, into);
}

/** Whoever writes a map chooses its keys: they are texts as values are, other than those of Kubernetes. */
function visitMap(value: PlainRecord, path: string, into: Outline): void {
  const reserved = Object.entries(value).filter(([key]) => RESERVED.test(key));
  into.structs.push([path, new Set(reserved.map(([key]) => key))]);
  for (const [key, each] of reserved) visit(each, undefined, `${path}.${key}`, into);
  for (const [key, each] of Object.entries(value))
    if (!RESERVED.test(key)) into.parts.add(`${path}.*=${each === '' ? '' : typeof each}`);
}

/** What a value is, apart from which text or number. */
function sortOf(value: unknown): string {
  if (Array.isArray(value)) return ['none', 'one'][value.length] ?? 'several';
  if (isPlainRecord(value)) return 'fields';
  // An empty text is often as good as none, and so is zero.
  if (typeof value === 'string') return value === '' || WORD.test(value) ? `"${value}"` : 'text';
  if (typeof value === 'number') return value === 0 ? '0' : 'number';
  return String(value);
}
