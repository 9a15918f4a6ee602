/**
 * Changes the code of the rooms that judge, one place at a time, and looks whether a test fails:
 *
 *     npm run test:mutation -- [--seed 1] [--sample 100] [--room cel] [--minimum 85]
 *         [--only lib/cel/parse] [--minutes 60] [--json FILE]
 *
 * docs/quality.md says what the figures mean. Ends with 1 where a room stays below the minimum, and with 2 where a
 * test file cannot be loaded. Leave the code alone while it runs.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compiled } from './mutation/compile';
import { Coverage } from './mutation/coverage';
import type { Numbered } from './mutation/instrument';
import { inParallel, TestProcesses } from './mutation/process';
import { described, score } from './mutation/report';
import type { Outcome, Result } from './mutation/report';
import { filesBelow, ROOMS, sourcesOf, TESTED_BY, testsOf } from './mutation/rooms';
import type { Room } from './mutation/rooms';
import { sampleOf } from './mutation/sample';
import { TypeChecker } from './mutation/types';

const ROOT = join(__dirname, '..');

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    sample: { type: 'string', default: '100' },
    room: { type: 'string', multiple: true, default: [...ROOMS] },
    only: { type: 'string', multiple: true, default: [] },
    lanes: { type: 'string', default: String(availableParallelism()) },
    minimum: { type: 'string', default: '85' },
    minutes: { type: 'string', default: '60' },
    json: { type: 'string' },
  },
});

async function main(): Promise<void> {
  const rooms = values.room.map(roomNamed);
  const [seed, size, lanes, minimum] = [values.seed, values.sample, values.lanes, values.minimum].map(Number);
  if (seed === undefined || size === undefined || lanes === undefined || minimum === undefined) return;

  const types = new TypeChecker(
    ROOT,
    rooms.flatMap((room) => sourcesOf(ROOT, room)),
  );
  const samples = rooms.map((room) => sampleOf(ROOT, room, { seed, size, only: values.only }, types));
  // One of each room in turn, so that a run that is out of time has seen as much of each.
  const mutants = samples
    .flatMap(({ room, mutants: drawn }) => drawn.map((mutant, turn) => ({ room, mutant, turn })))
    .sort((one, other) => one.turn - other.turn)
    .map((one, id): Numbered & { readonly room: Room } => ({ ...one, id }));
  progress(`${mutants.length} mutants of seed ${seed}`);

  const tests = testsOf(ROOT, [...new Set(rooms.flatMap((room) => TESTED_BY[room]))]);
  const files = ['lib', 'test', 'bench', 'scripts', 'apps', 'examples'].flatMap((folder) =>
    filesBelow(ROOT, folder),
  );
  const processes = new TestProcesses(ROOT, compiled(ROOT, files, mutants));
  const coverage = await Coverage.measured(tests, processes, lanes);
  for (const broken of coverage.broken) progress(`fails without mutants: ${broken}`);
  if (coverage.unread.length > 0) {
    process.exitCode = 2;
    return;
  }
  progress(`${tests.length} test files show what they reach`);

  const results: Result[] = [];
  await inParallel(mutants, lanes, async ({ id, room, mutant }) => {
    if (process.uptime() > Number(values.minutes) * 60) return;
    results.push({ mutant, outcome: await outcomeOf(id, room, coverage, processes) });
    if (results.length % 25 === 0) progress(`${results.length} of ${mutants.length}`);
  });
  processes.end();

  const byRoom = samples.map((sample) => ({
    sample,
    results: results.filter(({ mutant }) => sample.mutants.includes(mutant)),
  }));
  for (const room of byRoom) console.log(`${described(room.sample, room.results)}\n`);
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(results, undefined, 1));
  if (byRoom.some((room) => score(room.results) < minimum)) process.exitCode = 1;
}

async function outcomeOf(
  id: number,
  room: Room,
  coverage: Coverage,
  processes: TestProcesses,
): Promise<Outcome> {
  const { suites, seconds } = coverage.of(id, room);
  if (suites.length === 0) return 'unreached';
  const limit = { seconds: 10 + 3 * seconds };
  const { report } = await processes.run<{ outcome: Outcome }>({ mutant: id, suites }, limit);
  return report?.outcome ?? 'timeout';
}

function roomNamed(name: string): Room {
  const room = ROOMS.find((one) => one === name);
  if (room === undefined) throw new Error(`--room ${name}: expected one of ${ROOMS.join(', ')}`);
  return room;
}

function progress(text: string): void {
  process.stderr.write(`${Math.round(process.uptime())}s ${text}\n`);
}

void main();
