import { Argument, InvalidArgumentError, Option } from 'commander';
import { GRAPH_FORMATS } from '../../report/graph/formats';
import type { GraphFlags } from '../graph/flags';
import { appOptions, environmentOption } from '../options/app';
import { valued } from '../options/kinds';
import { outputOption } from '../options/reports';
import type { Command } from './command';

export const graph: Command<GraphFlags> = {
  name: 'graph',
  description: 'draws the application: its objects, and how they depend on one another',
  args: [new Argument('[files...]', 'YAML or JSON files, folders, or - for stdin, instead of the app')],
  options: [
    environmentOption('only this environment'),
    outputOption(GRAPH_FORMATS, 'svg=graph.svg'),
    valued('--around <object>', 'only what is near it: Deployment/api, or shop/Deployment/api', kindAndName),
    valued('--depth <steps>', 'how many steps from it (default: 1)', steps),
    new Option('--no-kustomize', 'skip kustomizations, which kubectl builds'),
    ...appOptions(),
  ],
  examples: [
    'seaworthy graph --environment production',
    'seaworthy graph deploy/ --around Deployment/api --depth 2',
    'seaworthy graph deploy/ --output svg=graph.svg',
  ],
  run: async (files, flags, context) => (await import('../graph/graph')).graph(files, flags, context),
};

function kindAndName(value: string): string {
  if (/^([^/]+\/)?[^/]+\/[^/]+$/.test(value)) return value;
  throw new InvalidArgumentError(
    'Expected a kind and a name, such as Deployment/api or shop/Deployment/api.',
  );
}

function steps(value: string): number {
  if (/^\d{1,3}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('Expected a whole number from 0 to 999.');
}
