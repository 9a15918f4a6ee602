import { Argument, Option } from 'commander';
import type { ConvertFlags } from '../convert-api/convert-api';
import { valued } from '../options/kinds';
import type { Command } from './command';

export const convertApi: Command<ConvertFlags> = {
  name: 'convert-api',
  description: 'rewrites removed API versions in YAML files, and keeps comments, order and style',
  args: [new Argument('<files...>', 'YAML files, or folders with them')],
  options: [
    valued(
      '--to <release>',
      'Kubernetes release of the cluster, such as 1.31 (default: the newest that is known)',
    ),
    new Option('--check', 'change nothing, and exit with 1 if something would be changed'),
  ],
  notes: `
What cannot be converted without a choice is named with what to write, and left as it is; so are templates. Exit codes: 0 fine,
1 something is to change by hand (or at all, with --check), 2 usage or input that cannot be read.`,
  examples: ['seaworthy convert-api deploy/', 'seaworthy convert-api deploy/ --to 1.32 --check'],
  run: async (files, flags, context) =>
    (await import('../convert-api/convert-api')).convertApi(files, flags, context),
};
