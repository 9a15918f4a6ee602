import { RULE_GROUPS } from '../../check/rule-groups';
import type { CheckSettings } from '../../check/settings';
import type { CheckConfig } from '../project/check-section';

/** `config` for a check that runs no plugins: without them, and without settings for their rules. */
export function withoutPlugins(config: CheckConfig): CheckConfig {
  // A name without a group is no plugin's: it is a mistake, to be reported.
  const isOwn = (name: string): boolean => !name.includes('/') || RULE_GROUPS.includes(groupOf(name));
  const ownOf = (settings: CheckSettings): CheckSettings => {
    const { severities } = settings;
    if (severities === undefined) return settings;
    const own = Object.entries(severities).filter(([name]) => isOwn(name));
    return { ...settings, severities: Object.fromEntries(own) };
  };
  const environments = Object.entries(config.environments).map(
    ([name, settings]) => [name, ownOf(settings)] as const,
  );
  return { ...config, ...ownOf(config), plugins: [], environments: Object.fromEntries(environments) };
}

/** `policy` of `policy/image-tag`. */
function groupOf(name: string): string {
  return name.slice(0, name.indexOf('/'));
}
