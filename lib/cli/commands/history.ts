import type { HistoryFlags } from '../history/history';
import { HISTORY_FORMATS } from '../../report/history/formats';
import { applicationOptions } from '../options/application';
import { choice } from '../options/kinds';
import type { Command } from './command';

export const history: Command<HistoryFlags> = {
  name: 'history',
  description: 'shows the revisions of an application in a cluster: when, by whom, and what changed',
  options: [
    ...applicationOptions(),
    choice(
      '-o, --output <format>',
      'format of the history',
      HISTORY_FORMATS.map(({ name }) => name),
    ),
  ],
  notes: `
It only reads, and no data of Secrets. With a credential plugin, OIDC or a proxy, it needs the package @kubernetes/client-node.
Exit codes: 0 fine, 2 usage, no such application, or no cluster.`,
  examples: ['seaworthy history', 'seaworthy history --name shop --output json | jq .revisions'],
  run: async (_args, flags, context) => (await import('../history/history')).history(flags, context),
};
