import fs from 'node:fs';
import path from 'node:path';
import { SeaworthyError } from '../errors';
import { RECORD, faultOf } from './paths';

/**
 * The record says which files of an output are ours, so that stale ones can be removed and others kept. It is text that
 * people review and git merges; its name has no ending that kubectl, Argo CD or Flux read manifests from
 * (`.yaml`, `.yml`, `.json`).
 */
const ABOUT =
  '# Written by `seaworthy synth`: the files here that it made and may remove. Commit it with them.';

/** Two branches may both have added files. Their union is right, so the marks of an unresolved merge are skipped. */
const MERGE_MARK = /^(?:<{7}|={7}|>{7}|\|{7})/;

export function formatRecord(paths: Iterable<string>): string {
  return [ABOUT, ...[...paths].sort()].map((line) => `${line}\n`).join('');
}

/**
 * The files that `folder`'s record lists.
 *
 * @throws SeaworthyError OUTPUT_NOT_OURS if the record lists a path outside its folder; an error of the file system
 * if there is no record
 */
export function readRecord(folder: string): Set<string> {
  const file = path.join(folder, RECORD);
  return parseRecord(fs.readFileSync(file, 'utf8'), file);
}

/**
 * The files that a record lists.
 *
 * @throws SeaworthyError OUTPUT_NOT_OURS if it lists a path outside its folder
 */
export function parseRecord(text: string, file: string): Set<string> {
  const recorded = new Set<string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line === '' || line.startsWith('#') || MERGE_MARK.test(line)) continue;
    const fault = faultOf(line);
    if (fault !== undefined) throw damaged(`${file}:${index + 1}`, `the path '${line}' ${fault}`);
    recorded.add(line);
  }
  return recorded;
}

function damaged(place: string, message: string): SeaworthyError {
  const hint = 'Restore the file from version control; or delete it, and the files here count as not ours.';
  return new SeaworthyError({ code: 'OUTPUT_NOT_OURS', place, message, hint });
}
