import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { coverageJson, formatCoverage } from './report';
import { COVERAGE_VARIABLE, readCoverage } from './store';

export interface CoverageOptions {
  /** File for the figures as JSON. @default 'coverage/manifests.json', below the project's root */
  readonly file?: string;
}

/**
 * A reporter for Jest, which reports after a run the fields of the rendered objects that no assertion and no snapshot
 * checked:
 *
 *     reporters: ['default', 'seaworthy/testing/coverage'],
 *     setupFilesAfterEnv: ['seaworthy/testing/jest'],
 *
 * A partial match counts the fields that it names; an exact match and a snapshot count all.
 */
export default class CoverageReporter {
  readonly #file: string;
  #folder: string | undefined;

  constructor(
    { rootDir }: { readonly rootDir: string },
    { file = 'coverage/manifests.json' }: CoverageOptions = {},
  ) {
    this.#file = resolve(rootDir, file);
  }

  /** Workers start later, and read from the environment where to store what they checked. */
  onRunStart(): void {
    this.#folder = mkdtempSync(join(tmpdir(), 'seaworthy-coverage-'));
    process.env[COVERAGE_VARIABLE] = this.#folder;
  }

  onRunComplete(): void {
    if (this.#folder === undefined) return;
    const objects = readCoverage(this.#folder);
    rmSync(this.#folder, { recursive: true, force: true });
    Reflect.deleteProperty(process.env, COVERAGE_VARIABLE);
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, coverageJson(objects));
    process.stdout.write(`\n${formatCoverage(objects)}`);
  }
}
