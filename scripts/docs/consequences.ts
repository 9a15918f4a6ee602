import { CONSEQUENCE_KINDS } from '../../lib/plan/consequences/kinds';

/** What follows from changes, the worst first. */
export function consequences(): string {
  return CONSEQUENCE_KINDS.map(({ name, about }) => `- **${name}**: ${about}`).join('\n');
}

/** What `--fail-on` takes, and what it is about. */
export function failures(): string {
  return CONSEQUENCE_KINDS.map(({ failure, about }) => `- \`${failure}\`: ${about}`).join('\n');
}
