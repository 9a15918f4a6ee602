/**
 * Runs each benchmark at a hundredth of its size, so that none stops working unseen: `npm run bench:smoke [name…]`. What it
 * prints is no figure. Helm and kubectl come from npm, the programs in Go are built where Go is at hand.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

/** What a benchmark is asked for, where that is not one round. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  compared: ['dist/hello/hello.yaml'],
  fit: [],
  goals: ['1', '--all'],
  mutations: [],
  yaml: [],
};

/** The files of bench/ that say how they are run. */
function benchmarks(): string[] {
  return readdirSync(join(ROOT, 'bench'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .filter((name) =>
      readFileSync(join(ROOT, 'bench', `${name}.ts`), 'utf8').includes(`npx jiti bench/${name}.ts`),
    )
    .sort();
}

/** Runs one. @returns whether it went to its end */
function runs(name: string): boolean {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(
    'npx',
    ['jiti', `bench/${name}.ts`, ...(ARGUMENTS[name] ?? ['1'])],
    { cwd: ROOT, encoding: 'utf8', env: { ...process.env, SEAWORTHY_BENCH_SHARE: '0.01' } },
  );
  console.log(
    `${status === 0 ? 'ran   ' : 'FAILED'} ${name} in ${((performance.now() - began) / 1000).toFixed(1)} s`,
  );
  if (status !== 0) console.log(stdout + stderr);
  return status === 0;
}

const known = benchmarks();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0)
  throw new Error(`no benchmark is called ${unknown.join(', ')}: there are ${known.join(', ')}`);
const failed = (asked.length > 0 ? asked : known).filter((name) => !runs(name));
if (failed.length > 0) process.exitCode = 1;
