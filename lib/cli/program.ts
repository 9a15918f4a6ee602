import { Command as Parser, CommanderError, Help } from 'commander';
import { SeaworthyError } from '../errors';
import type { Command } from './commands/command';
import { COMMANDS } from './commands/registry';
import { ownPackage } from './project/own-package';
import { removeLeftovers } from './run/temporary';
import type { Context } from './terminal/context';
import { withProgress } from './terminal/progress';
import { widthOf } from './terminal/terminal';

/**
 * Parses `argv` and runs the command it names.
 *
 * @returns the exit code
 * @throws SeaworthyError USAGE before any work, and what the command throws
 */
export async function runProgram(argv: readonly string[], context: Context): Promise<number> {
  const { terminal } = context;
  const printed: string[] = [];
  let code = 0;
  const program = buildProgram(context, (result) => (code = result));
  let stoppedIn = program;
  for (const command of [program, ...program.commands]) {
    collectOutput(command, context, printed);
    // Also stops the parser from ending the process.
    command.exitOverride((error) => {
      stoppedIn = command;
      throw error;
    });
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) {
      await terminal.print(...printed);
      return 0;
    }
    if (error.code !== 'commander.help') throw usageError(error, stoppedIn);
    // Without a command the help is an error message, not data.
    terminal.report(printed.join('').trimEnd());
    return 2;
  }
}

/** The parser of all commands; a command that runs passes its exit code to `finish`. */
export function buildProgram(context: Context, finish: (code: number) => void): Parser {
  const program = new Parser('seaworthy')
    .description('Kubernetes manifests from TypeScript. If it synths, it applies.')
    .version(ownPackage().version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help, or that of a command')
    .addHelpText('after', examples(EXAMPLES));
  for (const command of COMMANDS) addCommand(program, command, context, finish);
  const { out } = context.terminal;
  for (const command of [program, ...program.commands])
    command.configureHelp({ styleTitle: (text) => out.bold(text), minWidthToWrap: 20, formatItem });
  return program;
}

/** Columns for descriptions beside their terms; where there are fewer, they stand below. */
const BESIDE = 40;

/** A line of a list in the help. */
function formatItem(this: Help, term: string, termWidth: number, description: string, help: Help): string {
  const width = help.helpWidth ?? 80;
  if (description === '' || width - termWidth - 4 >= BESIDE)
    return Help.prototype.formatItem.call(this, term, termWidth, description, help);
  return `  ${term}\n${help.boxWrap(description, width - 6).replace(/^/gm, '      ')}`;
}

/** Text behind the options, its sentences wrapped. Lines that are indented or begin an example stay as they are. */
function wrapped(text: string, { io }: Context, parser: Parser): string {
  const width = widthOf(io.stdout);
  if (width === undefined) return text;
  const help = parser.createHelp();
  const lines = text.split('\n');
  return lines.map((line) => (/^\S/.test(line) ? help.boxWrap(line, Math.max(20, width)) : line)).join('\n');
}

const EXAMPLES = [
  'seaworthy init shop',
  'seaworthy synth',
  'seaworthy synth --environment production --stdout',
  'seaworthy check',
  'seaworthy plan --base origin/main',
  'seaworthy list',
];

function addCommand(
  program: Parser,
  command: Command,
  context: Context,
  finish: (code: number) => void,
): void {
  const { name, description, args = [], options = [], notes } = command;
  const parser = program.command(name, { hidden: command.isHidden === true }).description(description);
  for (const argument of args) parser.addArgument(argument);
  for (const option of options) parser.addOption(option);
  if (notes !== undefined) parser.addHelpText('after', () => wrapped(notes, context, parser));
  if (command.examples !== undefined) parser.addHelpText('after', examples(command.examples));
  parser.action(async () => {
    const given = (parser.processedArgs as (string | string[] | undefined)[]).flat();
    const values = given.filter((value) => value !== undefined);
    if (values.some((value) => value.trim() === '')) throw blankArgument(command);
    const removed = removeLeftovers(context.io.env);
    try {
      // What the parser makes of the options of a command is what the command takes.
      const flags = parser.opts<never>();
      const run = (): Promise<number> => command.run(values, flags, context, program);
      finish(await (command.isLong === true ? withProgress(context, flags, run) : run()));
    } finally {
      await removed;
    }
  });
}

/** A blank argument would be the current folder, and mostly comes from a variable of the shell that is not set. */
function blankArgument({ name }: Command): SeaworthyError {
  return new SeaworthyError({
    code: 'USAGE',
    message: `an argument of seaworthy ${name} is blank`,
    hint: 'For the current folder, use ".".',
  });
}

/** Collects what the parser prints, so that it goes where our streams go. */
function collectOutput(command: Parser, { io }: Context, printed: string[]): void {
  command.configureOutput({
    writeOut: (text) => printed.push(text),
    writeErr: (text) => printed.push(text),
    outputError: () => undefined,
    getOutHelpWidth: () => widthOf(io.stdout) ?? 80,
    getErrHelpWidth: () => widthOf(io.stderr) ?? 80,
    // Our own colours are empty where a stream shows none.
    getOutHasColors: () => true,
    getErrHasColors: () => true,
  });
}

function usageError(error: CommanderError, command: Parser): SeaworthyError {
  const [message = '', ...suggestions] = error.message.replace(/^error: /, '').split('\n');
  const names = command.parent === null ? 'seaworthy' : `seaworthy ${command.name()}`;
  const suggestion = suggestions.map((text) => text.replace(/^\((.*)\)$/, '$1')).join(' ');
  return new SeaworthyError({
    code: 'USAGE',
    message,
    hint: suggestion === '' ? `See ${names} --help.` : suggestion,
  });
}

function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}
