/** A line of a file, counted from 1. */
export interface Source {
  readonly file: string;
  readonly line: number;
}

/** The file and line that an origin's `source` names: `apps/shop/shop.ts:42`. */
export function parseSource(source: string | undefined): Source | undefined {
  const match = /^([^]+?):(\d+)(?::\d+)?$/.exec(source ?? '');
  return match?.[1] === undefined ? undefined : { file: match[1], line: Number(match[2]) };
}
