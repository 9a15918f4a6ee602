import type { Flag, Value, Vocabulary } from './vocabulary';

/** Completion for bash 3.2 (that of macOS) and later, without the bash-completion package. */
export function bash({ name, options, commands }: Vocabulary): string {
  const values = commands.flatMap((command) =>
    command.options.flatMap((flag) => flagCase(command.name, flag)),
  );
  const flags = commands.map((command) => `    ${command.name}) words='${flagWords(command.options)}' ;;`);
  const places = commands.flatMap(({ name, argument }) =>
    argument === undefined ? [] : [`    ${name}) ${complete(argument)} ;;`],
  );
  const names = commands.map((command) => command.name);
  return `# bash completion for ${name}
_${name}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command='' words='' i
  # readline takes --flag=value for three words
  if [[ $cur == = ]]; then cur=''
  elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
    ${names.join(' | ')}) command=\${COMP_WORDS[i]}; break ;;
    esac
  done
  COMPREPLY=()
  case "$command $prev" in
${values.join('\n')}
  esac
  if [[ $cur == -* ]]; then
    case $command in
${flags.join('\n')}
    *) words='${flagWords(options)}' ;;
    esac
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
  else
    case $command in
    '') COMPREPLY=($(compgen -W '${names.join(' ')}' -- "$cur")) ;;
${places.join('\n')}
    esac
  fi
}
complete -F _${name} ${name}
`;
}

function flagCase(command: string, { long, short, value }: Flag): string[] {
  if (value === undefined) return [];
  const patterns = [long, ...(short === undefined ? [] : [short])].map((flag) => `'${command} ${flag}'`);
  return [`  ${patterns.join(' | ')}) ${complete(value)}; return ;;`];
}

function complete(value: Value): string {
  if (value === 'any') return ':';
  // File names, not words: bash then escapes blanks in them.
  if (value === 'folder' || value === 'file') {
    const kind = value === 'file' ? '-f' : '-d';
    return `compopt -o filenames 2>/dev/null; local IFS=$'\\n'; COMPREPLY=($(compgen ${kind} -- "$cur"))`;
  }
  const words =
    typeof value === 'string' ? `"$("\${COMP_WORDS[0]}" __${value} 2>/dev/null)"` : `'${value.join(' ')}'`;
  return `COMPREPLY=($(compgen -W ${words} -- "$cur"))`;
}

function flagWords(flags: readonly Flag[]): string {
  return flags.map(({ long }) => long).join(' ');
}
