import { Option } from 'commander';
import { appOptions, environmentOption, folder } from '../options/app';
import { valued } from '../options/kinds';
import { targetOption } from '../options/targets';
import type { SynthFlags } from '../synth/flags';
import type { Command } from './command';

export const synth: Command<SynthFlags> = {
  name: 'synth',
  description: 'runs the app and writes its manifests',
  options: [
    valued('-o, --output <dir>', 'folder to write to (default: `output` in cdk8s.yaml)', folder),
    new Option('-p, --stdout', 'print one YAML stream of one environment instead of writing files').conflicts(
      ['output', 'watch'],
    ),
    environmentOption('only this environment; the files of the others stay'),
    targetOption().conflicts('stdout'),
    new Option('--check', 'write nothing; exit with 1 if the output is stale'),
    new Option('--no-check', 'write the manifests even if they have errors'),
    new Option('-w, --watch', 'run again whenever what the app loads or reads changes, until Ctrl-C'),
    ...appOptions(),
  ],
  notes: `
cdk8s.yaml is looked up in this folder, then in those above, up to the top of the repository. The app runs in its folder:
  app: jiti main.ts     command that runs the app, or a TypeScript or JavaScript file
  output: dist          folder to write to
  seaworthy:
    layout: object      one file per object, instead of one per chart
    targets: [kubectl]  what is written for which deployer
    timeout: 300        time limit of the app in seconds
    check: …            see seaworthy check --help`,
  examples: [
    'seaworthy synth',
    'seaworthy synth --stdout --environment production | kubectl apply -f -',
    'seaworthy synth --target kubectl --environment production',
    'seaworthy synth --output rendered --watch',
  ],
  run: async (_args, flags, context) => (await import('../synth/synth')).synth(flags, context),
};
