import { Argument } from 'commander';
import type * as Init from '../init/init';
import { valued } from '../options/kinds';
import type { Command } from './command';

export const init: Command<Init.InitFlags> = {
  name: 'init',
  description: 'creates a project, or adds to one',
  args: [new Argument('[dir]', 'new or empty folder, or one with a package.json').default('.')],
  options: [valued('--name <name>', 'name of the project (default: that of the folder)')],
  examples: ['seaworthy init shop', 'seaworthy init --name shop'],
  run: async ([folder = '.'], flags, context) => (await import('../init/init')).init(folder, flags, context),
};
