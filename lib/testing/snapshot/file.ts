import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { clustersOf } from '../../graph/clusters';
import { Manifests } from '../manifests';
import type { ManifestSource } from '../source';
import { snapshotOf } from './render';

/** The update mode of the test runner: `all` writes all snapshots (`-u`), `new` only new ones, `none` nothing (CI). */
export type Update = 'all' | 'new' | 'none';

export interface SnapshotPlace {
  /** File of the test. */
  readonly testPath: string;
  /** Name of the test, or of the snapshot. */
  readonly name: string;
  readonly update: Update;
}

/** A file that differs from its snapshot. */
export interface Difference {
  /** The snapshot, relative to the current folder. */
  readonly file: string;
  /** `undefined` if there is no snapshot yet. */
  readonly expected: string | undefined;
  readonly received: string;
}

/**
 * Compares a source with its snapshots, which are YAML files next to the test, one per environment:
 * `__snapshots__/shop.test.ts/renders.production.yaml`. Writes new ones, or all, depending on the update mode.
 *
 * @returns the first file that differs
 */
export function compareSnapshots(
  source: ManifestSource | Manifests,
  place: SnapshotPlace,
): Difference | undefined {
  const manifests = Manifests.from(source);
  for (const { environment, set } of clustersOf(manifests.set)) {
    const difference = compareFile(fileOf(place, environment), snapshotOf(set), place.update);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function compareFile(file: string, received: string, update: Update): Difference | undefined {
  const expected = existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : undefined;
  if (expected === received) return undefined;
  if (update === 'all' || (update === 'new' && expected === undefined)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, received);
    return undefined;
  }
  return { file: relative('', file).replaceAll('\\', '/'), expected, received };
}

function fileOf({ testPath, name }: SnapshotPlace, environment: string | undefined): string {
  const stem = name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '') || 'snapshot';
  const file = environment === undefined ? `${stem}.yaml` : `${stem}.${environment}.yaml`;
  return join(dirname(testPath), '__snapshots__', basename(testPath), file);
}
