import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** The rooms that are mutated: those that judge. */
export const ROOMS = ['graph', 'check', 'plan', 'apiserver', 'cel'] as const;
export type Room = (typeof ROOMS)[number];

/**
 * The rooms whose tests have to know of a mutant, by the room of the mutant: its own; what the graph reads is asked about
 * by rules and consequences alone.
 */
export const TESTED_BY: Readonly<Record<Room, readonly Room[]>> = {
  graph: ['graph', 'check', 'plan'],
  check: ['check'],
  plan: ['plan'],
  apiserver: ['apiserver'],
  cel: ['cel'],
};

/** The sources of a room: its TypeScript without its tests, as paths from the root with forward slashes, sorted. */
export function sourcesOf(root: string, room: Room): string[] {
  return filesBelow(root, `lib/${room}`).filter((file) => !file.endsWith('.test.ts'));
}

/** The tests of the rooms, beside the files or in the mirror of the room, sorted. */
export function testsOf(root: string, rooms: readonly Room[]): string[] {
  return rooms
    .flatMap((room) => [...filesBelow(root, `lib/${room}`), ...filesBelow(root, `test/${room}`)])
    .filter((file) => file.endsWith('.test.ts'));
}

/** The room of a file or of a test. */
export function roomOf(file: string): Room | undefined {
  return ROOMS.find((room) => room === file.split('/')[1]);
}

export function filesBelow(root: string, folder: string, ending = '.ts'): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)).split(sep).join('/'))
    .filter((file) => file.endsWith(ending) && !file.endsWith('.d.ts') && !file.includes('node_modules/'))
    .sort();
}
