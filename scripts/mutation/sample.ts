import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isEquivalent } from './equivalents';
import type { Mutant } from './mutant';
import { mutantsOf } from './mutators';
import { shuffled } from './random';
import { ROOMS, sourcesOf } from './rooms';
import type { Room } from './rooms';
import type { TypeChecker } from './types';

export interface Sample {
  readonly room: Room;
  /** How many mutants the room has in all. */
  readonly all: number;
  /** How many of those drawn do not compile, and how many change nothing. */
  readonly refused: number;
  readonly equivalent: number;
  readonly mutants: readonly Mutant[];
}

/** Which mutants of a room to draw. */
export interface Draw {
  readonly seed: number;
  readonly size: number;
  /** The beginnings of paths of files to draw from; all files where there are none. */
  readonly only: readonly string[];
}

/** Draws mutants of a room: the same ones for the same seed, paths and tree. */
export function sampleOf(root: string, room: Room, { seed, size, only }: Draw, types: TypeChecker): Sample {
  const isWanted = (file: string): boolean =>
    only.length === 0 || only.some((prefix) => file.startsWith(prefix));
  const files = sourcesOf(root, room).filter(isWanted);
  const all = files.flatMap((file) => mutantsOf(file, readFileSync(join(root, file), 'utf8')));
  const drawn = shuffled(all, seed * ROOMS.length + ROOMS.indexOf(room));
  const mutants: Mutant[] = [];
  let [at, refused, equivalent] = [0, 0, 0];
  while (mutants.length < size && at < drawn.length) {
    const next = drawn.slice(at, at + size - mutants.length);
    const changing = next.filter((mutant) => !isEquivalent(root, mutant));
    const accepted = types.accepted(changing);
    mutants.push(...accepted);
    at += next.length;
    equivalent += next.length - changing.length;
    refused += changing.length - accepted.length;
  }
  return { room, all: all.length, refused, equivalent, mutants };
}
