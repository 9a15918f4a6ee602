/** What the benchmarks share: child processes, rounds, medians, tables, and the machine they ran on. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '..');

/** Where benchmarks keep what they fetch and write; git ignores it. */
export const CACHE = join(ROOT, '.cache', 'bench');

/** What a process took, in milliseconds. */
export interface Cost {
  readonly wall: number;
  /** Time on a processor, of the process and all it started; 0 where the system does not tell (it does on Linux). */
  readonly cpu: number;
}

/** What a program of `subjects/` says of itself: what each step took, and its peak memory in MB. */
export type Report<Step extends string> = Readonly<Record<Step, Cost>> & { readonly peak: number };

/** Ends the benchmark where there is nothing to measure yet. */
export function requireBuild(): void {
  if (existsSync(join(ROOT, 'build', 'index.js'))) return;
  console.error('The benchmarks run the compiled package: npm run build');
  process.exit(2);
}

/** An empty folder to write to, below CACHE. */
export function emptyFolder(name: string): string {
  const folder = join(CACHE, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** A program with its arguments, and what it runs in. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** @default ROOT */
  readonly cwd?: string;
  /** Variables beside our own. @default none */
  readonly env?: NodeJS.ProcessEnv;
  /** The exit codes of a run that went to its end. @default only 0 */
  readonly exits?: readonly number[];
}

/**
 * The share of its size that a benchmark runs at. Less than the whole shows that it runs, and is no figure: see
 * scripts/bench-smoke.ts.
 */
const SHARE = Number(process.env['SEAWORTHY_BENCH_SHARE'] ?? 1);

/** How many of something a benchmark takes at its share, and `least` at least. */
export function sized(whole: number, least = 1): number {
  return Math.max(least, Math.round(whole * SHARE));
}

/** Runs a whole process and throws its output away. */
export function timeProcess({ program, args, cwd = ROOT, env = {}, exits = [0] }: Command): Cost {
  const cpu = cpuOfChildren();
  const start = performance.now();
  const { status, error, stderr } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const wall = performance.now() - start;
  if (!exits.includes(status ?? -1))
    throw error ?? new Error(`${program} ${args.join(' ')}\n${String(stderr)}`);
  return { wall, cpu: cpuOfChildren() - cpu };
}

/** What a whole process prints. */
export function outputOf({ program, args, cwd = ROOT, env = {} }: Command): string {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw error ?? new Error(`${program} ${args.join(' ')}\n${stderr}`);
  return stdout;
}

/** A program of `subjects/`. */
export function subject(program: string, ...args: (string | number)[]): Command {
  const file = join(ROOT, 'bench', 'subjects', program);
  return { program: process.execPath, args: [file, ...args.map(String)] };
}

/** Runs a program of `subjects/` in a process of its own and returns its report. */
export function runSubject<Step extends string>(program: string, ...args: (string | number)[]): Report<Step> {
  return JSON.parse(outputOf(subject(program, ...args))) as Report<Step>;
}

/** Processor time of all children so far, in milliseconds, as the kernel counts it in ticks of 10 ms. */
function cpuOfChildren(): number {
  if (platform() !== 'linux') return 0;
  const [, fields = ''] = readFileSync('/proc/self/stat', 'utf8').split(') ');
  const [user = 0, system = 0] = fields.split(' ').slice(13, 15).map(Number);
  return (user + system) * 10;
}

/** Processor time of another process so far, in milliseconds, as `cpuOfChildren` counts it; 0 where it does not run. */
export function cpuOfProcess(pid: number | undefined): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return 0;
  const [, fields = ''] = readFileSync(file, 'utf8').split(') ');
  const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number);
  return (user + system) * 10;
}

/**
 * Runs all contestants one after the other, round after round, so that a busy machine slows them alike.
 *
 * @returns what each gave, by round
 */
export function interleave<Name extends string, T>(
  rounds: number,
  contestants: Readonly<Record<Name, () => T>>,
): Record<Name, T[]> {
  const names = (Object.keys(contestants) as Name[]).filter(isAsked);
  const results = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) results[name].push(contestants[name]());
    progress(`round ${round + 1} of ${rounds}`);
  }
  progress('');
  return results;
}

/** Whether the command line asks for a contestant: `--only seaworthy,kubectl` is for those whose names begin so. */
function isAsked(name: string): boolean {
  const at = process.argv.indexOf('--only');
  const asked = at < 0 ? [''] : (process.argv[at + 1] ?? '').split(',');
  return asked.some((start) => name.startsWith(start));
}

/** Shows how far a benchmark is, where somebody watches. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? NaN)) / 2;
}

/** The median over the rounds of how many times `base` one is; both were measured in the same round. */
export function ratio(ones: readonly number[], bases: readonly number[]): number {
  return median(ones.map((one, round) => one / (bases[round] ?? NaN)));
}

/** The exponent with which `measured` grows over `counts`, by least squares: 1 is growth in proportion. */
export function slope(counts: readonly number[], measured: (count: number) => number): number {
  const points = counts.map((count) => [Math.log(count), Math.log(measured(count))] as const);
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))];
  const along = points.map(([at, value]) => (at - x) * (value - y));
  return mean(along) / mean(points.map(([at]) => (at - x) ** 2));
}

export function wallOf(costs: readonly Cost[]): number[] {
  return costs.map(({ wall }) => wall);
}

export function cpuOf(costs: readonly Cost[]): number[] {
  return costs.map(({ cpu }) => cpu);
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

export function times(factor: number): string {
  return Number.isFinite(factor) ? `${factor.toFixed(factor < 10 ? 2 : 1)} ×` : '–';
}

/** Prints `rows` under `head`: the first column to the left, the others to the right. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? '')].map(({ length }) => length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  console.log([head, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n'));
}

/** Prints what is measured and on what. */
export function printTitle(title: string, rounds: number): void {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = Math.round(totalmem() / 2 ** 30);
  if (SHARE !== 1) console.log(`\n(${SHARE} of the size: this shows that it runs, and is no figure)`);
  console.log(`\n${title}\nmedian of ${rounds} rounds, interleaved`);
  console.log(
    `${model}, ${cpus().length} cores, ${memory} GB, ${platform()} ${arch()}, Node ${process.version}\n`,
  );
}

/** How many rounds the command line asks for. */
export function rounds(fallback: number): number {
  const asked = Number(process.argv[2] ?? fallback);
  if (Number.isInteger(asked) && asked > 0) return asked;
  console.error(`"${process.argv[2]}" is no number of rounds`);
  process.exit(2);
}
