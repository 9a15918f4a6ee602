import { Argument, Option } from 'commander';
import { appOptions, environmentOption } from '../options/app';
import { clusterOptions } from '../options/cluster';
import { choice, valued } from '../options/kinds';
import type * as Status from '../status/status';
import type { Command } from './command';

export const status: Command<Status.StatusFlags> = {
  name: 'status',
  description: 'shows the workloads in a cluster with their pods, and why one does not run',
  args: [new Argument('[files...]', 'only the workloads of these manifests: files, folders, or - for stdin')],
  options: [
    environmentOption('only the workloads of this environment of the app'),
    ...clusterOptions(),
    valued(
      '-n, --namespace <name>',
      'all workloads of this namespace; with files: that of objects without one',
    ),
    new Option('-A, --all-namespaces', 'all workloads of all namespaces'),
    valued('-l, --selector <labels>', 'all workloads with these labels, such as app=shop,tier!=cache'),
    choice('-o, --output <format>', 'format of the status', ['text', 'json']),
    new Option('-w, --watch', 'show it again whenever something changes'),
    new Option('--no-kustomize', 'skip kustomizations, which kubectl builds'),
    ...appOptions(),
  ],
  notes: `
In a project, the workloads of the app are shown, also those that are missing. Elsewhere, or with --namespace,
--all-namespaces or --selector, all workloads that are there: by default those of the context's namespace.
It only reads. With a credential plugin, OIDC or a proxy, it needs the package @kubernetes/client-node.
Exit codes: 0 fine, 1 a workload failed or is missing, 2 usage, or no cluster.`,
  examples: [
    'seaworthy status',
    'seaworthy status --environment production --watch',
    'seaworthy status dist/production/',
    'seaworthy status --namespace shop',
    'seaworthy status --all-namespaces --output json | jq .workloads',
  ],
  run: async (files, flags, context) => (await import('../status/status')).status(files, flags, context),
};
