import { Argument, Option } from 'commander';
import { appOptions, environmentOption } from '../options/app';
import { repeated, valued } from '../options/kinds';
import type { ReportFlags } from '../report/flags';
import type { Command } from './command';

export const report: Command<ReportFlags> = {
  name: 'report',
  description: 'writes one page with the graph, the connections, and what check, plan, fit and upgrade say',
  args: [new Argument('[files...]', 'YAML or JSON files, folders, or - for stdin, instead of the app')],
  options: [
    environmentOption('only this environment'),
    valued('--out <file>', 'file of the page (default: stdout)'),
    valued('--base <revision>', 'plan against the committed output at this revision, such as origin/main'),
    valued('--before <path>', 'with files: plan against this file or folder'),
    valued(
      '--nodes <file>',
      'nodes, from kubectl get nodes -o yaml (default: the node pools of the profile, with their size)',
    ),
    valued('--pods <file>', 'pods that run already, from kubectl get pods -A -o yaml'),
    valued('--to <release>', 'release to rehearse an upgrade to'),
    valued('--from <release>', 'with --to: release of the cluster (default: that of its profile)'),
    repeated('--assume <file>', 'objects that are already in the cluster, or a snapshot of it (repeatable)'),
    valued('--kubernetes <release>', 'Kubernetes release of the cluster, such as 1.31'),
    new Option('--no-kustomize', 'skip kustomizations, which kubectl builds'),
    ...appOptions(),
  ],
  notes: `
The page has a plan where there is something to compare with: the output of the app, --base or --before; a placement where
nodes are known; and an upgrade with --to.
Exit codes: 0 fine, 1 a check, plan, fit or upgrade fails, 2 usage or broken input. The page is written in each case but usage.`,
  examples: [
    'seaworthy report --out report.html',
    'seaworthy report --environment production --base origin/main --to 1.37 --out report.html',
    'seaworthy report deploy/ --before old/ --nodes nodes.yaml --out report.html',
    'helm template shop | seaworthy report - --out report.html',
  ],
  run: async (files, flags, context) => (await import('../report/report')).report(files, flags, context),
};
