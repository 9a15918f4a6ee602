import { lstatSync, statSync } from 'node:fs';
import { Yaml } from 'cdk8s';
import { SeaworthyError } from '../../errors';
import { lineOf } from './call-site';
import { optional } from './props';

/** The function of cdk8s that reads the file of an Include, once for each copy of cdk8s. */
const checked = new WeakSet<typeof Yaml>();

/**
 * From now on an Include of a file that is not there says so. cdk8s takes its name for an address, and says that it cannot
 * "determine protocol"; a folder it reads as nothing at all.
 */
export function checkIncludes(): void {
  if (checked.has(Yaml)) return;
  checked.add(Yaml);
  const load = Yaml.load.bind(Yaml);
  Yaml.load = function checkedLoad(urlOrFile) {
    const wrong = fileProblem(urlOrFile);
    if (wrong === undefined) return load(urlOrFile) as unknown[];
    throw new SeaworthyError({
      code: 'INPUT_UNREADABLE',
      path: 'url',
      message: wrong,
      hint: 'Name a file, relative to the folder that the app runs in, or an address that begins with https://.',
      ...optional('source', lineOf(checkedLoad)),
    });
  };
}

/** What keeps a file from being read; nothing for an address. */
function fileProblem(urlOrFile: unknown): string | undefined {
  if (typeof urlOrFile !== 'string' || urlOrFile === '') return 'Required value: a file or an address';
  if (/^[a-z][a-z\d+.-]+:/i.test(urlOrFile)) return undefined;
  if (lstatSync(urlOrFile, { throwIfNoEntry: false }) === undefined) return `no such file: "${urlOrFile}"`;
  const found = statSync(urlOrFile, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return `"${urlOrFile}" is a folder, not a file`;
  return found === undefined ? `"${urlOrFile}" is a link to a file that is not there` : undefined;
}
