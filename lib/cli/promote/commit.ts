import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { SeaworthyError } from '../../errors';
import type { PromoteReport } from '../../report/promote/report';

/**
 * Refuses a file that a commit would not change by the promotion alone: one with other changes, or that git does not know.
 *
 * @throws SeaworthyError NO_GIT, GIT_FAILED
 */
export function refuseUncommitted(file: string, env: NodeJS.ProcessEnv): void {
  const status = git(file, env, 'status', '--porcelain', '--ignored', '--', basename(file));
  if (!status.ok)
    throw new SeaworthyError({
      code: 'NO_GIT',
      place: file,
      message: `not in a git repository: ${status.said}`,
      hint: 'Leave out --commit.',
    });
  if (status.out === '') return;
  throw new SeaworthyError({
    code: 'GIT_FAILED',
    place: file,
    message: /^(\?\?|!!)/.test(status.out)
      ? 'git does not track this file'
      : 'this file has changes that are not committed',
    hint: 'Commit it first, or leave out --commit.',
  });
}

/**
 * Makes one commit of the pins file, whatever else is staged. Hooks run, as in every commit of the user.
 *
 * @throws SeaworthyError GIT_FAILED
 */
export function commitPins(file: string, report: PromoteReport, env: NodeJS.ProcessEnv): void {
  const { ok, said } = git(
    file,
    env,
    'commit',
    '--only',
    '--quiet',
    '-m',
    messageOf(report),
    '--',
    basename(file),
  );
  if (ok) return;
  throw new SeaworthyError({
    code: 'GIT_FAILED',
    place: file,
    message: `written, but not committed: ${said}`,
    hint: `Commit it: git commit ${basename(file)}.`,
  });
}

/** A title, and a line for each pin. */
export function messageOf({ from, to, moved }: PromoteReport): string {
  const [only] = moved;
  const what = moved.length === 1 && only !== undefined ? only.name : `${moved.length} pins`;
  const lines = moved.map(({ name, before, after }) => `- ${name}: ${String(before)} -> ${String(after)}`);
  return [`Promote ${what} from ${from} to ${to}`, '', ...lines].join('\n');
}

function git(
  file: string,
  env: NodeJS.ProcessEnv,
  ...args: readonly string[]
): { readonly ok: boolean; readonly out: string; readonly said: string } {
  const { status, error, stdout, stderr } = spawnSync('git', ['--literal-pathspecs', ...args], {
    cwd: dirname(file),
    env: { ...env, LC_ALL: 'C' },
    encoding: 'utf8',
  });
  if (error !== undefined)
    throw new SeaworthyError({
      code: 'NO_GIT',
      message: `cannot run git: ${error.message}`,
      hint: 'Install git, or leave out --commit.',
    });
  const said = (stderr.trim() === '' ? stdout : stderr).trim().split('\n')[0] ?? '';
  return { ok: status === 0, out: stdout, said };
}
