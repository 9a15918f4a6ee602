import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { readRecord } from '../../output/record';
import { bash } from '../completion/bash';
import { fish } from '../completion/fish';
import { vocabularyOf, type Vocabulary } from '../completion/vocabulary';
import { zsh } from '../completion/zsh';
import { findConfig, readConfig } from '../config';
import type { Context } from '../context';

const SHELLS: Readonly<Record<string, (vocabulary: Vocabulary) => string>> = { bash, fish, zsh };

/** `seaworthy completion`: prints the script for a shell, made from the parser's own tree. */
export async function completion(shell: string, program: Command, { terminal }: Context): Promise<number> {
  await terminal.print(SHELLS[shell]?.(vocabularyOf(program)) ?? '');
  return 0;
}

/**
 * `seaworthy __environments`: the folders that hold the files of the last output, which are its environments.
 * A key press is no time to run the app, nor to complain.
 */
export async function environments({ io, terminal }: Context): Promise<number> {
  try {
    const file = findConfig(io.cwd);
    if (file === undefined) return 0;
    const record = readRecord(resolve(dirname(file), readConfig(file).output ?? 'dist'));
    const folders = [...record]
      .map((path) => path.split('/').at(-2))
      .filter((folder) => folder !== undefined);
    for (const name of [...new Set(folders)].sort()) await terminal.print(`${name}\n`);
  } catch {
    // No answer is an answer here.
  }
  return 0;
}
