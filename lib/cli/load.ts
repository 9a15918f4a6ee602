/* eslint-disable @typescript-eslint/no-require-imports --
   A module that is required only where it is used: `--version` starts as fast as Node, and a command loads
   what it works with. */
import type * as Chokidar from 'chokidar';
import type * as Jiti from 'jiti';
import type * as ManifestSet from '../manifest/set';
import type * as CheckApp from './check/app';
import type * as CheckFiles from './check/files';
import type * as CheckGate from './check/gate';
import type * as Check from './commands/check';
import type * as Completion from './commands/completion';
import type * as Init from './commands/init';
import type * as List from './commands/list';
import type * as Plan from './commands/plan';
import type * as Synth from './commands/synth';
import type * as Watch from './commands/watch';
import type * as OwnPackage from './package';
import type * as Program from './program';
import type * as Output from './output';

export const load = {
  check: () => require('./commands/check') as typeof Check,
  gate: () => require('./check/gate') as typeof CheckGate,
  chokidar: () => require('chokidar') as typeof Chokidar,
  checkApp: () => require('./check/app') as typeof CheckApp,
  checkFiles: () => require('./check/files') as typeof CheckFiles,
  completion: () => require('./commands/completion') as typeof Completion,
  init: () => require('./commands/init') as typeof Init,
  jiti: () => require('jiti') as typeof Jiti,
  manifestSet: () => require('../manifest/set') as typeof ManifestSet,
  list: () => require('./commands/list') as typeof List,
  plan: () => require('./commands/plan') as typeof Plan,
  synth: () => require('./commands/synth') as typeof Synth,
  watch: () => require('./commands/watch') as typeof Watch,
  ownPackage: () => (require('./package') as typeof OwnPackage).ownPackage(),
  program: () => require('./program') as typeof Program,
  output: () => require('./output') as typeof Output,
};
