import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, sep } from 'node:path';
import { FSWatcher } from 'chokidar';

/**
 * A watcher that stays closed. chokidar's opens again if it hears only after `close` that files are gone, as those of
 * an output that is replaced: it adds their folder, to see them return, and the process never ends.
 */
class Watcher extends FSWatcher {
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

/** Calls `onChange` for every file below `root` that changes, except generated ones. */
export async function startWatching(
  root: string,
  outputs: ReadonlySet<string>,
  onChange: () => void,
): Promise<FSWatcher> {
  const contents = new Map<string, string | undefined>();
  const watcher = new Watcher({
    ignoreInitial: true,
    ignored: (path) => isGenerated(path, outputs),
  });
  watcher.on('all', (event, path) => {
    if (event === 'addDir' || event === 'unlinkDir' || isGenerated(path, outputs)) return;
    // A compiler that the app starts writes the same files again at every run.
    const content = hash(path);
    if (contents.has(path) && contents.get(path) === content) return;
    contents.set(path, content);
    onChange();
  });
  const ready = new Promise((resolve) => watcher.once('ready', () => resolve(undefined)));
  watcher.add(root);
  await ready;
  return watcher;
}

/** Whether `path` is an output, a temporary one, or in a folder that tools write to. */
function isGenerated(path: string, outputs: ReadonlySet<string>): boolean {
  const name = basename(path);
  if (name === 'node_modules' || name === '.git' || name === '.cache' || /^\..*\.seaworthy-/.test(name))
    return true;
  for (const output of outputs) if (path === output || path.startsWith(output + sep)) return true;
  return false;
}

function hash(path: string): string | undefined {
  try {
    return createHash('sha1').update(readFileSync(path)).digest('base64');
  } catch {
    return undefined; // It was removed.
  }
}
