/**
 * The shape of what the API server decodes, as data to walk. Every value has a `Schema`; a field is the schema
 * of its value together with what holds for the field itself, so a walker takes either.
 */
export type Schema =
  | StringSchema
  | BooleanSchema
  | IntegerSchema
  | NumberSchema
  | BytesSchema
  | TimeSchema
  | DurationSchema
  | QuantitySchema
  | IntOrStringSchema
  | AnySchema
  | UnionSchema
  | MapSchema
  | ListSchema
  | StructReference;

export interface StringSchema {
  readonly type: 'string';
  /** The values that Kubernetes names for it. Some fields take fewer, and some take an empty string as well. */
  readonly enum?: readonly string[];
}

export interface BooleanSchema {
  readonly type: 'boolean';
}

/** A whole number that has to fit the Go type it is decoded into. */
export interface IntegerSchema {
  readonly type: 'integer';
  readonly format: IntegerFormat;
}

export type IntegerFormat = 'int32' | 'int64' | 'uint8' | 'uint16' | 'uint32' | 'uint64';

/** A double. */
export interface NumberSchema {
  readonly type: 'number';
}

/** Bytes, written as a string in base64. Decoding takes a list of numbers from 0 to 255 as well. */
export interface BytesSchema {
  readonly type: 'bytes';
}

/** A point in time as RFC 3339 writes it, kept to the second (Go's `Time`) or the microsecond (`MicroTime`). */
export interface TimeSchema {
  readonly type: 'time';
  readonly precision: 'second' | 'microsecond';
}

/** A length of time as Go writes it: `1h30m`. */
export interface DurationSchema {
  readonly type: 'duration';
}

/** A quantity such as `250m` or `1Gi`, as a string or a number. */
export interface QuantitySchema {
  readonly type: 'quantity';
}

/** An int32 or a string. */
export interface IntOrStringSchema {
  readonly type: 'intOrString';
}

/** Any JSON value, kept as it comes. */
export interface AnySchema {
  readonly type: 'any';
}

/**
 * One of several shapes, told apart by their JSON type: the schema-or-boolean fields of `JSONSchemaProps`.
 * The server drops unknown fields below such a value in silence, even with strict field validation.
 */
export interface UnionSchema {
  readonly type: 'union';
  readonly of: readonly Schema[];
}

/** An object whose keys are the user's. */
export interface MapSchema {
  readonly type: 'map';
  readonly values: Schema;
  /** True where server-side apply takes the map as one value. */
  readonly atomic: boolean;
}

export interface ListSchema {
  readonly type: 'list';
  readonly items: Schema;
  /** How server-side apply merges it: as one value, as a set of scalars, or as a map by `listKeys`. */
  readonly listType: 'atomic' | 'set' | 'map';
  /** The fields of an item that tell it from the others; empty unless `listType` is `map`. */
  readonly listKeys: readonly string[];
}

/** A struct by reference, read when it is asked for: some structs hold themselves. */
export interface StructReference {
  readonly type: 'struct';
  readonly struct: () => StructSchema;
  /** True where server-side apply takes the struct as one value. */
  readonly atomic: boolean;
}

/** An object with known fields; the server refuses any other. */
export interface StructSchema {
  /** The Go type behind it, which tells structs apart: `core/v1.PodSpec`, `meta/v1.ObjectMeta`. */
  readonly name: string;
  readonly fields: ReadonlyMap<string, FieldSchema>;
}

/** A field of a struct: the schema of its value, and what holds for the field. */
export type FieldSchema = Schema & FieldFacts;

export interface FieldFacts {
  readonly name: string;
  /**
   * Whether the OpenAPI document requires it. The server does not ask for it while decoding: an absent field has
   * its zero value, which validation then takes or refuses.
   */
  readonly required: boolean;
  /** True where absent and zero (`0`, `''`, `false`, `{}`) differ: the Go field is a pointer. */
  readonly pointer: boolean;
  /** True where the server leaves a zero value out when it writes the object; a struct is zero only as a pointer. */
  readonly omitEmpty: boolean;
  /** The value that the API declares for an absent field. Most defaults are code in the server and not here. */
  readonly default?: unknown;
  /** The field of an item that a strategic merge patch tells items apart by. */
  readonly mergeKey?: string;
  /** How a strategic merge patch treats the field; absent where it replaces it. */
  readonly patchStrategy?: readonly PatchStrategy[];
}

export type PatchStrategy = 'merge' | 'replace' | 'retainKeys';
