import type { Flag, Value, Vocabulary } from './vocabulary';

/** Completion for fish. */
export function fish({ name, options, commands }: Vocabulary): string {
  const complete = `complete -c ${name}`;
  const lines = [`# fish completion for ${name}`, `${complete} -f`];
  for (const flag of options) lines.push(`${complete} -n __fish_use_subcommand ${flagWords(flag)}`);
  for (const command of commands) {
    const about = quote(command.description);
    lines.push(`${complete} -n __fish_use_subcommand -a ${command.name} -d ${about}`);
    const here = `${complete} -n ${quote(`__fish_seen_subcommand_from ${command.name}`)}`;
    for (const flag of command.options) lines.push(`${here} ${flagWords(flag)}`);
    if (command.argument !== undefined) lines.push(`${here} ${values(command.argument, name)}`);
  }
  return `${lines.join('\n')}\n`;
}

function flagWords({ long, short, description, value }: Flag): string {
  const names = `-l ${long.replace(/^--/, '')}${short === undefined ? '' : ` -s ${short.slice(1)}`}`;
  const taken = value === undefined ? '' : ` -x ${values(value, 'seaworthy')}`;
  return `${names}${taken.trimEnd()} -d ${quote(description)}`;
}

function values(value: Value, name: string): string {
  if (value === 'any') return '';
  if (value === 'folder') return `-a '(__fish_complete_directories)'`;
  if (value === 'file') return `-a '(__fish_complete_path)'`;
  if (typeof value === 'string') return `-a '(${name} __${value} 2>/dev/null)'`;
  return `-a ${quote(value.join(' '))}`;
}

function quote(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
