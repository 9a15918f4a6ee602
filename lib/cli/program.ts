import { Argument, Command, CommanderError, Option } from 'commander';
import { SeaworthyError } from '../errors';
import type { Context } from './context';
import { load } from './load';
import { appOptions, choice, environmentOption, folder, valued } from './options';
import { checkOptions } from './check/options';
import { planOptions } from './plan/options';
import type { CheckCommandOptions } from './commands/check';
import type { InitOptions } from './commands/init';
import type { ListOptions } from './commands/list';
import type { PlanCommandOptions } from './commands/plan';
import type { SynthOptions } from './commands/synth';

/**
 * Parses `argv` and runs the command it names.
 *
 * @returns the exit code
 * @throws SeaworthyError USAGE before any work; whatever the command throws
 */
export async function runProgram(argv: readonly string[], context: Context): Promise<number> {
  const { terminal } = context;
  const printed: string[] = [];
  let code = 0;
  const program = buildProgram(context, (result) => (code = result));
  let stoppedIn = program;
  for (const command of [program, ...program.commands]) {
    collectOutput(command, context, printed);
    // Stops the parser from ending the process, too.
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
    // No command at all is met with the help, which is then no answer to a question.
    terminal.say(printed.join('').trimEnd());
    return 2;
  }
}

/** The tree of commands and options. Each command loads its module when it runs, and reports its exit code. */
export function buildProgram(context: Context, finish: (code: number) => void): Command {
  const program = new Command('seaworthy')
    .description('Kubernetes manifests from TypeScript. If it synths, it applies.')
    .version(load.ownPackage().version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help, or that of a command')
    .addHelpText(
      'after',
      examples(
        'init shop',
        'synth',
        'synth --environment production --stdout',
        'check',
        'plan --base origin/main',
        'list',
      ),
    );
  addSynth(program, context, finish);
  addCheck(program, context, finish);
  addPlan(program, context, finish);
  addList(program, context, finish);
  addInit(program, context, finish);
  addCompletion(program, context, finish);
  const { out } = context.terminal;
  for (const command of [program, ...program.commands])
    command.configureHelp({ styleTitle: (text) => out.bold(text) });
  return program;
}

type Finish = (code: number) => void;

function addSynth(program: Command, context: Context, finish: Finish): void {
  const command = program
    .command('synth')
    .description('run the app and write its manifests')
    .addOption(valued('-o, --output <dir>', 'folder to write to, in place of `output` of cdk8s.yaml', folder))
    .addOption(
      new Option('-p, --stdout', 'print one YAML stream instead of writing').conflicts(['output', 'watch']),
    )
    .addOption(environmentOption('this environment only; the files of others stay'))
    .addOption(new Option('--check', 'write nothing; exit with 1 where the output is stale'))
    .addOption(new Option('--no-check', 'write the manifests whatever is wrong with them'))
    .addOption(new Option('-w, --watch', 'again whenever a file of the project changes, until Ctrl-C'))
    .addHelpText('after', CONFIGURATION)
    .addHelpText(
      'after',
      examples('synth', 'synth --stdout | kubectl apply -f -', 'synth --output rendered --watch'),
    )
    .action(async (options: SynthOptions) => finish(await load.synth().synth(options, context)));
  for (const option of appOptions()) command.addOption(option);
}

const CONFIGURATION = `
cdk8s.yaml is looked for here, then above. The app runs in its folder. What it can say:
  app: jiti main.ts     what runs the app: a command, or a TypeScript or JavaScript file
  output: dist          the folder to write to
  seaworthy:
    layout: object      one file an object, instead of one a chart
    timeout: 300        seconds that the app may take
    check: …            see seaworthy check --help`;

function addCheck(program: Command, context: Context, finish: Finish): void {
  const command = program
    .command('check')
    .description('say what is wrong with the manifests: of the app, or in files')
    .argument('[files...]', 'YAML or JSON files, folders, or - for stdin, in place of the app')
    .addOption(environmentOption('this environment only'))
    .addHelpText('after', CHECK_CONFIGURATION)
    .addHelpText(
      'after',
      examples(
        'check',
        'check deploy/ --kubernetes 1.31',
        'check --output github --output sarif=seaworthy.sarif',
      ) + '\n  $ kubectl kustomize . | seaworthy check -',
    )
    .action(async (files: readonly string[], options: CheckCommandOptions) =>
      finish(await load.check().check(files, options, context)),
    );
  for (const option of [...checkOptions(), ...appOptions()]) command.addOption(option);
}

const CHECK_CONFIGURATION = `
What cdk8s.yaml can say:
  seaworthy:
    check:
      preset: strict              which rules run: recommended, strict or none
      rules:
        policy/image-tag: off     error, warning, info or off
      environments:
        production: …             another preset and rules for one environment
      failOn: warning             what makes it exit with 1
      kubernetes: "1.31"          release of the cluster, before that of the profiles
      assume: existing.yaml       objects that are in the cluster already
      crds: crds/                 definitions that are in the cluster already
      plugins: [rules.ts]         modules with rules of your own`;

function addPlan(program: Command, context: Context, finish: Finish): void {
  const command = program
    .command('plan')
    .description('say what a change does to pods, data, traffic and permissions, before it is applied')
    .argument('[before]', 'a YAML or JSON file, a folder, or - for stdin: what the cluster has')
    .argument('[after]', 'the same, for what is applied in its place')
    .addOption(environmentOption('this environment only'))
    .addHelpText('after', PLAN_SOURCES)
    .addHelpText(
      'after',
      examples(
        'plan',
        'plan --base origin/main --output markdown=plan.md',
        'plan --between staging production',
        'plan before/ after/ --fail-on data-loss,rejected,downtime',
      ) + '\n  $ kubectl get deploy,svc,cm -n shop -o yaml | seaworthy plan - shop.yaml',
    )
    .action(async (before: string | undefined, after: string | undefined, options: PlanCommandOptions) => {
      const paths = [before, after].filter((path) => path !== undefined);
      finish(await load.plan().plan(paths, options, context));
    });
  for (const option of [...planOptions(), ...appOptions()]) command.addOption(option);
}

const PLAN_SOURCES = `
Without a path the app is compared with its output on the disk, or with --base at a revision.
Exit codes: 0 fine, 1 a plan that is not allowed, 2 usage or broken input, 3 see --detailed-exitcode.`;

function addList(program: Command, context: Context, finish: Finish): void {
  const command = program
    .command('list')
    .description('show environments, charts and objects, and the lines they come from')
    .addOption(choice('-o, --output <format>', 'how to show them', ['text', 'json']))
    .addOption(environmentOption('this environment only'))
    .addHelpText('after', examples('list', 'list --output json | jq .apps'))
    .action(async (options: ListOptions) => finish(await load.list().list(options, context)));
  for (const option of appOptions()) command.addOption(option);
}

function addInit(program: Command, context: Context, finish: Finish): void {
  program
    .command('init')
    .description('start a project: an app, its test, and what runs them')
    .argument('[dir]', 'a new or empty folder', '.')
    .addOption(valued('--name <name>', 'name of the project (default: that of the folder)'))
    .addHelpText('after', examples('init shop', 'init --name shop'))
    .action(async (dir: string, options: InitOptions) =>
      finish(await load.init().init(dir, options, context)),
    );
}

function addCompletion(program: Command, context: Context, finish: Finish): void {
  const shells = ['bash', 'zsh', 'fish'];
  program
    .command('completion')
    .description('print what makes a shell complete commands, options and environments')
    .addArgument(new Argument('<shell>', 'the shell that reads it').choices(shells))
    .addHelpText(
      'after',
      '\nIn the file that your shell starts with:\n' +
        '  ~/.bashrc                   source <(seaworthy completion bash)\n' +
        '  ~/.zshrc, after compinit    source <(seaworthy completion zsh)\n' +
        '  ~/.config/fish/config.fish  seaworthy completion fish | source',
    )
    .action(async (shell: string) => finish(await load.completion().completion(shell, program, context)));
  program
    .command('__environments', { hidden: true })
    .description('the environments of the last output, for completion')
    .action(async () => finish(await load.completion().environments(context)));
}

/** Keeps what the parser prints, so that it goes where our streams go. */
function collectOutput(command: Command, { io }: Context, printed: string[]): void {
  command.configureOutput({
    writeOut: (text) => printed.push(text),
    writeErr: (text) => printed.push(text),
    outputError: () => undefined,
    getOutHelpWidth: () => io.stdout.columns ?? 80,
    getErrHelpWidth: () => io.stderr.columns ?? 80,
    // Our own colours know when to be none.
    getOutHasColors: () => true,
    getErrHasColors: () => true,
  });
}

function usageError(error: CommanderError, command: Command): SeaworthyError {
  const [message = '', ...suggestions] = error.message.replace(/^error: /, '').split('\n');
  const names = command.parent === null ? 'seaworthy' : `seaworthy ${command.name()}`;
  const suggestion = suggestions.map((text) => text.replace(/^\((.*)\)$/, '$1')).join(' ');
  return new SeaworthyError({
    code: 'USAGE',
    message,
    hint: suggestion === '' ? `See ${names} --help.` : suggestion,
  });
}

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ seaworthy ${line}`).join('\n')}`;
}
