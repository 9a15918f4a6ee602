import { Argument, Option } from 'commander';
import { UPGRADE_FORMATS } from '../../report/upgrade/formats';
import { appOptions, environmentOption } from '../options/app';
import { repeated, valued } from '../options/kinds';
import { outputOption } from '../options/reports';
import type { UpgradeFlags } from '../upgrade/flags';
import type { Command } from './command';

export const upgrade: Command<UpgradeFlags> = {
  name: 'upgrade',
  isLong: true,
  description: 'rehearses an upgrade of Kubernetes: what each release on the way changes for the objects',
  args: [new Argument('[files...]', 'YAML or JSON files, folders, or - for stdin, instead of the app')],
  options: [
    environmentOption('only this environment'),
    outputOption(UPGRADE_FORMATS, 'markdown=upgrade.md'),
    valued('--from <release>', 'release of the cluster (default: that of its profile)'),
    valued('--to <release>', 'release to upgrade to (default: the newest that is known)'),
    new Option('--all', 'judge every known release, instead of a range'),
    valued('--nodes <release>', 'release of the nodes, where they stay behind the control plane'),
    repeated('--assume <file>', 'objects that are already in the cluster, such as CRDs (repeatable)'),
    new Option('--no-kustomize', 'skip kustomizations, which kubectl builds'),
    ...appOptions(),
  ],
  notes: `
Exit codes: 0 every release accepts every object, and nothing is lost; 1 a release on the way refuses one, or drops what it needs; 2 usage or broken input.`,
  examples: [
    'seaworthy upgrade --to 1.36',
    'seaworthy upgrade deploy/ --from 1.31 --to 1.36',
    'seaworthy upgrade deploy/ --all --output markdown=upgrade.md',
    'seaworthy upgrade --from 1.31 --to 1.35 --nodes 1.31',
  ],
  run: async (files, flags, context) => (await import('../upgrade/upgrade')).upgrade(files, flags, context),
};
