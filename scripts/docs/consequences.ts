import { CONSEQUENCE_KINDS } from '../../lib/plan/consequences/kinds';
import { consequenceRules } from '../../lib/plan/consequences/registry';

/** What follows from changes, the worst first. */
export function consequences(): string {
  return CONSEQUENCE_KINDS.map(({ name, about }) => {
    const rules = consequenceRules().filter(({ kind }) => kind === name);
    return [`- **${name}**: ${about}`, ...rules.map((rule) => `  - ${rule.about}`)].join('\n');
  }).join('\n');
}

/** What `--fail-on` takes, and what it is about. */
export function failures(): string {
  return CONSEQUENCE_KINDS.map(({ failure, about }) => `- \`${failure}\`: ${about}`).join('\n');
}
