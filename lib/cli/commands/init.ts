import { Argument } from 'commander';
import type * as Init from '../init/init';
import { valued } from '../options/kinds';
import type { Command } from './command';

export const init: Command<Init.InitFlags> = {
  name: 'init',
  description: 'creates a project',
  args: [new Argument('[dir]', 'new or empty folder').default('.')],
  options: [valued('--name <name>', 'name of the project (default: that of the folder)')],
  examples: ['seaworthy init shop', 'seaworthy init --name shop'],
  run: ([folder = '.'], flags, context) => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when called
    return (require('../init/init') as typeof Init).init(folder, flags, context);
  },
};
