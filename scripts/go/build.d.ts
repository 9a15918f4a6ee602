/** What is built, and what is said of that. */
export interface GoProgram {
  /** Folder of its module, with all of its files. */
  readonly source: string;
  /** Name of its .mod and .sum. @default go */
  readonly modules?: string;
  readonly flags: readonly string[];
  /** What to say where there is no Go. */
  readonly missing: string;
  /** What to say before it builds. */
  readonly remark?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Builds a Go program, unless the same sources were built before. @returns its file, in the user's cache folder */
export function buildGo(name: string, program: GoProgram): string;
