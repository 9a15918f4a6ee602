import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A file system in memory, where there is one: these tests write a lot, and disks are slow to say that they have it. */
const MEMORY = '/dev/shm';

/** An empty folder of this test's own, without symbolic links in its path. */
export function emptyFolder(base = fs.existsSync(MEMORY) ? MEMORY : os.tmpdir()): string {
  return fs.mkdtempSync(path.join(fs.realpathSync.native(base), 'seaworthy-'));
}

export function remove(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
}

/** Puts `files`, contents by relative path, below `folder`. A path that ends with `/` is an empty folder. */
export function put(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [file, content] of Object.entries(files)) {
    const target = path.join(folder, file);
    fs.mkdirSync(file.endsWith('/') ? target : path.dirname(target), { recursive: true });
    if (!file.endsWith('/')) fs.writeFileSync(target, content);
  }
}

/** What is below `folder`: contents by relative path, `-> target` for links, `/` after folders that hold nothing. */
export function contents(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of fs.readdirSync(folder).sort()) {
    const file = path.join(folder, name);
    const stats = fs.lstatSync(file);
    if (stats.isDirectory()) {
      const inside = Object.entries(contents(file));
      if (inside.length === 0) found[`${name}/`] = '';
      for (const [below, content] of inside) found[`${name}/${below}`] = content;
    } else
      found[name] = stats.isSymbolicLink() ? `-> ${fs.readlinkSync(file)}` : fs.readFileSync(file, 'utf8');
  }
  return found;
}

/** The paths that the record in `folder` lists. */
export function recordIn(folder: string): string[] {
  const lines = fs.readFileSync(path.join(folder, '.seaworthy'), 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

/** `contents` but for the record. */
export function filesIn(folder: string): Record<string, string> {
  const { '.seaworthy': _record, ...files } = contents(folder);
  return files;
}

export function asFiles(files: Readonly<Record<string, string>>): Map<string, string> {
  return new Map(Object.entries(files));
}

/** What a run has beside `output` while it works, or left there. */
export function leftoversOf(output: string): string[] {
  const start = `.${path.basename(output)}.seaworthy-`;
  return fs.readdirSync(path.dirname(output)).filter((name) => name.startsWith(start));
}
