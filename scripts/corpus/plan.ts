/**
 * Compares `plan` with what an API server of Kubernetes 1.36 did with recorded changes:
 *
 *     npm run corpus:plan -- [plan.jsonl.gz] [--kind Pod] [--paths] [--all]
 *
 * Prints how often the effects agree, by kind and by effect, and how often a path of ours is one that the server named
 * when it refused. With --kind it lists the disagreements of that kind; --paths lists those about paths as well, --all
 * everything.
 */
import { parseArgs } from 'node:util';
import { definitionsIn } from '../../lib/apiserver/admission/custom/definitions';
import { effectOf } from '../../lib/plan/effect';
import { update } from '../../lib/apiserver/update/update';
import type { KubeObject } from '../../lib/manifest/manifest';
import { readRecorded } from './recorded';

const SERVER = { kubernetes: '1.36', definitions: definitionsIn(undefined, '1.36') } as const;

/** A change with what an API server made of it. */
interface RecordedChange {
  readonly id: string;
  readonly before: KubeObject;
  readonly after: KubeObject;
  readonly effect: string;
  readonly message?: string;
  readonly causes?: readonly { readonly field?: string; readonly message: string }[];
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { kind: { type: 'string' }, paths: { type: 'boolean' }, all: { type: 'boolean' } },
});

/** Counts over changes of one kind, of one effect, or over all. */
class Tally {
  total = 0;
  agree = 0;
  /** Refused by the server's validation with causes, and by us. */
  located = 0;
  pathAgree = 0;
  pathsEqual = 0;

  row(name: string): string {
    const numbers = [
      String(this.total).padStart(6),
      percent(this.agree, this.total).padStart(8),
      percent(this.pathAgree, this.located).padStart(8),
      percent(this.pathsEqual, this.located).padStart(8),
    ];
    return `${name.padEnd(32)} ${numbers.join(' ')}`;
  }
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)}%`;
}

function compare(change: RecordedChange, tallies: readonly Tally[]): void {
  const found = update(change.before, change.after, SERVER);
  const effect = effectOf(found);
  const theirs = [...new Set((change.causes ?? []).map(({ field }) => field ?? ''))];
  const ours = [...new Set(found.violations.map(({ path }) => path))];
  const located = effect === 'rejected' && change.effect === 'rejected' && theirs.length > 0;
  const pathAgree = ours.some((path) => theirs.includes(path));
  const pathsEqual =
    pathAgree && ours.length === theirs.length && ours.every((path) => theirs.includes(path));
  for (const tally of tallies) {
    tally.total++;
    if (effect === change.effect) tally.agree++;
    if (!located) continue;
    tally.located++;
    if (pathAgree) tally.pathAgree++;
    if (pathsEqual) tally.pathsEqual++;
  }
  if (options.all !== true && options.kind !== change.after.kind) return;
  if (effect === change.effect && !(options.paths === true && located && !pathsEqual)) return;
  console.log(`${change.id}: ${change.effect} on the server, ${effect} here`);
  const causes = change.causes?.map(({ field, message }) => `${field}: ${message}`) ?? [change.message ?? ''];
  if (change.effect === 'rejected')
    for (const cause of causes) console.log(`    server: ${cause.slice(0, 200)}`);
  for (const { path, message } of found.violations)
    console.log(`    here:   ${path}: ${message}`.slice(0, 210));
}

const recorded = readRecorded<RecordedChange>('plan.jsonl.gz', positionals[0]);
const total = new Tally();
const byKind = new Map<string, Tally>();
const byEffect = new Map<string, Tally>();
const started = performance.now();
for (const change of recorded) {
  const [kind, effect] = [byKind, byEffect].map((tallies, index) => {
    const key = index === 0 ? change.after.kind : change.effect;
    const tally = tallies.get(key) ?? new Tally();
    tallies.set(key, tally);
    return tally;
  });
  if (kind !== undefined && effect !== undefined) compare(change, [total, kind, effect]);
}
const seconds = (performance.now() - started) / 1000;

for (const [title, tallies] of [
  ['effect', byEffect],
  ['kind', byKind],
] as const) {
  console.log(`${title.padEnd(32)}  cases  agree    a path  all paths`);
  const rows = [...tallies].sort(([, a], [, b]) => a.agree / a.total - b.agree / b.total);
  for (const [name, tally] of rows) console.log(tally.row(name));
  console.log();
}
console.log(total.row('all'));
console.log(`${Math.round(total.total / seconds)} changes a second`);
