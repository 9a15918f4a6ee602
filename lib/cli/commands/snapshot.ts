import { Argument, Option } from 'commander';
import { appOptions, environmentOption, folder } from '../options/app';
import { clusterOptions } from '../options/cluster';
import { repeated, valued } from '../options/kinds';
import type { SnapshotFlags } from '../snapshot/snapshot';
import type { Command } from './command';

export const snapshot: Command<SnapshotFlags> = {
  name: 'snapshot',
  description: 'writes what a cluster has beside the manifests, for check and plan without access to it',
  args: [new Argument('[files...]', 'YAML or JSON files, folders, or - for stdin, instead of the app')],
  options: [
    valued('--out <dir>', 'folder to write to', folder).makeOptionMandatory(),
    repeated('-n, --namespace <name>', 'this namespace, instead of what the app needs (repeatable)'),
    environmentOption('only what this environment needs'),
    ...clusterOptions(),
    new Option('--verbose', 'list each file that is skipped, and why'),
    new Option('--no-kustomize', 'skip kustomizations, which kubectl builds'),
    ...appOptions(),
  ],
  notes: `
It only reads, and writes no values of Secrets and ConfigMaps: names, types and keys.
Exit codes: 0 fine, 2 usage, or no cluster.`,
  examples: [
    'seaworthy snapshot --environment production --out cluster/production',
    'seaworthy check --environment production --assume cluster/production',
    'seaworthy snapshot --namespace shop --out cluster/shop',
  ],
  run: async (files, flags, context) =>
    (await import('../snapshot/snapshot')).snapshot(files, flags, context),
};
