/**
 * Fails where the time of check or plan grows faster than the objects, for shapes of objects that invite work for each
 * pair of them, and where a message has no bound:
 *
 *   npm run test:growth [part of a name]
 *
 * It measures the compiled package by processor time. Twice the objects may take 2.6 times as long: caches and garbage
 * take their share, work for each pair takes 4 times. A shape that seems to grow faster is measured again, with twice the
 * objects and then four times: work that has a bound, such as a comparison with the first 500 names, shows it there.
 */
import { availableParallelism } from 'node:os';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { growthOf, WORK, type Growth } from '../bench/shapes/growth';
import { SHAPES } from '../bench/shapes/registry';

const SIZES = [300, 600, 1_200];
const STEEPEST = 1.4;
/** What takes less than this, in seconds, is not worth a second look. */
const SHORT = 0.3;
const LONGEST_TEXT = 2_200;

const [part = '', share = ''] = process.argv.slice(2);
if (share === '') startAll();
else {
  const [index = 0, of = 1] = share.split('/').map(Number);
  measure(index, of);
}

/** One process for each of two cores, with a share of the shapes. */
function startAll(): void {
  const count = Math.min(2, availableParallelism());
  const jiti = join(require.resolve('jiti/package.json'), '..', 'lib', 'jiti-cli.mjs');
  for (let index = 0; index < count; index++) {
    const args = [jiti, __filename, part, `${index}/${count}`];
    spawn(process.execPath, args, { stdio: 'inherit' }).on('exit', (code) => {
      if (code !== 0) process.exitCode = 1;
    });
  }
}

function measure(index: number, of: number): void {
  const shapes = SHAPES.filter(({ name }) => name.includes(part)).filter((_, place) => place % of === index);
  for (const shape of shapes) {
    for (const work of WORK) {
      let growth = growthOf(shape, work, SIZES, 2);
      for (const times of [2, 4]) {
        if (isSteep(growth)) growth = growthOf(shape, work, larger(times), 3);
      }
      const isLong = growth.longest > LONGEST_TEXT;
      const seconds = growth.seconds.map((each) => each.toFixed(2)).join(' ');
      const verdict = isSteep(growth) ? 'FAIL' : isLong ? 'LONG' : 'ok  ';
      if (verdict !== 'ok  ') process.exitCode = 1;
      console.log(`${verdict} ${work.padEnd(5)} n^${growth.exponent.toFixed(2)} ${seconds} s  ${shape.name}`);
    }
  }
}

function larger(times: number): readonly number[] {
  return SIZES.map((size) => size * times);
}

function isSteep({ exponent, seconds }: Growth): boolean {
  return exponent > STEEPEST && (seconds.at(-1) ?? 0) > SHORT;
}
