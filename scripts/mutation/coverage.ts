import { roomOf, TESTED_BY } from './rooms';
import type { Room } from './rooms';
import { inParallel } from './process';
import type { Suite, TestProcesses } from './process';

/** What a test file reported of a run without any mutant awake. */
interface Report {
  /** The mutants that are reached while the file is loaded, in a hook or where tests are declared. */
  readonly onLoad: readonly number[];
  readonly results: readonly {
    readonly at: number;
    readonly seconds: number;
    readonly reached: readonly number[];
    /** Why it failed; such a test tells nothing about mutants. */
    readonly why?: string;
  }[];
  readonly why?: string;
}

/** The tests that reach one mutant, the most telling ones first. */
export interface Reach {
  readonly suites: readonly Suite[];
  readonly seconds: number;
}

/** Which tests reach which mutants. */
export class Coverage {
  readonly #reports: ReadonlyMap<string, Report>;
  /** Test files and tests that do not pass without mutants, with the reason. */
  readonly broken: readonly string[];
  /** Test files that cannot be loaded: without them no figure says anything. */
  readonly unread: readonly string[];

  private constructor(reports: ReadonlyMap<string, Report>) {
    this.#reports = reports;
    this.unread = [...reports].flatMap(([file, { why }]) => (why === undefined ? [] : [file]));
    this.broken = [...reports].flatMap(([file, { why, results }]) => [
      ...(why === undefined ? [] : [`${file}: ${why}`]),
      ...results.flatMap(({ at, why: reason }) =>
        reason === undefined ? [] : [`${file}, test ${at}: ${reason}`],
      ),
    ]);
  }

  static async measured(
    files: readonly string[],
    processes: TestProcesses,
    lanes: number,
  ): Promise<Coverage> {
    const reports = await inParallel(files, lanes, async (file): Promise<[string, Report]> => {
      const { report } = await processes.run<Report>({ suites: [{ file }] }, { seconds: 300 });
      return [file, report ?? { onLoad: [], results: [], why: 'it did not come to an end' }];
    });
    return new Coverage(new Map(reports));
  }

  /** The tests that reach a mutant: those of its room first, then the quickest. */
  of(id: number, room: Room): Reach {
    const rooms = TESTED_BY[room];
    const found = [...this.#reports].flatMap(([file, { onLoad, results }]) => {
      if (!rooms.some((one) => one === roomOf(file))) return [];
      const tests = results.filter(
        ({ reached, why }) => why === undefined && (onLoad.includes(id) || reached.includes(id)),
      );
      const seconds = tests.reduce((sum, test) => sum + test.seconds, 0);
      return tests.length === 0 ? [] : [{ file, tests: tests.map(({ at }) => at), seconds }];
    });
    const away = (file: string): number => (roomOf(file) === room ? 0 : 1);
    found.sort((a, b) => away(a.file) - away(b.file) || a.seconds - b.seconds);
    return { suites: found, seconds: found.reduce((sum, { seconds }) => sum + seconds, 0) };
  }
}
