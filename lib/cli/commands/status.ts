import { Option } from 'commander';
import { choice, valued } from '../options/kinds';
import type * as Status from '../status/status';
import type { Command } from './command';

export const status: Command<Status.StatusFlags> = {
  name: 'status',
  description: 'shows the workloads in a cluster with their pods, and why one does not run',
  options: [
    valued('--kubeconfig <file>', 'kubeconfig to use (default: as kubectl)'),
    valued('--context <name>', 'context of the kubeconfig (default: its current one)'),
    valued('-n, --namespace <name>', 'namespace to look in (default: that of the context)'),
    new Option('-A, --all-namespaces', 'look in all namespaces'),
    valued('-l, --selector <labels>', 'only workloads with these labels, such as app=shop,tier!=cache'),
    choice('-o, --output <format>', 'format of the status', ['text', 'json']),
    new Option('-w, --watch', 'show it again whenever something changes'),
  ],
  notes: `
It only reads. Needs the package @kubernetes/client-node.
Exit codes: 0 fine, 1 a workload failed, 2 usage, or no cluster.`,
  examples: [
    'seaworthy status',
    'seaworthy status --namespace shop --watch',
    'seaworthy status --all-namespaces --output json | jq .workloads',
  ],
  run: async (_args, flags, context) => (await import('../status/status')).status(flags, context),
};
