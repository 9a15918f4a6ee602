import type { Mark } from './cursor';

/** How a scalar is written. */
export type ScalarStyle = 'plain' | 'quoted' | 'block';

/** A token of YAML 1.1, with the names that its specification gives. */
export type Token =
  | { readonly type: MarkerToken; readonly start: Mark }
  | { readonly type: 'scalar'; readonly start: Mark; readonly value: string; readonly style: ScalarStyle }
  | { readonly type: 'anchor' | 'alias'; readonly start: Mark; readonly name: string }
  | { readonly type: 'tag'; readonly start: Mark; readonly handle: string; readonly suffix: string }
  | { readonly type: 'version-directive'; readonly start: Mark; readonly version: string }
  | {
      readonly type: 'tag-directive';
      readonly start: Mark;
      readonly handle: string;
      readonly prefix: string;
    };

type MarkerToken =
  | 'stream-end'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'block-entry'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'flow-entry'
  | 'key'
  | 'value';

export type TokenType = Token['type'];

/** Ends the scan: `message` in the words of go-yaml, which kubectl prints. */
export type Fail = (message: string, at: Mark, hint?: string) => never;
