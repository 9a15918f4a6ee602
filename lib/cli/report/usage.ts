import { SeaworthyError } from '../../errors';
import type { ReportFlags } from './flags';

/** @throws SeaworthyError USAGE for options that would do nothing, or that exclude each other */
export function refuseContradictions(files: readonly string[], flags: ReportFlags): void {
  const { before, base, environment, app, timeout, from, to } = flags;
  const isApp = files.length === 0;
  const idle: readonly (readonly [path: string, isWrong: boolean, message: string, hint: string])[] = [
    [
      '--before',
      before !== undefined && isApp,
      'is for files',
      'The app is compared with its output, or with --base at a revision.',
    ],
    [
      '--before',
      before !== undefined && files.length > 1,
      'compares with one path',
      'Name one folder that has all files.',
    ],
    [
      '--base',
      base !== undefined && !isApp,
      'cannot be used with files',
      'Use --before with their old folder.',
    ],
    [
      '--environment',
      environment !== undefined && !isApp,
      'cannot be used with files',
      'Leave out one of them.',
    ],
    ['--app', app !== undefined && !isApp, 'cannot be used with files', 'Leave out one of them.'],
    ['--timeout', timeout !== undefined && !isApp, 'cannot be used with files', 'Leave out one of them.'],
    [
      '--from',
      from !== undefined && to === undefined,
      'is for --to alone',
      'Name the release to upgrade to.',
    ],
    [
      '--before',
      before === '-' && files.includes('-'),
      'reads stdin, which is what is compared with it',
      'Use a file or a folder for one of them.',
    ],
  ];
  const found = idle.find(([, isWrong]) => isWrong);
  if (found === undefined) return;
  const [path, , message, hint] = found;
  throw new SeaworthyError({ code: 'USAGE', path, message, hint });
}
