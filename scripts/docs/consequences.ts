import { consequenceRules } from '../../lib/plan/consequences/registry';

/** What follows from changes, the worst first. */
export function consequences(): string {
  return consequenceRules()
    .map(({ name, about }) => `- **${name}**: ${about}`)
    .join('\n');
}
