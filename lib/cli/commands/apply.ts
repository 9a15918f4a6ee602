import { Argument, Option } from 'commander';
import { APPLY_FORMATS } from '../../report/apply/formats';
import type { ApplyFlags } from '../apply/flags';
import { writingOptions } from '../apply/options';
import { environmentOption } from '../options/app';
import { clusterOptions } from '../options/cluster';
import { choice, valued } from '../options/kinds';
import type { Command } from './command';

export const apply: Command<ApplyFlags> = {
  name: 'apply',
  description: 'applies the app or files to a cluster: plans, asks, writes, and waits until all is ready',
  args: [new Argument('[files...]', 'YAML or JSON files, folders, or - for stdin, instead of the app')],
  options: [
    environmentOption('environment of the app that the cluster is'),
    ...clusterOptions(),
    valued('-n, --namespace <name>', 'namespace of objects without one (default: that of the context)'),
    valued('--name <name>', 'name of the application in the cluster (default: that of the project)'),
    new Option('-y, --yes', 'apply without asking'),
    valued('--write-plan <file>', 'write the plan to a file for a review, and apply nothing'),
    valued('--plan <file>', 'apply exactly this plan, or nothing if anything relevant has changed since'),
    ...writingOptions('the application no longer has'),
    new Option('--rollback-on-failure', 'restore what was there before if something fails'),
    choice(
      '-o, --output <format>',
      'format of the result',
      APPLY_FORMATS.map(({ name }) => name),
    ),
    new Option('--full', 'show all objects and fields of the plan, however many there are'),
    new Option('--verbose', 'list each file that is skipped, and why'),
    new Option('--no-kustomize', 'skip kustomizations, which kubectl builds'),
    valued('--app <command>', 'command that runs the app (default: `app` in cdk8s.yaml)'),
  ],
  notes: `
It applies by server-side apply, and writes nothing if the server refuses an object, or somebody else holds a field. Interrupted or failed, it can be run again, and goes on. With a credential plugin, OIDC or a proxy, it needs the package @kubernetes/client-node.
Exit codes: 0 applied, 1 refused or failed, 2 usage, broken input, or no cluster.`,
  examples: [
    'seaworthy apply',
    'seaworthy apply --environment production --yes --rollback-on-failure',
    'seaworthy apply --write-plan plan.json && seaworthy apply --plan plan.json',
    'seaworthy apply deploy/ --name shop --namespace shop',
  ],
  run: async (paths, flags, context) => (await import('../apply/apply')).apply(paths, flags, context),
};
