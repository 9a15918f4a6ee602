import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatId } from '../../manifest/manifest';
import type { ObjectCoverage } from './fields';
import { coverageOf, merge } from './fields';
import type { Looked } from './record';

/** Names the folder where test files, each in its own process, store what they checked. */
export const COVERAGE_VARIABLE = 'SEAWORTHY_COVERAGE';

/** Writes what one test file checked. */
export function writeCoverage(folder: string, testFile: string, looked: Looked): void {
  const objects = new Map<string, ObjectCoverage>();
  for (const [manifest, places] of looked) {
    const environment = manifest.origin?.environment;
    const name =
      environment === undefined ? formatId(manifest.id) : `${environment}: ${formatId(manifest.id)}`;
    const coverage = coverageOf(manifest, name, places);
    const other = objects.get(name);
    objects.set(name, other === undefined ? coverage : merge(other, coverage));
  }
  if (objects.size === 0) return;
  const file = `${testFile.replace(/[^A-Za-z0-9]+/g, '-')}.json`;
  writeFileSync(join(folder, file), JSON.stringify([...objects.values()]));
}

/** What all test files checked, by object. */
export function readCoverage(folder: string): ObjectCoverage[] {
  const objects = new Map<string, ObjectCoverage>();
  for (const name of filesIn(folder)) {
    for (const coverage of JSON.parse(readFileSync(join(folder, name), 'utf8')) as ObjectCoverage[]) {
      const other = objects.get(coverage.object);
      objects.set(coverage.object, other === undefined ? coverage : merge(other, coverage));
    }
  }
  return [...objects.values()];
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch {
    // No test file has checked any manifest.
    return [];
  }
}
