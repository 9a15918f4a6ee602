import { Argument, InvalidArgumentError, Option } from 'commander';
import { SEVERITIES } from '../../check/finding';
import { PRESETS, SWITCHES } from '../../check/settings';
import { oneOf } from '../../errors';
import { CHECK_FORMATS } from '../../report/check/formats';
import type { CheckFlags, RuleFlag } from '../check/flags';
import { appOptions, environmentOption } from '../options/app';
import { clusterOptions } from '../options/cluster';
import { choice, chosen, repeated, valued } from '../options/kinds';
import { outputOption } from '../options/reports';
import type { Command } from './command';

export const check: Command<CheckFlags> = {
  name: 'check',
  isLong: true,
  description: "checks the app's manifests, or files",
  args: [new Argument('[files...]', 'YAML or JSON files, folders, or - for stdin, instead of the app')],
  options: [
    environmentOption('only this environment'),
    outputOption(CHECK_FORMATS, 'sarif=report.sarif'),
    choice('--severity <least>', 'show findings of at least this severity', SEVERITIES),
    choice(
      '--fail-on <least>',
      'exit with 1 for findings of at least this severity (default: error)',
      SEVERITIES,
    ),
    choice('--preset <name>', 'set of rules to run (default: recommended)', PRESETS),
    repeated('--rule <name=severity>', `set a rule to ${oneOf(SWITCHES)} (repeatable)`, readRule),
    valued('--kubernetes <release>', 'Kubernetes release of the cluster, such as 1.31'),
    repeated('--plugin <file>', 'module with rules of your own, which is run (repeatable)'),
    repeated('--assume <file>', 'objects that are already in the cluster, or a snapshot of it (repeatable)'),
    new Option('--live', 'use the release, CRDs, policies, classes and existing objects of a cluster'),
    ...clusterOptions(),
    repeated('--crds <file>', 'CRDs that are already in the cluster (repeatable)'),
    new Option(
      '--fit',
      'place the pods on nodes: rules fit/pending, fit/drain-blocked, fit/zone-loss and more',
    ),
    valued(
      '--nodes <file>',
      'with --fit: nodes, from kubectl get nodes -o yaml (default: node pools of the profile)',
    ),
    valued('--pods <file>', 'with --fit: pods that run already, from kubectl get pods -A -o yaml'),
    new Option('--verbose', 'list each file that is skipped, and why'),
    new Option('--no-kustomize', 'skip kustomizations, which kubectl builds'),
    new Option('--cache', 'keep the verdict on files for the next run (default: unless CI is set)'),
    new Option('--no-cache', 'check files anew, and keep nothing'),
    new Option('--strict', 'report custom resources without a CRD as errors'),
    ...appOptions(),
  ],
  notes: `
Settings in cdk8s.yaml:
  seaworthy:
    check:
      preset: strict              set of rules to run: recommended, strict or none
      rules:
        policy/image-tag: off     error, warning, info or off
      environments:
        production: …             preset and rules of one environment
      failOn: warning             least severity that makes check exit with 1
      kubernetes: "1.31"          release of the cluster, instead of that of its profile
      assume: existing.yaml       objects that are already in the cluster
      crds: crds/                 CRDs that are already in the cluster
      plugins: [rules.ts]         modules with rules of your own

With files, plugins run only if cdk8s.yaml is in this folder, or with --plugin.`,
  examples: [
    'seaworthy check',
    'seaworthy check deploy/ --kubernetes 1.31',
    'seaworthy check --output github --output sarif=seaworthy.sarif',
    'seaworthy check deploy/ --fit --nodes nodes.yaml',
    'kubectl kustomize . | seaworthy check -',
    'seaworthy check --live --environment production',
  ],
  run: async (files, flags, context) => (await import('../check/check')).check(files, flags, context),
};

function readRule(value: string): RuleFlag {
  const equals = value.lastIndexOf('=');
  if (equals <= 0) throw new InvalidArgumentError('For example: policy/image-tag=off.');
  return { name: value.slice(0, equals), severity: chosen(value.slice(equals + 1), SWITCHES) };
}
