import { Argument, Option } from 'commander';
import type { ManifestsFlags } from '../operator/manifests';
import { repeated, valued } from '../options/kinds';
import type { Command } from './command';

export const operator: Command<ManifestsFlags> = {
  name: 'operator',
  description: 'serves constructs as custom resources: prints what an operator is deployed with',
  args: [
    new Argument('<action>', 'what to do').choices(['manifests']),
    new Argument('<module>', 'TypeScript or JavaScript module that exports what defineResource makes'),
  ],
  options: [
    valued('--image <image>', 'image of the operator'),
    valued('--name <name>', 'name of the operator (default: seaworthy-operator)'),
    valued('-n, --namespace <name>', 'namespace of the operator (default: its name)'),
    repeated('--serve <namespace>', 'serve only resources in this namespace (repeatable)'),
    new Option('--dockerfile', 'print a Dockerfile for the image instead'),
  ],
  notes: `
manifests prints YAML: the CustomResourceDefinitions, and the operator with exactly the permissions for what the examples of the
definitions render. The module may export \`profile\`, the profile of the cluster.
Exit codes: 0 fine, 2 usage, or a definition that cannot be served.`,
  examples: [
    'seaworthy operator manifests apps/operator/definitions.ts --image ghcr.io/acme/operator:1.0.0 > operator.yaml',
    'seaworthy operator manifests apps/operator/definitions.ts --dockerfile > Dockerfile',
  ],
  run: async ([, module = ''], flags, context) =>
    (await import('../operator/manifests')).manifests(module, flags, context),
};
