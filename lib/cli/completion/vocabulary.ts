import type { Argument, Command, Option } from 'commander';

/** What a shell needs to know about the command line, read from the parser. */
export interface Vocabulary {
  readonly name: string;
  readonly options: readonly Flag[];
  readonly commands: readonly Word[];
}

/** A command. */
export interface Word {
  readonly name: string;
  readonly description: string;
  readonly options: readonly Flag[];
  /** What its first argument can be. @default it takes none */
  readonly argument?: Value;
  /** Whether it takes several arguments. */
  readonly isVariadic?: boolean;
}

/** An option. */
export interface Flag {
  readonly long: string;
  /** Such as `-o`. */
  readonly short?: string;
  readonly description: string;
  /** @default it takes none */
  readonly value?: Value;
}

/** What a value can be: one of some words, a folder, a file or folder, what a hidden command prints, or anything. */
export type Value = readonly string[] | 'folder' | 'file' | 'environments' | 'revisions' | 'any';

/** Options whose values are known, though others are taken too. */
export type Known = Readonly<Record<string, readonly string[]>>;

export function vocabularyOf(program: Command, known: Known = {}): Vocabulary {
  const flagsIn = (command: Command): Flag[] => flagsOf(command, known);
  const commands = program.createHelp().visibleCommands(program);
  const names = program.commands
    .filter((command) => commands.includes(command))
    .map((command) => command.name());
  return {
    name: program.name(),
    options: flagsIn(program),
    commands: commands.map((command) => {
      const [argument] = command.registeredArguments;
      return {
        name: command.name(),
        description: command.description(),
        // `help` is the parser's own; its argument is a command.
        options: command.name() === 'help' ? [] : flagsIn(command),
        ...(argument !== undefined && { argument: valueOf(argument, names), isVariadic: argument.variadic }),
      };
    }),
  };
}

function flagsOf(command: Command, known: Known): Flag[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map((option) => ({
      long: option.long ?? option.flags,
      ...(option.short !== undefined && { short: option.short }),
      description: option.description,
      ...(option.required && { value: optionValue(option, known) }),
    }));
}

function optionValue(option: Option, known: Known): Value {
  if (option.argChoices !== undefined) return option.argChoices;
  if (option.long === '--environment' || option.long === '--between') return 'environments';
  if (option.long === '--base' || option.long === '--head') return 'revisions';
  const words = known[option.long ?? ''];
  if (words !== undefined) return words;
  if (option.flags.endsWith('<file>')) return 'file';
  return option.flags.endsWith('<dir>') ? 'folder' : 'any';
}

function valueOf(argument: Argument, commands: readonly string[]): Value {
  if (argument.argChoices !== undefined) return argument.argChoices;
  if (argument.name() === 'command') return commands;
  if (['files', 'before', 'after'].includes(argument.name())) return 'file';
  return argument.name() === 'dir' ? 'folder' : 'any';
}
