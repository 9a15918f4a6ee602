import { ruleFacts } from '../../lib/check/facts';
import type { RuleFacts } from '../../lib/check/facts-of-rule';
import { exampleOf } from './examples';

/** What each group of rules is about, in the order of the page. */
const GROUPS: Readonly<Record<string, string>> = {
  admission:
    'Does the API server accept the object? These rules always run, and their errors cannot be suppressed.',
  manifest: 'Does kubectl read all that the file says?',
  wiring: 'Do the objects fit together? Pass what the cluster already has with `--assume`.',
  policy: 'Does the object follow good practice?',
  fit: 'Do the pods find a node, and still do when something happens? These rules run with `--fit`, on the node pools of the profile or on `--nodes`: [the guide](../guide/fit.md) tells more.',
  suppression: 'Are the suppressions valid?',
  settings: 'Are the settings valid?',
};

/**
 * Every rule: what it finds, why that matters, how much, and an example of both.
 *
 * @throws Error for a rule of a group that nothing is said about
 */
export function rules(): string {
  const facts = ruleFacts();
  const stray = facts.find(({ name }) => GROUPS[groupOf(name)] === undefined);
  if (stray !== undefined) throw new Error(`${stray.name} is of no group of the page`);
  return Object.entries(GROUPS)
    .map(([group, about]) => {
      const own = facts.filter(({ name }) => groupOf(name) === group);
      return [`## ${group}`, about, table(own), ...own.map(section)]
        .filter((part) => part !== '')
        .join('\n\n');
    })
    .join('\n\n');
}

function groupOf(name: string): string {
  return name.slice(0, name.indexOf('/'));
}

/** All that there is to say where there is no example. */
function table(facts: readonly RuleFacts[]): string {
  const rows = facts.filter(({ name }) => exampleOf(name) === undefined);
  if (rows.length === 0) return '';
  const lines = rows.map(({ name, severity, about, why }) => `| ${name} | ${severity} | ${about} | ${why} |`);
  return ['| rule | severity | what it finds | why that matters |', '|---|---|---|---|', ...lines].join('\n');
}

function section({ name, severity, strict, about, why }: RuleFacts): string {
  const example = exampleOf(name);
  if (example === undefined) return '';
  const preset = strict === true ? `${severity}, with the preset \`strict\` only` : severity;
  const examples = `<details><summary>Examples</summary>\n\nFinds something:\n\n${fenced(example.failing)}\n\nFinds nothing:\n\n${fenced(example.passing)}\n\n</details>`;
  return `### ${name}\n\n*${preset}* · ${about} ${why}\n\n${examples}`;
}

function fenced(yaml: string): string {
  return `\`\`\`yaml\n${yaml.trim()}\n\`\`\``;
}
