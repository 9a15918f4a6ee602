import { Argument, InvalidArgumentError, Option } from 'commander';
import type { ManifestsFlags } from '../operator/manifests';
import type { RunFlags } from '../operator/run';
import { clusterOptions } from '../options/cluster';
import { choice, repeated, valued } from '../options/kinds';
import type { Command } from './command';

export const operator: Command<ManifestsFlags & RunFlags> = {
  name: 'operator',
  description: 'serves constructs as custom resources: runs an operator, or prints what it is deployed with',
  args: [
    new Argument('<action>', 'what to do').choices(['manifests', 'run']),
    new Argument('<module>', 'TypeScript or JavaScript module that exports what defineResource makes'),
  ],
  options: [
    valued('--image <image>', 'image of the operator'),
    valued('--name <name>', 'name of the operator (default: seaworthy-operator)'),
    valued('-n, --namespace <name>', 'namespace of the operator (default: its name)'),
    repeated('--serve <namespace>', 'serve only resources in this namespace (repeatable)'),
    new Option('--dockerfile', 'print a Dockerfile for the image instead'),
    ...clusterOptions(),
    valued(
      '--concurrency <number>',
      'run: resources that are reconciled at once (default: 8)',
      numberIn(1, 256),
    ),
    valued(
      '--port <number>',
      'run: port of health and metrics, 0 for none (default: 8080)',
      numberIn(0, 65_535),
    ),
    valued(
      '--resync <seconds>',
      'run: time in which every resource is read from the server (default: 3600)',
      numberIn(60, 86_400),
    ),
    valued(
      '--render-timeout <seconds>',
      'run: time that a construct may take for a resource (default: 10)',
      numberIn(1, 600),
    ),
    valued(
      '--release <name>',
      'run: what is served, such as the image: what timed out is tried again with another',
    ),
    new Option('--no-leader-election', 'run: act at once, as the only process of the operator'),
    choice('--log-level <level>', 'run: the least important lines of the log (default: info)', [
      'debug',
      'info',
      'warn',
      'error',
    ]),
  ],
  notes: `
run serves the resources until it is interrupted, with a log of JSON lines on stderr, and /healthz, /readyz and /metrics. Several processes of one name choose a leader by a Lease.
manifests prints YAML: the CustomResourceDefinitions, and the operator with exactly the permissions for what the examples of the
definitions render. The module may export \`profile\`, the profile of the cluster.
A construct that does not come to an end is stopped, and so is the process, to be started again: its resource says so.
Exit codes: 0 fine, 2 usage, a definition that cannot be served, or a construct that was stopped.`,
  examples: [
    'seaworthy operator run apps/operator/definitions.ts --no-leader-election',
    'seaworthy operator manifests apps/operator/definitions.ts --image ghcr.io/acme/operator:1.0.0 > operator.yaml',
    'seaworthy operator manifests apps/operator/definitions.ts --dockerfile > Dockerfile',
  ],
  run: async ([action, module = ''], flags, context) =>
    action === 'run'
      ? (await import('../operator/run')).run(module, flags, context)
      : (await import('../operator/manifests')).manifests(module, flags, context),
};

/** Reads a whole number between two. */
function numberIn(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}
