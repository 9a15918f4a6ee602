/**
 * A schema of props: a value of zod, or of another library that has Standard Schema with JSON Schema. Types, validation and
 * JSON Schema come from it, and nothing of the library is loaded.
 */
export interface PropsSchema<Props = unknown> {
  readonly '~standard': {
    readonly version: 1;
    /** The library: `zod`. */
    readonly vendor: string;
    readonly types?: { readonly input: unknown; readonly output: Props } | undefined;
    /** The value with defaults, or what is wrong with it. A promise is refused. */
    readonly validate: (value: unknown) => SchemaResult<Props> | Promise<SchemaResult<Props>>;
    readonly jsonSchema: {
      /** The JSON Schema of what an author writes. */
      readonly input: (options: {
        readonly target: 'openapi-3.0';
        readonly libraryOptions?: Record<string, unknown> | undefined;
      }) => Record<string, unknown>;
    };
  };
}

/** What a schema says of a value. */
export type SchemaResult<Props = unknown> =
  { readonly value: Props; readonly issues?: undefined } | { readonly issues: readonly SchemaIssue[] };

/** One thing that is wrong with a value. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** The props that a schema makes. */
export type PropsOf<Schema extends PropsSchema> = NonNullable<Schema['~standard']['types']>['output'];
