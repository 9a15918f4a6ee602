import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { nearest, SeaworthyError } from '../../errors';

/** Bytes that git may hand over at once. */
const LARGEST = 2 ** 31 - 1;

interface Answer {
  readonly ok: boolean;
  readonly out: Buffer;
  readonly said: string;
}

/** A git repository, which is only ever read: neither its index nor its work tree is touched. */
export class Repository {
  /** Absolute folder of the work tree. */
  readonly top: string;
  private readonly env: NodeJS.ProcessEnv;

  /**
   * The repository that `folder` is in.
   *
   * @throws SeaworthyError NO_GIT where there is no git, or no repository
   */
  constructor(folder: string, env: NodeJS.ProcessEnv) {
    // Messages are read and shown; taking a lock to refresh the index would be a change.
    this.env = { ...env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' };
    this.top = realpathSync(folder);
    const { ok, out, said } = this.run('rev-parse', '--show-toplevel');
    if (!ok) {
      throw new SeaworthyError({
        code: 'NO_GIT',
        place: folder,
        message: `git finds no repository here: ${said}`,
        hint: 'Revisions are those of a git repository; without one, name two folders to compare: seaworthy plan before/ after/.',
      });
    }
    this.top = realpathSync(out.toString().trimEnd());
  }

  /**
   * The commit that a revision stands for.
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
      message: 'git knows no such revision here',
      hint: this.hintFor(revision),
    });
  }

  /** The hash of each file below `folder` in a commit, by its path below it. */
  files(commit: string, folder: string): Map<string, string> {
    const path = this.pathOf(folder);
    const { out } = this.run(
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
      // Links and submodules hold no text of ours.
      if (type === 'blob' && mode !== '120000')
        found.set(path === '' ? name : name.slice(path.length + 1), hash);
    }
    return found;
  }

  /** The texts of files, by their hash. */
  texts(hashes: Iterable<string>): Map<string, string> {
    const asked = [...new Set(hashes)];
    const texts = new Map<string, string>();
    if (asked.length === 0) return texts;
    const { out } = this.ask(['cat-file', '--batch'], `${asked.join('\n')}\n`);
    let start = 0;
    for (const hash of asked) {
      const end = out.indexOf(0x0a, start);
      const size = Number(out.toString('latin1', start, end).split(' ')[2]);
      texts.set(hash, out.toString('utf8', end + 1, end + 1 + size));
      start = end + 1 + size + 1;
    }
    return texts;
  }

  /** Whether git leaves `folder` out of what is committed. */
  ignores(folder: string): boolean {
    return this.run('check-ignore', '--quiet', '--', `${folder}${sep}`).ok;
  }

  /** `folder` from the top of the work tree, as git writes it; it has to lie in there. */
  private pathOf(folder: string): string {
    const path = relative(this.top, folder);
    if (path.startsWith('..') || isAbsolute(path)) {
      throw new SeaworthyError({
        code: 'NO_OUTPUT',
        place: folder,
        message: `it is not in the repository at ${this.top}, so that no revision has it`,
        hint: 'Name two folders to compare: seaworthy plan before/ after/.',
      });
    }
    return path.split(sep).join('/');
  }

  private hintFor(revision: string): string {
    const isShallow = this.run('rev-parse', '--is-shallow-repository').out.toString().trim() === 'true';
    if (isShallow)
      return 'This clone is shallow: fetch it, with fetch-depth: 0 of actions/checkout or git fetch --unshallow.';
    const names = this.run('for-each-ref', '--format=%(refname:short)')
      .out.toString()
      .split('\n')
      .filter(Boolean);
    const near = nearest(revision, names);
    if (near !== undefined) return `Did you mean ${near}?`;
    return revision.includes('/')
      ? `Fetch it first: git fetch ${revision.replace('/', ' ')}.`
      : 'See git branch --all for those that there are.';
  }

  private run(...args: readonly string[]): Answer {
    return this.ask(args);
  }

  private ask(args: readonly string[], input = ''): Answer {
    const { top: cwd, env } = this;
    const { status, error, stdout, stderr } = spawnSync('git', args, { cwd, env, input, maxBuffer: LARGEST });
    if (error !== undefined) {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      throw new SeaworthyError({
        code: 'NO_GIT',
        message: isMissing ? 'there is no git to read revisions with' : `git cannot be run: ${error.message}`,
        hint: 'Install git, or name two folders to compare: seaworthy plan before/ after/.',
      });
    }
    return { ok: status === 0, out: stdout, said: stderr.toString().trim().split('\n')[0] ?? '' };
  }
}
