import type { Flag, Value, Vocabulary, Word } from './vocabulary';

/** Completion for zsh, to be read with `source` or kept as a file `_seaworthy` in $fpath. */
export function zsh({ name, options, commands }: Vocabulary): string {
  const described = commands.map((command) =>
    quote(`${command.name.replaceAll(':', '\\:')}:${command.description}`),
  );
  return `#compdef ${name}
_${name}_environments() {
  local -a names
  names=(\${(f)"$(_call_program environments ${name} __environments 2>/dev/null)"})
  compadd -a names
}
_${name}_revisions() {
  local -a names
  names=(\${(f)"$(_call_program revisions ${name} __revisions 2>/dev/null)"})
  compadd -a names
}
_${name}() {
  local curcontext=$curcontext state line
  typeset -A opt_args
  _arguments -C ${options.map(specification).join(' ')} '1: :->command' '*:: :->arguments' && return
  case $state in
  command)
    local -a commands
    commands=(
      ${described.join('\n      ')}
    )
    _describe command commands
    ;;
  arguments)
    case $words[1] in
${commands.map(commandCase).join('\n')}
    esac
    ;;
  esac
}
if [[ $funcstack[1] == _${name} ]]; then _${name} "$@"; else compdef _${name} ${name}; fi
`;
}

function commandCase({ name, options, argument, isVariadic }: Word): string {
  const specifications = options.map(specification);
  if (argument !== undefined)
    specifications.push(quote(`${isVariadic === true ? '*' : '1'}: :${action(argument)}`));
  return `    ${name}) _arguments ${specifications.join(' ')} ;;`;
}

/** As `_arguments` wants it: `'(-o --output)'{-o,--output}'[description]:value:action'`. */
function specification({ long, short, description, value }: Flag): string {
  const about = `[${description.replace(/[[\]:\\]/g, '\\$&')}]`;
  const rest = value === undefined ? about : `${about}: :${action(value)}`;
  const equals = value === undefined ? '' : '=';
  if (short === undefined) return quote(`${long}${equals}${rest}`);
  return `${quote(`(${short} ${long})`)}{${short},${long}${equals}}${quote(rest)}`;
}

function action(value: Value): string {
  if (value === 'any') return ' ';
  if (value === 'folder') return '_files -/';
  if (value === 'file') return '_files';
  return typeof value === 'string' ? `_seaworthy_${value}` : `(${value.join(' ')})`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
