import { Argument } from 'commander';
import type * as Completion from '../completion/completion';
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
  run: ([shell = ''], _flags, context, program) => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when called
    return (require('../completion/completion') as typeof Completion).completion(shell, program, context);
  },
};
