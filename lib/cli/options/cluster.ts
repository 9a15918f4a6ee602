import type { Option } from 'commander';
import { valued } from './kinds';

/** Which cluster a command talks to. */
export interface ClusterFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** The options that `ClusterFlags` holds. */
export function clusterOptions(): Option[] {
  return [
    valued('--kubeconfig <file>', 'kubeconfig to use (default: as kubectl)'),
    valued('--context <name>', 'context of the kubeconfig (default: its current one)'),
  ];
}
