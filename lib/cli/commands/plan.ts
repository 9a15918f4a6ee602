import { Argument, Option } from 'commander';
import { oneOf } from '../../errors';
import { APPLY_METHODS, DEFAULT_METHOD } from '../../plan/apply-methods';
import { PLAN_FORMATS } from '../../report/plan/formats';
import { appOptions, environmentOption } from '../options/app';
import { clusterOptions } from '../options/cluster';
import { choice, repeated, valued } from '../options/kinds';
import { outputOption } from '../options/reports';
import { failOnOption } from '../plan/fail-on';
import type { PlanFlags } from '../plan/flags';
import type { Command } from './command';

export const plan: Command<PlanFlags> = {
  name: 'plan',
  isLong: true,
  description: 'shows what a change does to pods, data, traffic and permissions before it is applied',
  args: [
    new Argument('[before]', 'YAML or JSON file, folder, or - for stdin: what the cluster has'),
    new Argument('[after]', 'the same for what is applied'),
  ],
  options: [
    environmentOption('only this environment'),
    valued('--base <revision>', 'compare with the committed output at this revision, such as origin/main'),
    valued('--head <revision>', 'with --base: the other revision, instead of the app'),
    new Option('--live', 'compare with a cluster, and tell what somebody else changed there'),
    ...clusterOptions(),
    valued('--field-manager <name>', 'with --live: who applies (default: who has applied most objects)'),
    repeated('--between <environments...>', 'show how two environments of the app differ'),
    valued('-n, --namespace <name>', 'namespace of objects without one'),
    repeated('--assume <file>', 'objects that the cluster has in addition, or a snapshot of it (repeatable)'),
    valued('--kubernetes <release>', 'Kubernetes release of the cluster, such as 1.31'),
    choice(
      '--apply <method>',
      `how the objects are applied: ${oneOf(APPLY_METHODS)} (default: ${DEFAULT_METHOD})`,
      APPLY_METHODS,
    ),
    outputOption(PLAN_FORMATS, 'markdown=plan.md'),
    valued('--out <file>', 'write the plan as JSON, with hashes of both sides'),
    new Option('--verbose', 'list each file that is skipped, and why'),
    new Option('--no-kustomize', 'skip kustomizations, which kubectl builds'),
    new Option('--full', 'show all objects and fields, however many there are'),
    failOnOption(),
    new Option('--detailed-exitcode', 'exit with 3 if something changes and nothing fails'),
    new Option('--allow-empty', 'plan even if nothing is left, and all objects are deleted'),
    ...appOptions(),
  ],
  notes: `
Without a path, the app is compared with its output on disk, with --base at a revision, or with --live with a cluster.
Exit codes: 0 fine, 1 the plan fails (--fail-on), 2 usage or broken input, 3 see --detailed-exitcode.`,
  examples: [
    'seaworthy plan',
    'seaworthy plan --base origin/main --output markdown=plan.md',
    'seaworthy plan --live --environment production',
    'seaworthy plan --between staging production',
    'seaworthy plan before/ after/ --fail-on data-loss,rejected,downtime',
    'kubectl get deploy,svc,cm -n shop -o yaml | seaworthy plan - shop.yaml',
  ],
  run: async (paths, flags, context) => (await import('../plan/plan')).plan(paths, flags, context),
};
