/**
 * Gives the reader, admission, check, plan, reports and the command line inputs that nobody should send:
 *
 *     npm run test:hostile -- [--seconds 120] [--count 1000000] [--seed 1] [--threads 1]
 *         [--target reader|admit|check|plan|report|cli]
 *     npm run test:hostile -- --replay 1:4711 [--target reader]
 *
 * An input depends on the seed, its index and the targets alone. Ends with 1 if one crashes, breaks a promise, or takes
 * more than a second: docs/quality.md says what is asked.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { attempt, trialOf } from './hostile/attempt';
import { PATIENCE, runLane } from './hostile/lane';
import { described, shown, summary } from './hostile/summary';
import { added, type Count, type Fault } from './hostile/tally';
import { TARGETS } from './hostile/targets/registry';

const REGISTRY = join(__dirname, 'hostile', 'targets', 'registry.ts');

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    count: { type: 'string' },
    seconds: { type: 'string' },
    threads: { type: 'string', default: '1' },
    target: { type: 'string', multiple: true, default: TARGETS.map(({ name }) => name) },
    replay: { type: 'string' },
  },
});

const unknown = values.target.find((name) => !TARGETS.some((target) => target.name === name));
if (unknown !== undefined)
  throw new Error(`--target ${unknown}: expected one of ${TARGETS.map(({ name }) => name).join(', ')}`);

function number(option: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`${option} ${text}: expected a number`);
  return Number(text);
}

async function replay(place: string): Promise<void> {
  const [seed = '', index = ''] = place.split(':');
  const targets = TARGETS.filter(({ name }) => values.target.includes(name));
  const trial = trialOf(targets, number('--replay', seed), number('--replay', index));
  console.log(`${trial.target.name}\n${shown(trial.input)}\n`);
  const { outcome, took, failure } = await attempt(trial);
  console.log(`${outcome}\n${took.toFixed(1)} ms`);
  if (failure === undefined) return;
  console.log(`${failure.kind}: ${failure.message}\n${failure.stack}`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const seed = number('--seed', values.seed);
  // Without a limit, a minute.
  const seconds = values.seconds ?? (values.count === undefined ? '60' : undefined);
  const until = number('--count', values.count ?? String(2 ** 31 - 1));
  const end = seconds === undefined ? Infinity : number('--seconds', seconds) * 1000;
  const step = number('--threads', values.threads);
  const names = values.target;
  const only = names.length === TARGETS.length ? '' : names.map((name) => ` --target ${name}`).join('');
  console.log(`seed ${seed}`);

  const start = performance.now();
  const counts = new Map<string, Count>();
  const causes = new Map<string, number>();
  const observer = {
    patience: PATIENCE,
    isOver: () => performance.now() - start > end,
    counts(bundle: Readonly<Record<string, Count>>) {
      for (const [name, count] of Object.entries(bundle)) counts.set(name, added(counts.get(name), count));
    },
    fault(fault: Fault) {
      const key = `${fault.target} ${fault.cause}`;
      const seen = causes.get(key) ?? 0;
      causes.set(key, seen + 1);
      if (seen === 0) console.log(`\n${described(fault, seed, only)}`);
    },
  };
  const lanes = Array.from({ length: step }, (_, from) =>
    runLane({ names, registry: REGISTRY, seed, from, step, until }, observer),
  );
  await Promise.all(lanes);
  console.log(`\n${summary(counts, causes, performance.now() - start)}`);
  if (causes.size > 0) process.exitCode = 1;
}

void (values.replay === undefined ? run() : replay(values.replay));
