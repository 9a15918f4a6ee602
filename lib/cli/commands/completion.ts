import { Argument } from 'commander';
import { SHELLS } from '../completion/shells';
import type { Command } from './command';

export const completion: Command = {
  name: 'completion',
  description: 'prints the completion script of a shell',
  args: [new Argument('<shell>', 'shell that reads the script').choices([...SHELLS.keys()])],
  notes: `
Add this to the startup file of your shell:
  ~/.bashrc                   source <(seaworthy completion bash)
  ~/.zshrc, after compinit    source <(seaworthy completion zsh)
  ~/.config/fish/config.fish  seaworthy completion fish | source`,
  run: async ([shell = ''], _flags, context, program) =>
    (await import('../completion/completion')).completion(shell, program, context),
};
