import { readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';

/**
 * Where a fact comes from: `@source MODULE FILE NAME[, NAME…] RELEASE`, in the comment of what states it. A name is
 * that of a top-level declaration of Go, `Type.Method` for a method; the release is the minor release of Kubernetes
 * at which somebody last compared the two.
 */
export interface Source {
  readonly module: string;
  readonly file: string;
  readonly names: readonly string[];
  readonly release: string;
  /** Where the tag stands: path below the repository, and line. */
  readonly at: string;
}

/** Sources, and the lines that look like tags and are not. */
export interface Tags {
  readonly sources: readonly Source[];
  readonly malformed: readonly string[];
}

const NAME = String.raw`[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?`;
const TAG = new RegExp(
  String.raw`@source ([a-z0-9.-]+(?:/[\w.-]+)+) ([\w./-]+\.go) (${NAME}(?:, ${NAME})*) (1\.\d+)(?: \*/)?$`,
);

/** The tags in the text of one file. */
export function tagsIn(text: string, path: string): Tags {
  const [sources, malformed]: [Source[], string[]] = [[], []];
  for (const [index, line] of text.split('\n').entries()) {
    if (!line.includes('@source')) continue;
    const at = `${path}:${index + 1}`;
    const [, module, file, names, release] = TAG.exec(line.trimEnd()) ?? [];
    if (module === undefined || file === undefined || names === undefined || release === undefined)
      malformed.push(`${at}: ${line.trim()}`);
    else sources.push({ module, file, names: names.split(', '), release, at });
  }
  return { sources, malformed };
}

/** The tags in all TypeScript files below a folder of the repository, tests left out. */
export function tagsBelow(root: string, folder: string): Tags {
  const files = (readdirSync(join(root, folder), { recursive: true }) as string[])
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => `${folder}/${file.split(sep).join('/')}`)
    .sort();
  const all = files.map((file) => tagsIn(readFileSync(join(root, file), 'utf8'), file));
  return {
    sources: all.flatMap(({ sources }) => sources),
    malformed: all.flatMap(({ malformed }) => malformed),
  };
}
