import type { Option } from 'commander';
import { clusterOptions, type ClusterFlags } from './cluster';
import { valued } from './kinds';

/** Which application of a cluster a command is about. */
export interface ApplicationFlags extends ClusterFlags {
  readonly name?: string;
  readonly namespace?: string;
}

/** The options that `ApplicationFlags` holds. */
export function applicationOptions(): Option[] {
  return [
    ...clusterOptions(),
    valued('-n, --namespace <name>', 'namespace of the application (default: that of the context)'),
    valued('--name <name>', 'name of the application (default: the only one in the namespace)'),
  ];
}
