import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { SeaworthyError } from '../../errors';
import { RECORD } from '../../output/paths';
import { parseRecord } from '../../output/record';
import { namedFrom } from '../files/sources';
import type { Repository } from './git';
import type { TextFile } from './side';

/**
 * The files of an output on disk: those in its record, or all manifests if it has none.
 *
 * @throws SeaworthyError NO_OUTPUT if nothing has been written yet, OUTPUT_NOT_OURS for a damaged record
 */
export function outputOnDisk(folder: string, cwd: string): TextFile[] {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  const paths = names
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
  const own = manifestsAmong(paths, read, folder);
  if (own.length === 0) {
    throw new SeaworthyError({
      code: 'NO_OUTPUT',
      place: folder,
      message: 'no manifests to compare with',
      hint: 'Write them with seaworthy synth and commit them, or compare two folders: seaworthy plan before/ after/.',
    });
  }
  return own.map((path) => ({ path, shown: namedFrom(cwd, join(folder, path)), text: read(path) }));
}

/**
 * The files of an output at a revision.
 *
 * @throws SeaworthyError NO_OUTPUT if it was not committed, UNKNOWN_REVISION, OUTPUT_NOT_OURS for a damaged record
 */
export function outputAt(revision: string, folder: string, repository: Repository): TextFile[] {
  const hashes = repository.files(repository.commit(revision), folder);
  const record = hashes.get(RECORD);
  const texts = repository.texts([...hashes].filter(([path]) => isManifest(path)).map(([, hash]) => hash));
  const recorded = record === undefined ? undefined : repository.texts([record]).get(record);
  const read = (path: string): string =>
    path === RECORD ? (recorded ?? '') : (texts.get(hashes.get(path) ?? '') ?? '');
  const own = manifestsAmong([...hashes.keys()], read, `${revision}:${basename(folder)}`);
  if (own.length === 0) throw notCommitted(revision, folder, repository);
  const shown = namedFrom(repository.top, folder);
  return own.map((path) => ({ path, shown: `${revision}:${shown}/${path}`, text: read(path) }));
}

/** The manifests of an output: those in its record, or all YAML and JSON files if it has none. */
function manifestsAmong(paths: readonly string[], read: (path: string) => string, folder: string): string[] {
  const recorded = paths.includes(RECORD) ? parseRecord(read(RECORD), join(folder, RECORD)) : undefined;
  return paths.filter((path) => isManifest(path) && recorded?.has(path) !== false).sort();
}

function isManifest(path: string): boolean {
  return /\.(ya?ml|json)$/i.test(path);
}

function notCommitted(revision: string, folder: string, repository: Repository): SeaworthyError {
  const name = namedFrom(repository.top, folder);
  return new SeaworthyError({
    code: 'NO_OUTPUT',
    place: revision,
    message: `no manifests in ${name}/ at this revision`,
    hint: repository.ignores(folder)
      ? `git ignores ${name}/. Remove it from .gitignore and commit it, so that each revision holds what it deploys.`
      : `Run seaworthy synth and commit ${name}/, or choose a revision that holds it.`,
  });
}
