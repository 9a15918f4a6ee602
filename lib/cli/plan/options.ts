import { InvalidArgumentError, Option } from 'commander';
import type { PlanFormat } from '../../report/plan/formats';
import { chosen, repeated, valued } from '../options';
import { outputOption, type Output } from '../reports';
import { FAILURES, type Failure } from './verdict';

/** The options of the command line that say what is compared, how it is shown, and what it may hold. */
export interface PlanFlags {
  readonly environment?: string;
  readonly base?: string;
  readonly head?: string;
  readonly between?: readonly string[];
  readonly namespace?: string;
  readonly kubernetes?: string;
  readonly output?: readonly Output<PlanFormat>[];
  readonly out?: string;
  readonly full?: boolean;
  readonly failOn?: readonly Failure[];
  readonly detailedExitcode?: boolean;
}

const FORMATS: readonly PlanFormat[] = ['text', 'json', 'markdown'];

/** What `seaworthy plan` takes beside what all commands on apps take. */
export function planOptions(): Option[] {
  return [
    valued('--base <revision>', 'compare with the committed output at this revision, such as origin/main'),
    valued('--head <revision>', 'with --base: the other revision, in place of the app'),
    repeated('--between <environments...>', 'show how two environments of the app differ'),
    valued('-n, --namespace <name>', 'namespace of objects that name none'),
    valued('--kubernetes <release>', 'release of the cluster, such as 1.31'),
    outputOption(FORMATS, 'markdown=plan.md'),
    valued('--out <file>', 'write the plan as JSON, with hashes of both sides'),
    new Option('--full', 'show every object and field, however many there are'),
    valued(
      '--fail-on <what>',
      `exit with 1 for these, with commas between: ${FAILURES.join(', ')} or none (default: data-loss,rejected)`,
      readFailures,
    ),
    new Option('--detailed-exitcode', 'exit with 3 where something changes, and nothing that fails'),
  ];
}

function readFailures(value: string): readonly Failure[] {
  const words = value.split(',').map((word) => chosen(word.trim(), [...FAILURES, 'none' as const]));
  const failures = words.filter((word) => word !== 'none');
  if (failures.length > 0 && failures.length < words.length)
    throw new InvalidArgumentError('none stands alone.');
  return failures;
}
