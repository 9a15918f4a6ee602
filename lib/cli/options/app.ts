import { InvalidArgumentError, type Option } from 'commander';
import { CHECK_FORMATS } from '../../report/check/formats';
import { PLAN_FORMATS } from '../../report/plan/formats';
import { DEFAULT_TIMEOUT, isTimeout } from '../project/timeout';
import { valued } from './kinds';

/** The options that `AppOptions` holds. */
export function appOptions(): Option[] {
  return [
    valued('--app <command>', 'command that runs the app (default: `app` in cdk8s.yaml)'),
    valued('--timeout <seconds>', `time limit of the app in seconds (default: ${DEFAULT_TIMEOUT})`, seconds),
  ];
}

export function environmentOption(description: string): Option {
  return valued('-e, --environment <name>', description);
}

/** Formats that other commands and tools take for `--output`: nobody means a folder by these. */
const FORMATS = [...[...CHECK_FORMATS, ...PLAN_FORMATS].map(({ name }) => name), 'yaml'];

/** The folder that `value` names. */
export function folder(value: string): string {
  if (!FORMATS.includes(value)) return value;
  throw new InvalidArgumentError(
    `Expected a folder, not a format. To write to a folder of this name, use ./${value}.`,
  );
}

function seconds(value: string): number {
  const number = Number(value);
  if (!isTimeout(number))
    throw new InvalidArgumentError('Expected a number of seconds above 0, at most a day.');
  return number;
}
