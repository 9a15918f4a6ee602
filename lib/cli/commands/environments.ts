import type { Command } from './command';

/** What completion scripts call. */
export const environments: Command = {
  name: '__environments',
  description: 'prints the environments of the last output',
  isHidden: true,
  run: async (_args, _flags, context) => (await import('../completion/environments')).environments(context),
};

export const revisions: Command = {
  name: '__revisions',
  description: 'prints the branches and tags of the repository',
  isHidden: true,
  run: async (_args, _flags, context) => (await import('../completion/environments')).revisions(context),
};
