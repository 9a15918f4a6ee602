import { Argument, Option } from 'commander';
import { EXPANDERS } from '../../fit/pools/expander';
import { FIT_FORMATS } from '../../report/fit/formats';
import type { FitFlags } from '../fit/flags';
import { appOptions, environmentOption } from '../options/app';
import { choice, repeated, valued } from '../options/kinds';
import { outputOption } from '../options/reports';
import type { Command } from './command';

export const fit: Command<FitFlags> = {
  name: 'fit',
  description: 'shows which pods find a node, and why others stay pending',
  args: [new Argument('[files...]', 'YAML or JSON files, folders, or - for stdin, instead of the app')],
  options: [
    environmentOption('only this environment'),
    outputOption(FIT_FORMATS, 'markdown=fit.md'),
    valued(
      '--nodes <file>',
      'nodes, from kubectl get nodes -o yaml (default: the node pools of the profile, with their size)',
    ),
    valued('--pods <file>', 'pods that run already, from kubectl get pods -A -o yaml'),
    choice('--at <replicas>', 'replicas of autoscaled workloads (default: current)', ['current', 'max']),
    choice('--order <order>', 'which workloads are placed first (default: set)', ['set', 'priority']),
    repeated('--without <name>', 'node or zone that is lost (repeatable)', (name) => name),
    repeated(
      '--drain <node>',
      'node to drain by itself, or all of them in turn (repeatable)',
      (name) => name,
    ),
    choice('--during <moment>', 'the fullest moment of a rollout, and whether it ends', ['rollout']),
    valued(
      '--before <path>',
      'with --during: file or folder of what runs now (default: the output of the app; without, all workloads roll)',
    ),
    valued('--base <revision>', 'with --during: the committed output at this revision runs now'),
    new Option('--headroom', 'say how many more pods of each workload find a node'),
    choice(
      '--expander <rule>',
      'how an autoscaler chooses a node pool to grow (default: least-waste)',
      EXPANDERS,
    ),
    valued('--kubernetes <release>', 'Kubernetes release of the cluster, such as 1.31'),
    new Option('--no-kustomize', 'skip kustomizations, which kubectl builds'),
    ...appOptions(),
  ],
  notes: `
Exit codes: 0 every pod finds a node, or will when pools grow; 1 a pod stays pending, a rollout gets stuck or a drain does not end, 2 usage or broken input.`,
  examples: [
    'seaworthy fit --nodes nodes.yaml',
    'seaworthy fit deploy/ --nodes nodes.yaml --pods pods.yaml --at max',
    'seaworthy fit deploy/ --nodes nodes.yaml --pods pods.yaml --drain all',
    'seaworthy fit --during rollout --base origin/main',
    'seaworthy fit --environment production --without eu-west-1a --output markdown',
  ],
  run: async (files, flags, context) => (await import('../fit/fit')).fit(files, flags, context),
};
