import type { Part } from '../../report/check/report';
import type { Project } from '../project/project';
import { checkEnvironment, inEnvironment, refuseSeveral } from '../run/environment';
import type { Result } from '../run/results';
import type { Context } from '../terminal/context';
import type { Seen } from '../cluster/assumed';
import type { LiveFlags, SettingFlags } from './flags';
import { checkResults, type Helping } from './parts';
import { lookAt } from './look';
import { readSettings, seeing, type Settings } from './settings';
import type { AppThreads } from './threads/app-threads';

/** What may take a part in the check of an app that runs. */
export interface HelpingRun extends Pick<Helping, 'known'> {
  /** Threads that hear from the app. @default there is this one alone */
  readonly threads?: AppThreads | undefined;
}

/** An app that has run, and what was found in what it synthesized. */
export interface CheckedApp {
  readonly results: readonly Result[];
  readonly parts: readonly Part[];
  readonly settings: Settings;
}

/**
 * Checks what the app of a project synthesizes.
 *
 * @param running the app, which was started before the rules were loaded, so that both happen at the same time
 * @param environment the one to check. @default all
 * @throws SeaworthyError as `runApp`, `checkEnvironment`, `readSettings` and `checkResults` do
 */
export async function checkApp(
  running: Promise<readonly Result[]>,
  project: Project,
  environment: string | undefined,
  flags: SettingFlags & LiveFlags,
  context: Context,
  { known, threads }: HelpingRun = {},
): Promise<CheckedApp> {
  const { io, terminal } = context;
  const reading = readSettings(project.check, flags, {
    root: project.root,
    cwd: io.cwd,
    env: io.env,
    stdin: io.stdin,
  });
  // Errors of the settings are reported after those of the app.
  reading.catch(() => undefined);
  const briefing = threads?.judgeBy(reading);
  const results = await running;
  checkEnvironment(results, environment);
  const seen = flags.live === true ? await seenByApp(results, environment, flags, context) : undefined;
  const settings = seeing(await reading, seen, flags);
  for (const note of settings.notes) terminal.say(note, terminal.err.dim);
  await briefing;
  const parts = await checkResults(results, environment, settings, { known, crew: threads?.crew });
  return { results, parts, settings };
}

/** What the cluster has beside the objects of one environment. */
function seenByApp(
  results: readonly Result[],
  environment: string | undefined,
  flags: LiveFlags,
  context: Context,
): Promise<Seen> {
  const manifests = inEnvironment(
    results.flatMap((result) => result.manifests),
    environment,
  );
  refuseSeveral(manifests);
  return lookAt(manifests, flags, context);
}
