import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');
const cache = join(root, '.cache', 'test-package');

/** How many states of the sources are kept: test runs of different states may overlap. */
const KEPT = 3;

/**
 * The package as it would be installed, compiled from the sources as they are now: an app runs in a process of its
 * own, where there is no compiler of a test runner.
 */
export function packageFolder(): string {
  return (known ??= build());
}

let known: string | undefined;

function build(): string {
  const folder = join(cache, fingerprint());
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const stage = mkdtempSync(join(cache, 'stage-'));
  execFileSync(process.execPath, [join(__dirname, 'compile.js'), stage]);
  try {
    renameSync(stage, folder);
  } catch {
    rmSync(stage, { recursive: true, force: true }); // Another worker was faster.
  }
  removeOld();
  return folder;
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const top of ['lib', 'bin', 'package.json', 'scripts/build']) {
    const path = join(root, top);
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: 'utf8' }).sort()
      : [''];
    for (const file of files) {
      const { mtimeMs, size } = statSync(join(path, file));
      hash.update(`${top}/${file} ${mtimeMs} ${size}\n`);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function removeOld(): void {
  const folders = readdirSync(cache).filter((name) => !name.startsWith('stage-'));
  const ages = folders.map((name) => ({ name, time: statSync(join(cache, name)).mtimeMs }));
  for (const { name } of ages.sort((a, b) => b.time - a.time).slice(KEPT)) {
    rmSync(join(cache, name), { recursive: true, force: true });
  }
}
