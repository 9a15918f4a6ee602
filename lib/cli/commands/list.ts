import type * as List from '../list/list';
import { appOptions, environmentOption } from '../options/app';
import { choice } from '../options/kinds';
import type { Command } from './command';

export const list: Command<List.ListFlags> = {
  name: 'list',
  description: 'lists environments, charts and objects, with the lines of code that they come from',
  options: [
    choice('-o, --output <format>', 'format of the list', ['text', 'json']),
    environmentOption('only this environment'),
    ...appOptions(),
  ],
  examples: ['seaworthy list', 'seaworthy list --output json | jq .apps'],
  run: async (_args, flags, context) => (await import('../list/list')).list(flags, context),
};
