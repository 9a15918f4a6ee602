import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { nearest, SeaworthyError } from '../../errors';

/** Maximum number of bytes of git's output. */
const LARGEST = 2 ** 31 - 1;

/**
 * Settings for every call. A file system monitor is a program that .git/config names, and `check-ignore` starts it. A
 * folder of the work tree that looks like a repository itself, config and all, is not taken for one.
 */
const SETTINGS = ['-c', 'core.fsmonitor=false', '-c', 'safe.bareRepository=explicit'];

interface Answer {
  readonly ok: boolean;
  readonly out: Buffer;
  readonly said: string;
}

/** A git repository, read only: neither its index nor its work tree changes, and no program runs that it names. */
export class Repository {
  /** Absolute folder of the work tree. */
  readonly top: string;
  private readonly env: NodeJS.ProcessEnv;

  /**
   * The repository that `folder` is in.
   *
   * @throws SeaworthyError NO_GIT if git is not installed, or `folder` is in no repository
   */
  constructor(folder: string, env: NodeJS.ProcessEnv) {
    // Messages are shown to the user, in English; a lock to refresh the index would be a write.
    this.env = { ...env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' };
    this.top = realpathSync(folder);
    const { ok, out, said } = this.run('rev-parse', '--show-toplevel');
    if (!ok) {
      throw new SeaworthyError({
        code: 'NO_GIT',
        place: folder,
        message: `not in a git repository: ${said}`,
        hint: 'Without a repository, compare two folders: seaworthy plan before/ after/.',
      });
    }
    this.top = realpathSync(out.toString().trimEnd());
  }

  /**
   * The commit of a revision.
   *
   * @throws SeaworthyError UNKNOWN_REVISION
   */
  commit(revision: string): string {
    const { ok, out } = this.run(
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${revision}^{commit}`,
    );
    if (ok) return out.toString().trim();
    throw new SeaworthyError({
      code: 'UNKNOWN_REVISION',
      place: revision,
      message: 'unknown revision',
      hint: this.hintFor(revision),
    });
  }

  /** The hash of each file below `folder` in a commit, by its path below it. */
  files(commit: string, folder: string): Map<string, string> {
    const path = this.pathOf(folder);
    const { out } = this.run(
      // A path may begin with a colon, which else has a meaning.
      '--literal-pathspecs',
      'ls-tree',
      '-r',
      '-z',
      '--full-tree',
      commit,
      '--',
      ...(path === '' ? [] : [path]),
    );
    const found = new Map<string, string>();
    for (const entry of out.toString().split('\0')) {
      const [, mode = '', type, hash = '', name = ''] = /^(\d+) (\w+) (\w+)\t([^]*)$/.exec(entry) ?? [];
      // Links and submodules are not manifests.
      if (type === 'blob' && mode !== '120000')
        found.set(path === '' ? name : name.slice(path.length + 1), hash);
    }
    return found;
  }

  /**
   * The texts of files, by their hash.
   *
   * @throws SeaworthyError NO_OUTPUT if git does not have them, as in a partial clone that cannot fetch them
   */
  texts(hashes: Iterable<string>): Map<string, string> {
    const asked = [...new Set(hashes)];
    const texts = new Map<string, string>();
    if (asked.length === 0) return texts;
    const { out } = this.ask(['cat-file', '--batch'], `${asked.join('\n')}\n`);
    let start = 0;
    for (const hash of asked) {
      const end = out.indexOf(0x0a, start);
      const [, , length] = out.toString('latin1', start, end).split(' ');
      if (end < 0 || length === undefined) throw missingObject(hash);
      const size = Number(length);
      texts.set(hash, out.toString('utf8', end + 1, end + 1 + size));
      start = end + 1 + size + 1;
    }
    return texts;
  }

  /** Whether a file that git knows is not as it was committed. */
  get isChanged(): boolean {
    const { ok, out } = this.run('status', '--porcelain', '--untracked-files=no', '--ignore-submodules');
    return ok && out.length > 0;
  }

  /** Whether git ignores `folder`. */
  ignores(folder: string): boolean {
    return this.run('check-ignore', '--quiet', '--', `${folder}${sep}`).ok;
  }

  /** `folder` from the top of the work tree, in git's notation; it must be inside. */
  private pathOf(folder: string): string {
    const path = relative(this.top, folder);
    if (path.startsWith('..') || isAbsolute(path)) {
      throw new SeaworthyError({
        code: 'NO_OUTPUT',
        place: folder,
        message: `the folder is outside of the repository at ${this.top}`,
        hint: 'Compare two folders: seaworthy plan before/ after/.',
      });
    }
    return path.split(sep).join('/');
  }

  /** The names of branches and tags, those of remotes too. */
  revisions(): string[] {
    const { out } = this.run('for-each-ref', '--format=%(refname:short)');
    return out.toString().split('\n').filter(Boolean);
  }

  private hintFor(revision: string): string {
    const isShallow = this.run('rev-parse', '--is-shallow-repository').out.toString().trim() === 'true';
    if (isShallow)
      return 'This clone is shallow. Fetch the revision: fetch-depth: 0 of actions/checkout, or git fetch --unshallow.';
    const near = nearest(revision, this.revisions());
    if (near !== undefined) return `Did you mean ${near}?`;
    return revision.includes('/')
      ? `Fetch it first: git fetch ${revision.replace('/', ' ')}.`
      : 'git branch --all lists the branches.';
  }

  private run(...args: readonly string[]): Answer {
    return this.ask(args);
  }

  private ask(args: readonly string[], input = ''): Answer {
    const { top: cwd, env } = this;
    const { status, error, stdout, stderr } = spawnSync('git', [...SETTINGS, ...args], {
      cwd,
      env,
      input,
      maxBuffer: LARGEST,
    });
    if (error !== undefined) {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      throw new SeaworthyError({
        code: 'NO_GIT',
        message: isMissing ? 'git is not installed' : `cannot run git: ${error.message}`,
        hint: 'Install git, or compare two folders: seaworthy plan before/ after/.',
      });
    }
    return { ok: status === 0, out: stdout, said: stderr.toString().trim().split('\n')[0] ?? '' };
  }
}

function missingObject(hash: string): SeaworthyError {
  return new SeaworthyError({
    code: 'NO_OUTPUT',
    place: hash,
    message: 'git has no such object',
    hint: 'This clone is partial or damaged. Fetch its files: git fetch --refetch.',
  });
}
