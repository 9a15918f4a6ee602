import type { Command } from './command';

/** What completion scripts call. */
export const environments: Command = {
  name: '__environments',
  description: 'prints the environments of the last output',
  isHidden: true,
  run: async (_args, _flags, context) => (await import('../completion/environments')).environments(context),
};
