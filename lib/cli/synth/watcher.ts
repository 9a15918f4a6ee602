import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, sep } from 'node:path';
import { FSWatcher } from 'chokidar';

/**
 * A watcher that stays closed. chokidar's opens again if it hears only after `close` that files are gone, as those of
 * an output that is replaced: it adds their folder, to see them return, and the process never ends.
 */
export class Watcher extends FSWatcher {
  private ended = false;

  override add(...args: Parameters<FSWatcher['add']>): this {
    if (!this.ended) super.add(...args);
    return this;
  }

  override close(): Promise<void> {
    this.ended = true;
    return super.close();
  }
}

/** A watcher of paths that change between runs. `onChange` gets each file that was made, removed or has another content. */
export class Files {
  private readonly contents = new Map<string, string | undefined>();
  private readonly watcher: Watcher;
  private followed: ReadonlySet<string> = new Set();

  private constructor(
    watcher: Watcher,
    onChange: (path: string, event: string) => void,
    isGenerated: Ignored,
  ) {
    this.watcher = watcher;
    watcher.on('all', (event, path) => {
      if (event === 'addDir' || event === 'unlinkDir' || isGenerated(path)) return;
      // A compiler that the app starts writes the same files again at every run.
      const content = hash(path);
      if (this.contents.has(path) && this.contents.get(path) === content) return;
      this.contents.set(path, content);
      onChange(path, event);
    });
  }

  /** Watches everything below `root`, but for what is generated. */
  static async below(
    root: string,
    isGenerated: Ignored,
    onChange: (path: string, event: string) => void,
  ): Promise<Files> {
    const watcher = new Watcher({ ignoreInitial: true, ignored: isGenerated });
    const files = new Files(watcher, onChange, isGenerated);
    const ready = new Promise((resolve) => watcher.once('ready', () => resolve(undefined)));
    watcher.add(root);
    await ready;
    return files;
  }

  /** Watches `paths` as well, and no longer those of the last call that are not among them. */
  follow(paths: ReadonlySet<string>): void {
    const gone = [...this.followed].filter((path) => !paths.has(path));
    if (gone.length > 0) this.watcher.unwatch(gone);
    this.watcher.add([...paths].filter((path) => !this.followed.has(path)));
    this.followed = paths;
  }

  close(): Promise<void> {
    return this.watcher.close();
  }
}

/** Whether nothing at a path is to be watched. */
export type Ignored = (path: string) => boolean;

/** Whether `path` is an output, a temporary one, or in a folder that tools write to. */
export function isGenerated(path: string, outputs: ReadonlySet<string>): boolean {
  const name = basename(path);
  if (TOOLS.has(name) || /^\..*\.seaworthy-/.test(name)) return true;
  for (const output of outputs) if (path === output || path.startsWith(output + sep)) return true;
  return false;
}

const TOOLS: ReadonlySet<string> = new Set(['node_modules', '.git', '.cache', '__pycache__', '.venv']);

function hash(path: string): string | undefined {
  try {
    return createHash('sha1').update(readFileSync(path)).digest('base64');
  } catch {
    return undefined; // It was removed.
  }
}
