import type { PlanFlags } from '../plan/flags';
import type { Command } from './command';
import { plan } from './plan';

/** What follows from a change is what `plan` tells. */
const OF_CONSEQUENCES = /^--(fail-on|full|out)\b/;

export const diff: Command<PlanFlags> = {
  name: 'diff',
  description: 'shows the fields that a change alters, as plan does, without what follows from it',
  args: plan.args ?? [],
  options: (plan.options ?? []).filter(({ flags }) => !OF_CONSEQUENCES.test(flags)),
  notes: `
Takes what plan takes, shows all fields, and judges nothing.
Exit codes: 0 fine, 2 usage or broken input, 3 see --detailed-exitcode.`,
  examples: [
    'seaworthy diff',
    'seaworthy diff --live --environment production',
    'seaworthy diff before/ after/',
  ],
  run: async (paths, flags, context) =>
    (await import('../plan/plan')).plan(paths, { ...flags, bare: true, full: true }, context),
};
