import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** Where the CustomResourceDefinitions of one software come from: an entry of sources.json. */
export interface Source {
  /** The name of its data, and in profiles: `cert-manager`. */
  readonly software: string;
  /** What people call it. */
  readonly name: string;
  readonly license: string;
  /** On GitHub. */
  readonly repository: string;
  /** Its Go module, for releases with `go:`. */
  readonly module?: string;
  /** What its tags begin with, where a repository has several products, and the folder of this one. */
  readonly tagPrefix?: string;
  readonly folder?: string;
  /** Files with the definitions, with `*` in names. */
  readonly files: readonly string[];
  /** The files of a second, larger set of definitions, as the Gateway API has. */
  readonly experimental?: readonly string[];
  readonly kinds: readonly string[];
  /** Tags, oldest first; `go:` for a version of the Go module. With `parts`, the releases of the whole. */
  readonly releases: readonly string[];
  /** The repositories of a software that has several. @default it is in `repository` */
  readonly parts?: readonly Part[];
}

/** A repository of a software, with its tag for each release of the whole; a release that is not listed has the one before. */
interface Part extends Pick<Source, 'repository' | 'module' | 'files'> {
  readonly tags: Readonly<Record<string, string>>;
}

export type Json = { readonly [key in string]?: unknown };

/** The definitions in `files` of a release. */
export function definitions(
  source: Source,
  release: string,
  files: readonly string[],
  cache: string,
): Json[] {
  if (source.parts !== undefined)
    return source.parts.flatMap((part) => {
      const { parts: _, ...rest } = { ...source, ...part };
      return definitions(rest, tagOf(part, release, source), part.files, cache);
    });
  const texts = release.startsWith('go:')
    ? fromModule(source, release.slice(3), files)
    : fromTag(source, release, files, cache);
  const all = texts.flatMap((text) =>
    parseAllDocuments(withoutTemplates(text)).map((document) => document.toJS() as Json | null),
  );
  return all.filter((each) => each?.['kind'] === 'CustomResourceDefinition').map((each) => each ?? {});
}

function tagOf({ tags, repository }: Part, release: string, { releases }: Source): string {
  const upTo = releases.slice(0, releases.indexOf(release) + 1);
  const tag = upTo.map((each) => tags[each]).findLast((each) => each !== undefined);
  if (tag === undefined) throw new Error(`no tag of ${repository} for ${release}`);
  return tag;
}

function fromModule({ module = '' }: Source, version: string, files: readonly string[]): string[] {
  const printed = execFileSync('go', ['mod', 'download', '-json', `${module}@${version}`], {
    encoding: 'utf8',
    env: { ...process.env, GOTOOLCHAIN: 'auto' },
  });
  const { Dir: folder } = JSON.parse(printed) as { Dir: string };
  const paths = files.flatMap((file) =>
    readdirSync(join(folder, dirname(file)))
      .map((name) => join(dirname(file), name))
      .filter((path) => pattern(file).test(path))
      .sort(),
  );
  return paths.map((path) => readFileSync(join(folder, path), 'utf8'));
}

function fromTag(source: Source, tag: string, files: readonly string[], cache: string): string[] {
  const { repository, tagPrefix = '', folder = '' } = source;
  const clone = join(cache, repository.replace('/', '+'));
  if (!existsSync(clone)) {
    mkdirSync(cache, { recursive: true });
    const address = `https://github.com/${repository}`;
    git('clone', '--quiet', '--bare', '--filter=blob:none', address, clone);
  }
  const ref = `${tagPrefix}${tag}`;
  const paths = git('-C', clone, 'ls-tree', '-r', '--name-only', ref).split('\n');
  const wanted = files.map((file) => pattern(`${folder}${file}`));
  return paths
    .filter((path) => wanted.some((each) => each.test(path)))
    .map((path) => git('-C', clone, 'show', `${ref}:${path}`));
}

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', maxBuffer: 1 << 28 });
}

function pattern(glob: string): RegExp {
  return new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`);
}

/** The templates of Helm charts, of which only labels and annotations use expressions. */
function withoutTemplates(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.includes('{{'))
    .join('\n');
}
