import { Argument, Option } from 'commander';
import { oneOf } from '../../errors';
import { APPLY_METHODS, DEFAULT_METHOD } from '../../plan/apply-methods';
import { PROMOTE_FORMATS } from '../../report/promote/formats';
import { appOptions } from '../options/app';
import { failOnOption } from '../plan/fail-on';
import { choice, repeated, valued } from '../options/kinds';
import { outputOption } from '../options/reports';
import type { PromoteFlags } from '../promote/flags';
import type { Command } from './command';

export const promote: Command<PromoteFlags> = {
  name: 'promote',
  description: 'moves pins, such as image tags, from one environment to the next, and plans what that means',
  args: [
    new Argument('<from>', 'environment whose pins are moved'),
    new Argument('<to>', 'environment that gets them'),
  ],
  options: [
    repeated('--only <pin>', 'move only this pin (repeatable)'),
    new Option('--backwards', 'move pins against the order of the environments'),
    new Option('--dry-run', 'show the plan, and write nothing'),
    new Option('-y, --yes', 'write without asking'),
    new Option('--commit', 'commit the pins file, and nothing else, to git'),
    valued('--kubernetes <release>', 'Kubernetes release of the cluster, such as 1.31'),
    choice(
      '--apply <method>',
      `how the objects are applied: ${oneOf(APPLY_METHODS)} (default: ${DEFAULT_METHOD})`,
      APPLY_METHODS,
    ),
    outputOption(PROMOTE_FORMATS, 'markdown=promotion.md'),
    new Option('--full', 'show all objects and fields, however many there are'),
    failOnOption(),
    new Option('--detailed-exitcode', 'exit with 3 if pins move and nothing fails'),
    ...appOptions(),
  ],
  notes: `
It changes the pins file alone: run seaworthy synth next. Nothing is written where the plan fails.
Exit codes: 0 written, or nothing to promote, 1 the plan fails (--fail-on) or was not confirmed, 2 usage or broken input, 3 see --detailed-exitcode.`,
  examples: [
    'seaworthy promote staging production',
    'seaworthy promote staging production --only api.image --dry-run',
    'seaworthy promote staging production --yes --commit --output markdown=promotion.md',
  ],
  run: async (args, flags, context) => (await import('../promote/promote')).promote(args, flags, context),
};
