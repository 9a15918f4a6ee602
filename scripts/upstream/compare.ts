import type { Source } from './tags';

/** What a module of some release declares under a name: the file, and a digest of the code. */
export interface Declaration {
  readonly file: string;
  readonly digest: string;
  readonly code: string;
}

/** Finds the declaration that a tag names in the modules of a release. */
export type Lookup = (release: string, module: string, file: string, name: string) => Declaration | undefined;

/** One upstream declaration that is not the same in two releases. */
export interface Change {
  readonly module: string;
  readonly file: string;
  readonly name: string;
  readonly kind: 'changed' | 'moved' | 'gone' | 'new';
  /** For one that moved, the file that declares it now. */
  readonly to?: string;
  /** The tags that name it. */
  readonly users: readonly string[];
  /** Its code in each of the two releases; empty where there is none. */
  readonly code: readonly [before: string, after: string];
}

/** The declarations named by tags that differ between two releases, sorted by module, file and name. */
export function changesBetween(
  sources: readonly Source[],
  from: string,
  to: string,
  lookup: Lookup,
): readonly Change[] {
  const changes: Change[] = [];
  for (const { module, file, name, users } of declarationsNamed(sources)) {
    const [before, after] = [lookup(from, module, file, name), lookup(to, module, file, name)];
    const kind = kindOf(before, after);
    if (kind === undefined) continue;
    const code = [before?.code ?? '', after?.code ?? ''] as const;
    const moved = after !== undefined && after.file !== (before?.file ?? file);
    changes.push({ module, file, name, kind, users, code, ...(moved && { to: after.file }) });
  }
  return changes;
}

function kindOf(before: Declaration | undefined, after: Declaration | undefined): Change['kind'] | undefined {
  if (before === undefined) return after === undefined ? undefined : 'new';
  if (after === undefined) return 'gone';
  if (before.digest !== after.digest) return 'changed';
  return before.file === after.file ? undefined : 'moved';
}

/** The tags that name what the file they name does not declare at their release. */
export function wrongTags(sources: readonly Source[], lookup: Lookup): readonly string[] {
  return sources.flatMap(({ module, file, names, release, at }) =>
    names.flatMap((name) => {
      const found = lookup(release, module, file, name);
      if (found?.file === file) return [];
      const where = found === undefined ? 'no file of the module does' : `${found.file} does`;
      return [`${at}: ${module} ${file} does not declare ${name} in ${release}; ${where}`];
    }),
  );
}

interface Named {
  readonly module: string;
  readonly file: string;
  readonly name: string;
  readonly users: string[];
}

function declarationsNamed(sources: readonly Source[]): readonly Named[] {
  const all = new Map<string, Named>();
  for (const { module, file, names, at } of sources) {
    for (const name of names) {
      const key = `${module} ${file} ${name}`;
      const known = all.get(key) ?? { module, file, name, users: [] };
      known.users.push(at);
      all.set(key, known);
    }
  }
  return [...all.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, named]) => named);
}
