import type { CheckOptions } from '../../../check/options';
import type { RuleFacts } from '../../../check/facts-of-rule';
import type { AssumedFiles } from '../assumed';
import type { Gathered } from '../../files/gather';

/** All that a check of files follows from, as plain data. */
export interface Job {
  /** What the command line names. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly files: Gathered;
  readonly assumed: AssumedFiles;
  readonly options: Pick<CheckOptions, 'kubernetes' | 'preset' | 'severities' | 'environments'>;
  /** Custom rules, which the first thread runs: the others need to know how many pieces they are. */
  readonly own: readonly RuleFacts[];
}
