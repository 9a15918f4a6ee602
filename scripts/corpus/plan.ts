/**
 * Compares `plan` with what an API server of Kubernetes 1.36 did with recorded changes, applied server-side and
 * client-side:
 *
 *     npm run corpus:plan -- [plan.jsonl.gz [plan-client.jsonl.gz]] [--kind Pod] [--paths] [--all]
 *
 * Prints how often the effects agree, by kind and by effect; how often a path of ours is one that the server named when
 * it refused; and of changes that were recorded with their result, how often the same fields change. With --kind it
 * lists the disagreements of that kind; --paths lists those about paths as well, --all everything.
 */
import { parseArgs } from 'node:util';
import { defaultGates } from '../../lib/kube/feature-gates';
import { definitionsIn } from '../../lib/apiserver/admission/custom/definitions';
import { effectOf } from '../../lib/plan/effect';
import type { ApplyMethod } from '../../lib/apiserver/apply/method';
import { recordIn, recordsIn } from '../../lib/apiserver/defaults/plain';
import { updateOf } from '../../lib/apiserver/kinds/registry';
import { asWritten } from '../../lib/apiserver/update/as-written';
import { serverKind } from '../../lib/apiserver/update/kind';
import { update, type Update } from '../../lib/apiserver/update/update';
import type { PlainRecord } from '../../lib/manifest/data';
import type { KubeObject } from '../../lib/manifest/manifest';
import { changedFields } from '../../lib/plan/changed-fields';
import { readRecorded } from './recorded';

const SERVER = {
  kubernetes: '1.36',
  gates: defaultGates('1.36'),
  definitions: definitionsIn(undefined, '1.36'),
} as const;

/** A change with what an API server made of it. */
interface RecordedChange {
  readonly id: string;
  readonly before: KubeObject;
  readonly after: KubeObject;
  readonly effect: string;
  /** The object that the server stores; only of changes that were applied client-side. */
  readonly result?: KubeObject;
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
  /** Accepted on both sides, and recorded with the result. */
  stored = 0;
  fieldsEqual = 0;

  row(name: string): string {
    const numbers = [
      String(this.total).padStart(6),
      percent(this.agree, this.total).padStart(8),
      percent(this.pathAgree, this.located).padStart(8),
      percent(this.pathsEqual, this.located).padStart(8),
      percent(this.fieldsEqual, this.stored).padStart(8),
    ];
    return `${name.padEnd(32)} ${numbers.join(' ')}`;
  }
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)}%`;
}

function compare(change: RecordedChange, method: ApplyMethod, tallies: readonly Tally[]): void {
  const found = update(change.before, change.after, SERVER, method);
  const effect = effectOf(found);
  const theirs = [...new Set((change.causes ?? []).map(({ field }) => field ?? ''))];
  const ours = [...new Set(found.violations.map(({ path }) => path))];
  const located = effect === 'rejected' && change.effect === 'rejected' && theirs.length > 0;
  const pathAgree = ours.some((path) => theirs.includes(path));
  const pathsEqual =
    pathAgree && ours.length === theirs.length && ours.every((path) => theirs.includes(path));
  const fields = effect === change.effect ? fieldsOf(found, change) : undefined;
  for (const tally of tallies) {
    tally.total++;
    if (effect === change.effect) tally.agree++;
    if (fields !== undefined) tally.stored++;
    if (fields?.ours === fields?.theirs && fields !== undefined) tally.fieldsEqual++;
    if (!located) continue;
    tally.located++;
    if (pathAgree) tally.pathAgree++;
    if (pathsEqual) tally.pathsEqual++;
  }
  if (options.all !== true && options.kind !== change.after.kind) return;
  const isSame = fields?.ours === fields?.theirs;
  if (effect === change.effect && isSame && !(options.paths === true && located && !pathsEqual)) return;
  if (!isSame) console.log(`${change.id}: ${fields?.theirs} change on the server, ${fields?.ours} here`);
  else console.log(`${change.id}: ${change.effect} on the server, ${effect} here`);
  const causes = change.causes?.map(({ field, message }) => `${field}: ${message}`) ?? [change.message ?? ''];
  if (change.effect === 'rejected')
    for (const cause of causes) console.log(`    server: ${cause.slice(0, 200)}`);
  for (const { path, message } of found.violations)
    console.log(`    here:   ${path}: ${message}`.slice(0, 210));
}

/** The paths of the fields that change, here and on the server; nothing where the result was not recorded. */
function fieldsOf(
  { was, now }: Update,
  { result }: RecordedChange,
): Record<'ours' | 'theirs', string> | undefined {
  if (was === undefined || result === undefined) return undefined;
  const { schema, read, keep } = serverKind(result.apiVersion, result.kind, SERVER);
  const { value } = read(asWritten(result));
  updateOf(result.apiVersion, result.kind)?.settle?.(value);
  const stored = withoutAllocated(keep(value), now);
  const paths = (after: PlainRecord): string =>
    changedFields(was, after, schema)
      .map(({ path }) => path)
      .sort()
      .join(', ');
  return { ours: paths(now), theirs: paths(stored) };
}

/** A recorded Service with the addresses and ports that we have in it: only the server knows those that it allocates. */
function withoutAllocated(object: PlainRecord, ours: PlainRecord): PlainRecord {
  const [spec, own] = [recordIn(object, 'spec'), recordIn(ours, 'spec')];
  if (object['kind'] !== 'Service' || spec === undefined || own === undefined) return object;
  for (const name of ['clusterIP', 'clusterIPs', 'healthCheckNodePort']) spec[name] = own[name];
  const ports = recordsIn(own, 'ports');
  for (const [index, port] of recordsIn(spec, 'ports').entries())
    port['nodePort'] = ports[index]?.['nodePort'];
  return object;
}

/** Compares every change of a recording, and prints the tables. */
function compareAll(recorded: readonly RecordedChange[], method: ApplyMethod): void {
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
    if (kind !== undefined && effect !== undefined) compare(change, method, [total, kind, effect]);
  }
  const seconds = (performance.now() - started) / 1000;

  for (const [title, tallies] of [
    ['effect', byEffect],
    ['kind', byKind],
  ] as const) {
    console.log(`${title.padEnd(32)}  cases  agree    a path  all paths fields`);
    const rows = [...tallies].sort(([, a], [, b]) => a.agree / a.total - b.agree / b.total);
    for (const [name, tally] of rows) console.log(tally.row(name));
    console.log();
  }
  console.log(total.row(`all, ${method}`));
  console.log(`${Math.round(total.total / seconds)} changes a second\n`);
}

compareAll(readRecorded<RecordedChange>('plan.jsonl.gz', positionals[0]), 'server-side');
compareAll(readRecorded<RecordedChange>('plan-client.jsonl.gz', positionals[1]), 'client-side');
