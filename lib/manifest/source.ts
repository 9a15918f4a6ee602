/** A line of a file, counted from 1, and the column in it where that is known. */
export interface Source {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** The place that an origin's `source` names: `apps/shop/shop.ts:42`, `deploy.yaml:14:5`. */
export function parseSource(source: string | undefined): Source | undefined {
  const [, file, line, column] = /^([^]+?):(\d+)(?::(\d+))?$/.exec(source ?? '') ?? [];
  if (file === undefined) return undefined;
  return { file, line: Number(line), ...(column !== undefined && { column: Number(column) }) };
}
