import { Argument, Option } from 'commander';
import { APPLY_FORMATS } from '../../report/apply/formats';
import type { ApplyFlags } from '../apply/flags';
import { writingOptions } from '../apply/options';
import { applicationOptions } from '../options/application';
import { choice } from '../options/kinds';
import type { Command } from './command';

export const rollback: Command<ApplyFlags> = {
  name: 'rollback',
  description: 'applies an earlier revision of an application, which the cluster keeps',
  args: [new Argument('[revision]', 'its number (default: the last one that was applied before the newest)')],
  options: [
    ...applicationOptions(),
    new Option('-y, --yes', 'apply without asking'),
    ...writingOptions('the revision does not have'),
    choice(
      '-o, --output <format>',
      'format of the result',
      APPLY_FORMATS.map(({ name }) => name),
    ),
    new Option('--full', 'show all objects and fields of the plan, however many there are'),
  ],
  notes: `
It plans, asks and waits as seaworthy apply does, and becomes a new revision. With a credential plugin, OIDC or a proxy, it needs the package @kubernetes/client-node.
Exit codes: 0 applied, 1 refused or failed, 2 usage, no such revision, or no cluster.`,
  examples: ['seaworthy rollback', 'seaworthy rollback 3 --name shop --yes'],
  run: async ([revision], flags, context) =>
    (await import('../rollback/rollback')).rollback(revision, flags, context),
};
