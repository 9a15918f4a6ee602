import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { SeaworthyError, type Problem } from '../errors';
import { parseSource } from '../manifest/source';
import { CHECK_FORMATS } from '../report/check/formats';
import { FAILURE_PRINTERS } from '../report/failure/formats';
import type { FailureProblem, FailureReport } from '../report/failure/report';
import { PLAN_FORMATS } from '../report/plan/formats';
import { redactText } from '../report/redact/text';
import { printReports } from './files/reports';
import { namedBelow, namedFrom, repositoryOf } from './files/sources';
import { ownPackage } from './project/own-package';
import { searchConfig } from './project/search';
import type { Context } from './terminal/context';

/** A report that a command line asks for. */
interface Asked {
  readonly format: Format;
  /** @default stdout */
  readonly file?: string;
}

type Format = (typeof CHECK_FORMATS | typeof PLAN_FORMATS)[number];

/**
 * Writes the reports that `argv` asks for, of a command that failed before it had one: whoever reads them sees the reason,
 * and not the verdict of an earlier run. `argv` may be what is wrong, so that it is only searched for `--output`.
 */
export async function writeFailed(argv: readonly string[], error: unknown, context: Context): Promise<void> {
  const command = argv.find((word) => !word.startsWith('-'));
  if ((command !== 'check' && command !== 'plan') || isOfReports(error)) return;
  const asked = askedFor(argv, command === 'check' ? CHECK_FORMATS : PLAN_FORMATS);
  if (asked.length === 0) return;
  const { cwd } = context.io;
  const fallback = searchConfig(cwd).file ?? resolve(cwd, 'cdk8s.yaml');
  const render = (format: Format): string => {
    const isNamedFromTop = 'namesFilesFromRepository' in format && format.namesFilesFromRepository;
    const name = (path: string): string =>
      isNamedFromTop ? namedBelow(repositoryOf(cwd), path) : namedFrom(cwd, path);
    const report: FailureReport = {
      version: ownPackage().version,
      command,
      problems: problemsOf(error).map((problem) => toFailure(problem, cwd, name)),
      fallback: name(fallback),
    };
    return FAILURE_PRINTERS.get(format.name)?.(report) ?? '';
  };
  try {
    await printReports(asked, render, context);
  } catch {
    // The error itself is on stderr; that its reports cannot be written either, helps nobody.
  }
}

/** Whether reports that could be written are: they are right, and stay. */
function isOfReports(error: unknown): boolean {
  return error instanceof SeaworthyError && error.problems.every(({ code }) => code === 'OUTPUT_UNWRITABLE');
}

/** The values of `--output`, as the parser would read them; without those for stdout, if there are several. */
function askedFor(argv: readonly string[], formats: readonly Format[]): Asked[] {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  const values = words.map((word, index) =>
    word === '-o' || word === '--output' ? words[index + 1] : /^(?:-o|--output=)(.+)$/s.exec(word)?.[1],
  );
  const asked = values.flatMap((value = ''): Asked[] => {
    const [name, ...file] = value.split('=');
    if (file.length > 0 && file.join('=').trim() === '') return [];
    const format = formats.find((each) => each.name === name && FAILURE_PRINTERS.has(each.name));
    if (format === undefined) return [];
    const path = file.join('=');
    return [{ format, ...(path !== '' && { file: path }) }];
  });
  const printed = asked.filter(({ file }) => file === undefined);
  return printed.length > 1 ? asked.filter(({ file }) => file !== undefined) : asked;
}

/** A problem, of ours or a bug. */
type Found = Omit<Problem, 'code'> & Pick<FailureProblem, 'code'>;

function problemsOf(error: unknown): readonly Found[] {
  if (error instanceof SeaworthyError) return error.problems;
  return [{ code: 'INTERNAL', message: 'internal error: a bug in seaworthy, see the log' }];
}

function toFailure(problem: Found, cwd: string, name: (path: string) => string): FailureProblem {
  const { source, place } = problem;
  const isFile = place !== undefined && existsSync(resolve(cwd, place));
  const found = parseSource(source) ?? (isFile ? { file: place, line: 1 } : undefined);
  return {
    ...problem,
    message: redactText(problem.message),
    ...(problem.hint !== undefined && { hint: redactText(problem.hint) }),
    source: found && { ...found, file: name(resolve(cwd, found.file)) },
  };
}
