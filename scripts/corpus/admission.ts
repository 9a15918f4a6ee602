/**
 * Compares `admit` with what API servers said of recorded objects:
 *
 *     npm run corpus:admission -- [admission.jsonl.gz] [--kind Pod] [--paths] [--all]
 *     npm run corpus:admission -- --release 1.31
 *     npm run corpus:admission -- --releases
 *
 * Prints how often the verdicts agree, on create and on apply, how often a path of ours is one that the server named,
 * and which of the server's warnings about what it creates are ours, word for word. Verdicts that the cluster decides
 * are left out of the figures, counted and named. The release is that in the name of the file, such as
 * admission-1.31.jsonl.gz; --release takes each recording of a release, --releases each of all, with a row each.
 *
 * With --kind it lists the disagreements of that kind; --all all of them, --paths those about paths as well.
 */
import { parseArgs } from 'node:util';
import { releases } from '../../lib/kube/schema/releases';
import { compareAll, type Comparison } from './admission/compare';
import { clusterWords, percent, type Tally, type Totals } from './admission/tally';
import { readAnswers, readRecorded, recordingsOf, type Recorded } from './recorded';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kind: { type: 'string' },
    release: { type: 'string' },
    releases: { type: 'boolean' },
    paths: { type: 'boolean' },
    all: { type: 'boolean' },
  },
});

function see({ id, object }: Recorded, comparison: Comparison): void {
  if (options.all !== true && options.kind !== object.kind) return;
  const { verdict, warnings, path } = comparison;
  if (!verdict || warnings !== undefined || (options.paths === true && path === false)) show(id, comparison);
}

function show(id: string, { ours, theirs, warnings, byCluster }: Comparison): void {
  console.log(byCluster === undefined ? id : `${id} (${byCluster})`);
  if (warnings !== undefined) console.log('    warnings', warnings.theirs, warnings.ours);
  for (const line of theirs.slice(0, 4)) console.log(`    server: ${line.slice(0, 200)}`);
  for (const line of ours.length === 0 ? ['accepted'] : ours)
    console.log(`    here:   ${line.slice(0, 200)}`);
}

function printKinds(byKind: Totals['byKind']): void {
  const rows = [...byKind].sort(([, a], [, b]) => a.agree / a.total - b.agree / b.total);
  console.log(`${'kind'.padEnd(32)}  cases  agree    missed  false  path`);
  for (const [kind, tally] of rows) console.log(`${kind.padEnd(32)} ${numbers(tally)}`);
}

function numbers(tally: Tally): string {
  return [
    String(tally.total).padStart(6),
    percent(tally.agree, tally.total).padStart(8),
    String(tally.refused - tally.caught).padStart(7),
    String(tally.falseAlarms).padStart(6),
    percent(tally.pathAgree, tally.located).padStart(8),
  ].join(' ');
}

function printTotals({ all, byCluster }: Totals): void {
  console.log(`
create:       ${percent(all.agree, all.total)} of ${all.total}
apply:        ${percent(all.applyAgree, all.applied)} of ${all.applied}
recall:       ${percent(all.caught, all.refused)} of ${all.refused} refused
false alarms: ${percent(all.falseAlarms, all.accepted)} of ${all.accepted} accepted
a path of theirs: ${percent(all.pathAgree, all.located)}, all the same: ${percent(all.pathsEqual, all.located)}
warnings:     ${percent(all.sameWarnings, all.theirWarnings)} of ${all.theirWarnings} found, ${percent(all.sameWarnings, all.ourWarnings)} of ${all.ourWarnings} right`);
  if (byCluster.size > 0) console.log(clusterWords(byCluster));
}

/** A row a recording. Ends with 2 when there is none. */
function compareReleases(chosen: readonly string[]): void {
  const recordings = chosen.flatMap((release) => recordingsOf(release).map((file) => ({ release, file })));
  if (recordings.length === 0) {
    console.error(`There is no recording of Kubernetes ${chosen.join(', ')}.`);
    process.exit(2);
  }
  console.log(`${'recording'.padEnd(32)}  cases  agree    missed  false  path`);
  for (const { release, file } of recordings) {
    const { all, byCluster } = compareAll(readAnswers(file, release), release, see);
    console.log(`${`${release} ${file}`.padEnd(32)} ${numbers(all)}  ${clusterWords(byCluster)}`);
  }
}

function compareFile(file: string | undefined): void {
  const kubernetes = /-(1\.\d+)\.jsonl/.exec(file ?? '')?.[1] ?? '1.36';
  const recorded = readRecorded('admission.jsonl.gz', file);
  const started = performance.now();
  const totals = compareAll(recorded, kubernetes, see);
  const seconds = (performance.now() - started) / 1000;
  printKinds(totals.byKind);
  printTotals(totals);
  console.log(`${Math.round(recorded.length / seconds)} objects a second`);
}

if (options.releases === true) compareReleases(releases);
else if (options.release === undefined) compareFile(positionals[0]);
else compareReleases([options.release]);
