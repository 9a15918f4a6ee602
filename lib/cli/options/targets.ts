import type { Option } from 'commander';
import { TARGET_NAMES } from '../../gitops/registry';
import { chosen, valued } from './kinds';

/** `--target`: one of the targets, or several. */
export function targetOption(): Option {
  const option = valued(
    '-t, --target <targets>',
    `what to write, instead of the targets in cdk8s.yaml: ${TARGET_NAMES.join(', ')}, or several with commas`,
    (value) => [...new Set(value.split(',').map((name) => chosen(name.trim(), TARGET_NAMES)))],
  );
  option.argChoices = [...TARGET_NAMES];
  return option;
}
