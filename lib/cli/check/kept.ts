import { join } from 'node:path';
import type { CheckFormat } from '../../report/check/formats';
import { cacheFolder } from '../child/cache';
import { answersAs, type Asked } from '../files/asked';
import { elsewhereOf } from '../files/elsewhere';
import type { Skipped } from '../files/reasons';
import { reportSkipped } from '../files/skipped';
import { runningBuild } from '../kept/build';
import { Store } from '../kept/store';
import type { Output } from '../options/reports';
import type { Context } from '../terminal/context';
import { configForFiles } from './config';
import type { CheckFlags } from './flags';
import { keyOf, nameOf, readInputs, type Inputs } from './inputs';
import { verdictOf, type Verdict } from './verdict';

/** A verdict that is kept. */
interface Kept extends Verdict {
  readonly skipped: readonly Skipped[];
  /** What the check asked the rest of the project, and what it was answered. */
  readonly asked: readonly Asked[];
}

/**
 * The verdict on files: that of an earlier run, where all that it follows from is the same, and else a new one, which is
 * kept for the next.
 *
 * @throws SeaworthyError as `checkFiles` does
 */
export async function verdictOnFiles(
  files: readonly string[],
  outputs: readonly Output<CheckFormat>[],
  flags: CheckFlags,
  context: Context,
): Promise<Verdict> {
  const config = configForFiles(context);
  const keeping = keepingFor(flags, context);
  const inputs = keeping && (await readInputs(files, flags, config, context));
  const given = { build: keeping?.build ?? '', flags, outputs, config };
  const name = nameOf(files, given, context);
  const key = inputs && keyOf(files, inputs, given, context);
  const kept = key === undefined ? undefined : (keeping?.store.read(name, key) as Kept | undefined);
  if (kept !== undefined && inputs !== undefined && isStillAnswered(kept, files, inputs, context)) {
    reportSkipped(kept.skipped, context.terminal, flags.verbose);
    return kept;
  }
  const { checkInputs } = await import('./files');
  const checked = await checkInputs(files, flags, config, context, inputs);
  const verdict = verdictOf(checked, outputs, flags, context);
  const { skipped = [], asked, notes, readLate } = checked;
  // What was said of the settings, and what is read for the report alone, is not among the inputs.
  if (key !== undefined && notes.length === 0 && readLate.size === 0)
    keeping?.store.write(name, key, { ...verdict, skipped, asked } satisfies Kept);
  return verdict;
}

/** Where verdicts are kept, and of which build; nothing where none are to be. */
function keepingFor(
  { cache }: CheckFlags,
  { io: { env } }: Context,
): { readonly store: Store; readonly build: string } | undefined {
  // Caches of CI are often restored from runs of others, whose verdict must not decide.
  const isWanted = cache ?? (env['CI'] ?? 'false') === 'false';
  const folder = isWanted ? cacheFolder(env) : undefined;
  const build = folder === undefined ? undefined : runningBuild();
  if (folder === undefined || build === undefined) return undefined;
  return { store: new Store(join(folder, 'verdicts')), build };
}

/** Whether the rest of the project, which is asked for what is missing, says what it said. */
function isStillAnswered(
  { asked, skipped }: Kept,
  files: readonly string[],
  { files: { found } }: Inputs,
  { io: { cwd } }: Context,
): boolean {
  return asked.length === 0 || answersAs(elsewhereOf(files, found, skipped, cwd), asked);
}
