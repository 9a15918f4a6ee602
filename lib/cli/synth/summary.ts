import { isAbsolute, relative } from 'node:path';
import { counted } from '../../report/counts';
import { inEnvironment } from '../run/environment';
import type { Result } from '../run/results';
import type { Written } from './output';

export interface Summary {
  /** The one environment that was asked for. */
  readonly environment: string | undefined;
  /** Empty if the manifests were printed. */
  readonly written: readonly Written[];
  /** Folder that paths are shown from. */
  readonly from: string;
  readonly seconds: number;
}

/** `11 charts, 120 objects in 3 environments → dist/ (4 written, 2 removed, 114 unchanged) in 0.42 s` */
export function summaryLine(
  results: readonly Result[],
  { environment, written, from, seconds }: Summary,
): string {
  const time = `in ${seconds.toFixed(2)} s`;
  const what = contents(results, environment);
  if (written.length === 0) return `${what}, ${time}`;
  const folders = written.map(({ folder }) => shownFolder(folder, from)).join(', ');
  return `${what} → ${folders} (${changes(written)}) ${time}`;
}

/** One line for each folder with files that seaworthy did not write. */
export function foreignLines(written: readonly Written[], from: string): string[] {
  return written
    .filter(({ foreign }) => foreign.length > 0)
    .map(({ folder, foreign }) => {
      const more = foreign.length > 3 ? ` and ${foreign.length - 3} more` : '';
      const those = foreign.length === 1 ? 'was' : 'were';
      return `${shownFolder(folder, from)}: ${foreign.slice(0, 3).join(', ')}${more} ${those} not written by seaworthy and left as is`;
    });
}

/** One line for each file that differs from what the app synthesizes. */
export function staleLines(written: readonly Written[], from: string): string[] {
  return written.flatMap(({ folder, stale }) =>
    stale.map((path) => `stale: ${shownFolder(folder, from)}${path}`),
  );
}

function contents(results: readonly Result[], environment: string | undefined): string {
  const charts = new Set<string>();
  const environments = new Set<string>();
  let objects = 0;
  results.forEach(({ manifests }, app) => {
    for (const { origin } of inEnvironment(manifests, environment)) {
      objects++;
      if (origin?.chart !== undefined) charts.add(JSON.stringify([app, origin.environment, origin.chart]));
      if (origin?.environment !== undefined) environments.add(origin.environment);
    }
  });
  const where = environments.size === 0 ? '' : ` in ${counted(environments.size, 'environment')}`;
  return `${counted(charts.size, 'chart')}, ${counted(objects, 'object')}${where}`;
}

function changes(written: readonly Written[]): string {
  const total = (of: 'written' | 'removed' | 'unchanged') =>
    written.reduce((sum, folder) => sum + folder[of], 0);
  const parts = (['written', 'removed', 'unchanged'] as const).map((of) => ({ of, count: total(of) }));
  const shown = parts.filter(({ count }) => count > 0).map(({ of, count }) => `${count} ${of}`);
  return shown.length === 0 ? 'nothing to write' : shown.join(', ');
}

function shownFolder(folder: string, from: string): string {
  const path = relative(from, folder);
  const inside = path !== '' && !path.startsWith('..') && !isAbsolute(path);
  return `${inside ? path : folder}/`;
}
