import { SeaworthyError } from '../../errors';

type Labels = Readonly<Record<string, string>>;

/** `key in (a, b)`, `key notin (a)`; `key=a`, `key==a`, `key!=a`; `key`, `!key`. */
const REQUIREMENT =
  /^\s*(?:([^\s!=,()]+)\s+(in|notin)\s*\(([^()]*)\)|([^\s!=,()]+)\s*(==?|!=)\s*([^\s!=,()]*)|(!?)\s*([^\s!=,()]+))\s*(?:,|$)/;

/**
 * Reads a label selector as `kubectl -l` takes it: what it matches. Workloads are selected here, since their pods may have
 * other labels.
 *
 * @throws SeaworthyError USAGE
 */
export function selectorOf(text: string): (labels: Labels) => boolean {
  const requirements: ((labels: Labels) => boolean)[] = [];
  for (let rest = text; rest.trim() !== '' || requirements.length === 0;) {
    const found = REQUIREMENT.exec(rest);
    if (found === null || (/,\s*$/.test(found[0]) && rest.length === found[0].length)) throw invalid(text);
    requirements.push(requirementOf(found));
    rest = rest.slice(found[0].length);
  }
  return (labels) => requirements.every((holds) => holds(labels));
}

function requirementOf([
  ,
  set,
  word,
  list = '',
  key,
  operator,
  value = '',
  not,
  name = '',
]: RegExpExecArray): (labels: Labels) => boolean {
  if (set !== undefined) {
    const values = list.split(',').map((each) => each.trim());
    return (labels) => isOneOf(labels, set, values) === (word === 'in');
  }
  if (key !== undefined) return (labels) => isOneOf(labels, key, [value]) === (operator !== '!=');
  return (labels) => Object.hasOwn(labels, name) === (not === '');
}

function isOneOf(labels: Labels, key: string, values: readonly string[]): boolean {
  return Object.hasOwn(labels, key) && values.includes(labels[key] ?? '');
}

function invalid(text: string): SeaworthyError {
  return new SeaworthyError({
    code: 'USAGE',
    path: 'selector',
    message: `'${text}' is no label selector`,
    hint: "As for kubectl: app=shop, 'tier!=cache', 'env in (staging, production)', '!canary', separated by commas.",
  });
}
