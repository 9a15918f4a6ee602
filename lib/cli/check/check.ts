import { SeaworthyError } from '../../errors';
import { CHECK_FORMATS } from '../../report/check/formats';
import type { Part } from '../../report/check/report';
import { isAtLeast } from '../../report/check/severities';
import { printReports } from '../files/reports';
import { fileReader } from '../files/sources';
import { refuseTwoReports } from '../options/reports';
import { findProject, openProject, orNameFiles } from '../project/project';
import { runProject } from '../run/app';
import type { Context } from '../terminal/context';
import type { CheckFlags } from './flags';
import { render, type Checked } from './print';

/**
 * `seaworthy check`: checks what the app synthesizes, or the manifests in `files`.
 *
 * @returns 2 if a document is broken, 1 if a finding is as severe as `--fail-on`, else 0
 */
export async function check(files: readonly string[], flags: CheckFlags, context: Context): Promise<number> {
  refuseTwoReports(flags.output);
  const checked = files.length === 0 ? await ofApp(flags, context) : await ofFiles(files, flags, context);
  const { output = [{ format: CHECK_FORMATS[0] }], severity = 'info' } = flags;
  const shown = {
    ...checked,
    parts: checked.parts.map((part) => ({
      ...part,
      findings: part.findings.filter((finding) => isAtLeast(finding.severity, severity)),
    })),
  };
  await printReports(output, (format, paint) => render(format, shown, context.io.cwd, paint), context);
  if (checked.parts.some(isBroken)) return 2;
  const { failOn } = checked.settings;
  const fails = checked.parts.some(({ findings }) =>
    findings.some((finding) => isAtLeast(finding.severity, failOn)),
  );
  return fails ? 1 : 0;
}

/** Whether a document of a part is broken, unless the settings say that it does not matter. */
function isBroken({ broken = [] }: Part): boolean {
  return broken.some(({ findings }) => findings.some(({ severity }) => severity === 'error'));
}

const FILES = 'To check files, name them or their folder: seaworthy check deploy/.';

async function ofApp(flags: CheckFlags, context: Context): Promise<Checked> {
  const project = orNameFiles(FILES, () => openProject(flags, context, 'synth'));
  const { root } = project;
  const running = runProject(project, context);
  // Its failure is reported where it is awaited, once the rules are loaded.
  running.catch(() => undefined);
  const { checkApp } = await import('./app');
  const { parts, settings } = await checkApp(running, project, flags.environment, flags, context);
  const fallback = findProject(flags, context.io.cwd).file ?? root;
  return { parts, settings, folder: root, fallback, lines: fileReader(root) };
}

/** Refuses the options for an app, which would do nothing. */
async function ofFiles(files: readonly string[], flags: CheckFlags, context: Context): Promise<Checked> {
  const { app, timeout, environment } = flags;
  const forApp = Object.entries({ '--app': app, '--timeout': timeout, '--environment': environment });
  const [name] = forApp.find(([, value]) => value !== undefined) ?? [];
  if (name === undefined) return (await import('./files')).checkFiles(files, flags, context);
  throw new SeaworthyError({
    code: 'USAGE',
    path: name,
    message: 'cannot be used with files',
    hint: 'Leave out the files to check the app, or leave out the option.',
  });
}
