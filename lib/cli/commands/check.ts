import type { Severity } from '../../check/finding';
import { SeaworthyError } from '../../errors';
import type { CheckFormat } from '../../report/check/formats';
import { isAtLeast } from '../../report/check/severities';
import { printReports, type Checked } from '../check/print';
import type { CheckFlags } from '../check/settings';
import { fileReader } from '../check/sources';
import type { AppOptions, Context } from '../context';
import { load } from '../load';
import { findProject, openProject, runProject } from '../project';
import { refuseTwoReports, type Output } from '../reports';

export interface CheckCommandOptions extends AppOptions, CheckFlags {
  readonly environment?: string;
  readonly output?: readonly Output<CheckFormat>[];
  readonly severity?: Severity;
}

/**
 * `seaworthy check`: says what is wrong with what the app synthesizes, or with the manifests in `files`.
 *
 * @returns 1 where something was found that fails the check, else 0
 */
export async function check(
  files: readonly string[],
  options: CheckCommandOptions,
  context: Context,
): Promise<number> {
  refuseTwoReports(options.output);
  const checked = files.length === 0 ? await ofApp(options, context) : await ofFiles(files, options, context);
  const { output = [{ format: 'text' }], severity = 'info' } = options;
  await printReports(checked, output, severity, context);
  const { failOn } = checked.settings;
  const fails = checked.parts.some(({ findings }) =>
    findings.some((finding) => isAtLeast(finding.severity, failOn)),
  );
  return fails ? 1 : 0;
}

async function ofApp(options: CheckCommandOptions, context: Context): Promise<Checked> {
  const project = openProject(options, context);
  const { root } = project;
  const running = runProject(project, context);
  const { parts, settings } = await load
    .checkApp()
    .checkApp(running, project, options.environment, options, context);
  const fallback = findProject(options, context.io.cwd).file ?? root;
  return { parts, settings, folder: root, fallback, lines: fileReader(root) };
}

/** Files have no app: its options would do nothing. */
function ofFiles(files: readonly string[], options: CheckCommandOptions, context: Context): Promise<Checked> {
  const { app, timeout, environment } = options;
  const given = Object.entries({ '--app': app, '--timeout': timeout, '--environment': environment });
  const [name] = given.find(([, value]) => value !== undefined) ?? [];
  if (name === undefined) return load.checkFiles().checkFiles(files, options, context);
  throw new SeaworthyError({
    code: 'USAGE',
    path: name,
    message: 'it is for an app, and here are files to check',
    hint: 'Leave out the files to check what the app synthesizes, or leave out the option.',
  });
}
