/**
 * Fails where the time of check, plan or synth grows faster than what it works on, for objects and apps whose shape invites
 * work for each pair of them, and where a message has no bound:
 *
 *   npm run test:growth -- [part of a name] [--command check|plan|synth] [--sizes 2500,5000,10000] [--steepest 1.4]
 *
 * It measures the compiled package by processor time. Twice the objects may take 2.6 times as long: caches and garbage
 * take their share, work for each pair takes 4 times. A shape that seems to grow faster is measured again, with twice the
 * objects and then four times: work that has a bound, such as a comparison with the first 500 names, shows it there. Sizes
 * that are asked for stay as they are, and are only measured again.
 */
import { availableParallelism } from 'node:os';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { growthOf, type Growth } from '../bench/shapes/growth';
import { WORK } from '../bench/shapes/work';

const SIZES = [300, 600, 1_200];
/** What takes less than this, in seconds, is not worth a second look. */
const SHORT = 0.3;
const LONGEST_TEXT = 2_200;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    command: { type: 'string', default: '' },
    sizes: { type: 'string' },
    steepest: { type: 'string', default: '1.4' },
    share: { type: 'string' },
  },
});
const asked = values.sizes?.split(',').map(Number);
const steepest = Number(values.steepest);
if (asked !== undefined && (asked.length < 2 || !asked.every((size) => Number.isInteger(size) && size > 0)))
  throw new Error(`--sizes ${values.sizes}: expected two numbers or more, such as 2500,10000`);
if (!(steepest > 0)) throw new Error(`--steepest ${values.steepest}: expected a number such as 1.4`);
if (!WORK.some(({ command }) => command.startsWith(values.command)))
  throw new Error(`--command ${values.command}: expected one of check, plan, synth`);

if (values.share === undefined) startAll();
else {
  const [index = 0, of = 1] = values.share.split('/').map(Number);
  measure(index, of);
}

/** One process for each of two cores, with a share of the work. */
function startAll(): void {
  const count = Math.min(2, availableParallelism());
  const jiti = join(require.resolve('jiti/package.json'), '..', 'lib', 'jiti-cli.mjs');
  for (let index = 0; index < count; index++) {
    const args = [jiti, __filename, ...process.argv.slice(2), '--share', `${index}/${count}`];
    spawn(process.execPath, args, { stdio: 'inherit' }).on('exit', (code) => {
      if (code !== 0) process.exitCode = 1;
    });
  }
}

function measure(index: number, of: number): void {
  const [part = ''] = positionals;
  const chosen = WORK.filter(
    ({ shape, command }) => shape.includes(part) && command.startsWith(values.command),
  );
  const shapes = [...new Set(chosen.map(({ shape }) => shape))].filter((_, place) => place % of === index);
  for (const work of chosen.filter(({ shape }) => shapes.includes(shape))) {
    let growth = growthOf(work, asked ?? SIZES, 2);
    for (const times of [2, 4]) {
      if (isSteep(growth)) growth = growthOf(work, asked ?? larger(times), 3);
    }
    const isLong = growth.longest > LONGEST_TEXT;
    const seconds = growth.seconds.map((each) => each.toFixed(2)).join(' ');
    const verdict = isSteep(growth) ? 'FAIL' : isLong ? 'LONG' : 'ok  ';
    if (verdict !== 'ok  ') process.exitCode = 1;
    console.log(
      `${verdict} ${work.command.padEnd(5)} n^${growth.exponent.toFixed(2)} ${seconds} s  ${work.shape}`,
    );
  }
}

function larger(times: number): readonly number[] {
  return SIZES.map((size) => size * times);
}

function isSteep({ exponent, seconds }: Growth): boolean {
  return exponent > steepest && (seconds.at(-1) ?? 0) > SHORT;
}
