import type { CheckOptions } from '../../../check/options';
import type { RuleFacts } from '../../../check/facts-of-rule';
import type { Rule } from '../../../check/rule';
import type { AssumedFiles } from '../assumed';
import type { Gathered } from '../../files/gather';
import type { HandedOver } from '../../run/ahead';
import type { Settings } from '../settings';

/** What a check follows from beside its objects, as plain data. */
export interface Judge {
  readonly cwd: string;
  readonly assumed: AssumedFiles;
  readonly options: Pick<CheckOptions, 'kubernetes' | 'preset' | 'severities' | 'environments'>;
  /** Custom rules, which the first thread runs: the others need to know how many pieces they are. */
  readonly own: readonly RuleFacts[];
}

/** A check of files. */
export interface FileJob extends Judge {
  /** What the command line names. */
  readonly args: readonly string[];
  readonly files: Gathered;
}

/** A check of what an app handed over. */
export interface AppJob extends Judge, HandedOver {
  /** The one environment to check. */
  readonly environment: string | undefined;
}

/** All that a check follows from, as plain data. */
export type Job = FileJob | AppJob;

/** What the first thread says to another: what to check, and then that it may begin. */
export type Message = { readonly job: Job } | { readonly shared: SharedArrayBuffer };

/** What a thread judges by; nothing where more than texts has a part in it. */
export function judgeOf({ options, assumed, seen }: Settings, cwd: string): Judge | undefined {
  const isBuilt = [assumed.assume.gathered, assumed.crds.gathered].some(({ built }) => built.length > 0);
  if (isBuilt || seen !== undefined) return undefined;
  const { kubernetes, preset, severities, environments, rules = [] } = options;
  return {
    cwd,
    assumed,
    options: {
      ...(kubernetes !== undefined && { kubernetes }),
      ...(preset !== undefined && { preset }),
      ...(severities !== undefined && { severities }),
      ...(environments !== undefined && { environments }),
    },
    own: rules.map(factsOf),
  };
}

function factsOf({ name, severity, strict = false, about, why }: Rule): RuleFacts {
  return { name, severity, strict, about, why };
}
