import type { Argument } from 'commander';
import { COMMANDS } from '../../lib/cli/commands/registry';
import { CHECK_FORMATS } from '../../lib/report/check/formats';
import type { Format } from '../../lib/report/format';
import { PLAN_FORMATS } from '../../lib/report/plan/formats';

const SHOWN = COMMANDS.filter(({ isHidden }) => isHidden !== true);

/** What each command does. */
export function commands(): string {
  const rows = SHOWN.map((command) => `| \`${usageOf(command)}\` | ${command.description} |`);
  return ['| command | what it does |', '|---|---|', ...rows].join('\n');
}

/** The arguments and options of each command. */
export function options(): string {
  return SHOWN.map((command) => {
    const { args = [], options = [] } = command;
    const rows = [
      ...args.map((argument) => row(written(argument), argument.description)),
      ...options.map((option) => row(option.flags, option.description)),
    ];
    return [`### ${command.name}`, '', '| option | |', '|---|---|', ...rows].join('\n');
  }).join('\n\n');
}

/** The formats of `check --output`. */
export function checkFormats(): string {
  return formats(CHECK_FORMATS);
}

/** The formats of `plan --output`. */
export function planFormats(): string {
  return formats(PLAN_FORMATS);
}

function formats(list: readonly Format<unknown>[]): string {
  return ['| format | for |', '|---|---|', ...list.map(({ name, about }) => row(name, about))].join('\n');
}

function row(name: string, about: string): string {
  return `| \`${name}\` | ${about.replaceAll('|', '\\|').replaceAll('<', '&lt;')} |`;
}

function usageOf({ name, args = [] }: (typeof SHOWN)[number]): string {
  return ['seaworthy', name, ...args.map(written)].join(' ');
}

/** An argument as the help writes it: `[files...]`. */
function written(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}
