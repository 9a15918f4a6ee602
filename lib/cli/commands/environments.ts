import type * as Environments from '../completion/environments';
import type { Command } from './command';

/** What completion scripts call. */
export const environments: Command = {
  name: '__environments',
  description: 'prints the environments of the last output',
  isHidden: true,
  run: (_args, _flags, context) => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when called
    return (require('../completion/environments') as typeof Environments).environments(context);
  },
};
