import { InvalidArgumentError, type Option } from 'commander';
import type { Failure } from '../../plan/consequences/kinds';
import { DEFAULT_FAILURES, FAILURES } from './verdict';
import { chosen, valued } from '../options/kinds';

/** `--fail-on`: for which consequences a plan fails. */
export function failOnOption(): Option {
  return valued(
    '--fail-on <what>',
    `exit with 1 for these, separated by commas: ${FAILURES.join(', ')} or none (default: ${DEFAULT_FAILURES.join(',')})`,
    readFailures,
  );
}

function readFailures(value: string): readonly Failure[] {
  const words = value.split(',').map((word) => chosen(word.trim(), [...FAILURES, 'none' as const]));
  const failures = words.filter((word) => word !== 'none');
  if (failures.length > 0 && failures.length < words.length)
    throw new InvalidArgumentError('none cannot be combined with others.');
  return failures;
}
