import { SeaworthyError } from '../../errors';
import { CHECK_FORMATS, type CheckFormat } from '../../report/check/formats';
import { printReports } from '../files/reports';
import { fileReader } from '../files/sources';
import { refuseTwoReports, type Output } from '../options/reports';
import { findProject, openProject, orNameFiles } from '../project/project';
import { runProject } from '../run/app';
import type { Context } from '../terminal/context';
import type { CheckFlags } from './flags';
import { AppThreads } from './threads/app-threads';
import type { Checked } from './print';
import { verdictOf, type Verdict } from './verdict';

/**
 * `seaworthy check`: checks what the app synthesizes, or the manifests in `files`.
 *
 * @returns 2 if a document is broken, 1 if a finding is as severe as `--fail-on`, else 0
 */
export async function check(files: readonly string[], flags: CheckFlags, context: Context): Promise<number> {
  refuseTwoReports(flags.output);
  const outputs = flags.output ?? [{ format: CHECK_FORMATS[0] }];
  const { texts, code } =
    files.length === 0
      ? verdictOf(await ofApp(flags, context), outputs, flags, context)
      : await ofFiles(files, outputs, flags, context);
  const reports = outputs.map((output, index) => ({
    ...output,
    format: { ...output.format, text: texts[index] ?? '' },
  }));
  await printReports(reports, ({ text }) => text, context);
  return code;
}

const FILES = 'To check files, name them or their folder: seaworthy check deploy/.';

async function ofApp(flags: CheckFlags, context: Context): Promise<Checked> {
  const project = orNameFiles(FILES, () => openProject(flags, context, 'synth'));
  const { root } = project;
  // What a cluster has is known to this thread alone.
  const threads = flags.live === true ? undefined : new AppThreads(context.io, flags.environment);
  const running = runProject(project, context, { ahead: threads });
  // Its failure is reported where it is awaited, once the rules are loaded.
  running.catch(() => undefined);
  try {
    const { checkApp } = await import('./app');
    const { parts, settings } = await checkApp(running, project, flags.environment, flags, context, {
      threads,
    });
    const fallback = findProject(flags, context.io.cwd).file ?? root;
    return { parts, settings, folder: root, fallback, lines: fileReader(root) };
  } finally {
    threads?.end();
  }
}

/** Refuses the options for an app, which would do nothing. */
async function ofFiles(
  files: readonly string[],
  outputs: readonly Output<CheckFormat>[],
  flags: CheckFlags,
  context: Context,
): Promise<Verdict> {
  const { app, timeout, environment } = flags;
  const forApp = Object.entries({ '--app': app, '--timeout': timeout, '--environment': environment });
  const [name] = forApp.find(([, value]) => value !== undefined) ?? [];
  if (name === undefined) return (await import('./kept')).verdictOnFiles(files, outputs, flags, context);
  throw new SeaworthyError({
    code: 'USAGE',
    path: name,
    message: 'cannot be used with files',
    hint: 'Leave out the files to check the app, or leave out the option.',
  });
}
