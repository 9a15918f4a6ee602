/**
 * The structure of what the API server decodes, as data to walk. Every value has a `Schema`; a field is the schema of
 * its value and the properties of the field itself, so code that walks a schema can take either.
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
  /** The values that Kubernetes defines for it. Some fields accept fewer, and some also accept an empty string. */
  readonly enum?: readonly string[];
}

export interface BooleanSchema {
  readonly type: 'boolean';
}

/** An integer that must fit the Go type it is decoded into. */
export interface IntegerSchema {
  readonly type: 'integer';
  readonly format: IntegerFormat;
}

export type IntegerFormat = 'int32' | 'int64' | 'uint8' | 'uint16' | 'uint32' | 'uint64';

/** A double. */
export interface NumberSchema {
  readonly type: 'number';
}

/** Bytes, written as a base64 string. Decoding also accepts a list of numbers from 0 to 255. */
export interface BytesSchema {
  readonly type: 'bytes';
}

/** A point in time in RFC 3339 format, precise to the second (Go's `Time`) or the microsecond (`MicroTime`). */
export interface TimeSchema {
  readonly type: 'time';
  readonly precision: 'second' | 'microsecond';
}

/** A duration in Go's format: `1h30m`. */
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

/** Any JSON value, stored unchanged. */
export interface AnySchema {
  readonly type: 'any';
}

/**
 * One of several shapes, told apart by their JSON type: the schema-or-boolean fields of `JSONSchemaProps`. The server
 * silently drops unknown fields below such a value, even with strict field validation.
 */
export interface UnionSchema {
  readonly type: 'union';
  readonly of: readonly Schema[];
}

/** An object with arbitrary keys. */
export interface MapSchema {
  readonly type: 'map';
  readonly values: Schema;
  /** True where the map is atomic to server-side apply. */
  readonly atomic: boolean;
}

export interface ListSchema {
  readonly type: 'list';
  readonly items: Schema;
  /** How server-side apply merges it: as one value, as a set of scalars, or as a map by `listKeys`. */
  readonly listType: 'atomic' | 'set' | 'map';
  /** The fields that identify an item; empty unless `listType` is `map`. */
  readonly listKeys: readonly string[];
}

/** A struct by reference, read on access: some structs contain themselves. */
export interface StructReference {
  readonly type: 'struct';
  readonly struct: () => StructSchema;
  /** True where the struct is atomic to server-side apply. */
  readonly atomic: boolean;
}

/** An object with known fields; the server rejects any other. */
export interface StructSchema {
  /** Its Go type, which identifies the struct: `core/v1.PodSpec`, `meta/v1.ObjectMeta`. */
  readonly name: string;
  readonly fields: ReadonlyMap<string, FieldSchema>;
}

/** A field of a struct: the schema of its value, and the properties of the field. */
export type FieldSchema = Schema & FieldFacts;

export interface FieldFacts {
  readonly name: string;
  /**
   * Whether the OpenAPI document requires it. The server does not require it while decoding: an absent field has its
   * zero value, which validation then accepts or rejects.
   */
  readonly required: boolean;
  /** True where absent and zero (`0`, `''`, `false`, `{}`) differ: the Go field is a pointer. */
  readonly pointer: boolean;
  /** True where the server omits a zero value when it writes the object; a struct is zero only as a pointer. */
  readonly omitEmpty: boolean;
  /**
   * The value that the API declares for an absent field. Most defaults are set by code in the server and are not listed
   * here.
   */
  readonly default?: unknown;
  /** The field by which a strategic merge patch identifies the items. */
  readonly mergeKey?: string;
  /** How a strategic merge patch changes the field; absent where it replaces the field. */
  readonly patchStrategy?: readonly PatchStrategy[];
}

export type PatchStrategy = 'merge' | 'replace' | 'retainKeys';
