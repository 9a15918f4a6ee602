import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SeaworthyError } from '../../errors';
import { isPlainRecord } from '../../manifest/data';
import { parseDocuments } from '../../manifest/yaml/parse';
import type { Reporter } from '../core/problems';

/** What the `Chart.yaml` of a folder says. */
export interface ChartFile {
  readonly name: string;
  readonly version: string;
}

/** @param report takes INPUT_UNREADABLE for a folder that holds no chart */
export function readChartFile(folder: string, report: Reporter): ChartFile | undefined {
  const file = join(folder, 'Chart.yaml');
  let reason = 'has no name and version';
  try {
    const [document] = parseDocuments(readFileSync(file, 'utf8'));
    const { name, version }: Readonly<Record<string, unknown>> = isPlainRecord(document?.value)
      ? document.value
      : {};
    if (typeof name === 'string' && typeof version === 'string') return { name, version };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR' && !(error instanceof SeaworthyError)) throw error;
    reason =
      error instanceof SeaworthyError ? `cannot be read: ${error.problems[0].message}` : 'is not there';
  }
  report({
    code: 'INPUT_UNREADABLE',
    path: 'folder',
    message: `"${folder}" holds no chart: its Chart.yaml ${reason}`,
    hint: 'Name the folder that has Chart.yaml, relative to the folder that the app runs in.',
  });
  return undefined;
}
