/**
 * Compares `admit` with what an API server of Kubernetes 1.36 said of recorded objects:
 *
 *     npm run corpus:admission -- [admission.jsonl.gz] [--kind Pod] [--paths] [--all]
 *
 * Prints how often the verdicts agree, on create and on apply, how often a path of ours is one that the server named,
 * and which of the server's warnings about what it creates are ours, word for word. The release is that in the name of
 * the file, such as admission-1.31.jsonl.gz. With --kind it lists the disagreements of that kind; --paths lists those about paths as well, --all everything.
 */
import { parseArgs } from 'node:util';
import { admit } from '../../lib/check/admit';
import { type Answer, readRecorded, type Recorded } from './recorded';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { kind: { type: 'string' }, paths: { type: 'boolean' }, all: { type: 'boolean' } },
});
const kubernetes = /-(1\.\d+)\.jsonl/.exec(positionals[0] ?? '')?.[1] ?? '1.36';

/** Counts over the recorded objects of one kind, or of all. */
interface Tally {
  total: number;
  agree: number;
  refused: number;
  caught: number;
  accepted: number;
  falseAlarms: number;
  applied: number;
  applyAgree: number;
  /** Objects that the server's validation refused with causes, and so did we. */
  located: number;
  pathAgree: number;
  pathsEqual: number;
  /** Warnings: of the server, of ours, and those that are both. */
  theirWarnings: number;
  ourWarnings: number;
  sameWarnings: number;
}

const ZERO: Tally = {
  total: 0,
  agree: 0,
  refused: 0,
  caught: 0,
  accepted: 0,
  falseAlarms: 0,
  applied: 0,
  applyAgree: 0,
  located: 0,
  pathAgree: 0,
  pathsEqual: 0,
  theirWarnings: 0,
  ourWarnings: 0,
  sameWarnings: 0,
};

interface Comparison {
  readonly verdict: boolean;
  readonly path?: boolean;
  readonly warnings: boolean;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

function compare({ object, create, apply }: Recorded, ...tallies: readonly Tally[]): Comparison {
  const findings = admit(object, { kubernetes });
  const warnings = create.ok ? compareWarnings(object, create, tallies) : true;
  const fine = findings.length === 0;
  const theirs = [...new Set((create.causes ?? []).map(({ field }) => field ?? ''))];
  const ours = [...new Set(findings.map(({ path }) => path))];
  const located = !fine && !create.ok && theirs.length > 0;
  const pathAgree = ours.some((path) => theirs.includes(path));
  const pathsEqual =
    pathAgree && ours.length === theirs.length && ours.every((path) => theirs.includes(path));
  for (const tally of tallies) {
    tally.total++;
    if (fine === create.ok) tally.agree++;
    if (create.ok) {
      tally.accepted++;
      if (!fine) tally.falseAlarms++;
    } else {
      tally.refused++;
      if (!fine) tally.caught++;
    }
    if (apply !== undefined) {
      tally.applied++;
      if (fine === apply.ok) tally.applyAgree++;
    }
    if (located) tally.located++;
    if (located && pathAgree) tally.pathAgree++;
    if (located && pathsEqual) tally.pathsEqual++;
  }
  const words = findings.map(({ path, message }) => `${path}: ${message}`);
  return {
    verdict: fine === create.ok,
    warnings,
    ...(located && { path: pathsEqual }),
    ours: words,
    theirs: describe(create),
  };
}

/** Whether our warnings about an object are those of the server. */
function compareWarnings(object: object, { warnings = [] }: Answer, tallies: readonly Tally[]): boolean {
  const ours = admit(object, { kubernetes, warnings: true }).filter(({ severity }) => severity === 'warning');
  // Some warnings of the server begin with the field, some name it later, or not at all.
  const isSame = (theirs: string, { path, message }: (typeof ours)[number]): boolean =>
    theirs === message || theirs === `${path}: ${message}`;
  const same = warnings.filter((theirs) => ours.some((each) => isSame(theirs, each))).length;
  for (const tally of tallies) {
    tally.theirWarnings += warnings.length;
    tally.ourWarnings += ours.length;
    tally.sameWarnings += same;
  }
  const agrees = same === warnings.length && same === ours.length;
  if (!agrees && options.all === true)
    console.log(
      'warnings',
      warnings,
      ours.map(({ path, message }) => `${path}: ${message}`),
    );
  return agrees;
}

function describe({ ok, message, causes = [] }: Answer): string[] {
  if (ok) return ['accepted'];
  if (causes.length === 0) return [message ?? ''];
  return causes.map(({ field, message: words }) => `${field}: ${words}`);
}

function show(id: string, { ours, theirs }: Comparison): void {
  console.log(id);
  for (const line of theirs.slice(0, 4)) console.log(`    server: ${line.slice(0, 200)}`);
  for (const line of ours.length === 0 ? ['accepted'] : ours)
    console.log(`    here:   ${line.slice(0, 200)}`);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)}%`;
}

const recorded = readRecorded('admission.jsonl.gz', positionals[0]);
const total = { ...ZERO };
const byKind = new Map<string, Tally>();
const started = performance.now();
for (const each of recorded) {
  const { kind } = each.object;
  const tally = byKind.get(kind) ?? { ...ZERO };
  byKind.set(kind, tally);
  const comparison = compare(each, total, tally);
  const isAsked = options.all === true || options.kind === kind;
  if (!isAsked) continue;
  if (!comparison.verdict || !comparison.warnings || (options.paths === true && comparison.path === false))
    show(each.id, comparison);
}
const seconds = (performance.now() - started) / 1000;

const rows = [...byKind].sort(([, a], [, b]) => a.agree / a.total - b.agree / b.total);
console.log(`${'kind'.padEnd(32)}  cases  agree    missed  false  path`);
for (const [kind, tally] of rows) {
  const numbers = [
    String(tally.total).padStart(6),
    percent(tally.agree, tally.total).padStart(8),
    String(tally.refused - tally.caught).padStart(7),
    String(tally.falseAlarms).padStart(6),
    percent(tally.pathAgree, tally.located).padStart(8),
  ];
  console.log(`${kind.padEnd(32)} ${numbers.join(' ')}`);
}
console.log(`
create:       ${percent(total.agree, total.total)} of ${total.total}
apply:        ${percent(total.applyAgree, total.applied)} of ${total.applied}
recall:       ${percent(total.caught, total.refused)} of ${total.refused} refused
false alarms: ${percent(total.falseAlarms, total.accepted)} of ${total.accepted} accepted
a path of theirs: ${percent(total.pathAgree, total.located)}, all the same: ${percent(total.pathsEqual, total.located)}
warnings:     ${percent(total.sameWarnings, total.theirWarnings)} of ${total.theirWarnings} found, ${percent(total.sameWarnings, total.ourWarnings)} of ${total.ourWarnings} right
${Math.round(total.total / seconds)} objects a second`);
