import { nearest, type Problem } from '../errors';

/** The current names of renamed rules, by their former names. */
export const RENAMED: Readonly<Record<string, string>> = {
  'policy/anonymous-access': 'policy/rbac-anonymous-access',
  'policy/cluster-admin': 'policy/rbac-cluster-admin',
  'policy/deprecated-api': 'admission/warning',
  'policy/duplicate-env': 'manifest/duplicate-list-key',
  'wiring/budget-blocks-eviction': 'wiring/disruption-budget-blocks-eviction',
  'wiring/budget-selects-nothing': 'wiring/disruption-budget-selects-nothing',
  'wiring/grant-lists-by-name': 'wiring/rbac-lists-by-name',
  'wiring/grant-names-unmatched': 'wiring/rbac-names-unmatched',
  'wiring/grant-out-of-scope': 'wiring/rbac-out-of-scope',
  'wiring/grant-resource-unknown': 'wiring/rbac-resource-unknown',
  'wiring/grant-verb-unknown': 'wiring/rbac-verb-unknown',
  'wiring/hook-service-missing': 'wiring/webhook-service-missing',
  'wiring/role-missing': 'wiring/rbac-role-missing',
  'wiring/subject-missing': 'wiring/rbac-subject-missing',
};

const FORMER: readonly string[] = Object.keys(RENAMED);

/** The current name of a rule. Former names keep working wherever a rule is named. */
export function currentName(name: string): string {
  return Object.hasOwn(RENAMED, name) ? (RENAMED[name] ?? name) : name;
}

/** Settings by the current names of rules. A setting by the current name overrides one by a former name. */
export function byCurrentName<Setting>(
  settings: Readonly<Record<string, Setting>>,
): Readonly<Record<string, Setting>> {
  const entries = Object.entries(settings);
  const isFormer = ([name]: readonly [string, Setting]): boolean => currentName(name) !== name;
  return Object.fromEntries([
    ...entries.filter(isFormer).map(([name, setting]) => [currentName(name), setting] as const),
    ...entries.filter((entry) => !isFormer(entry)),
  ]);
}

/** The current name of the rule that an unknown name probably means. */
export function nearestRule(name: string, known: Iterable<string>): string | undefined {
  const names = [...known, ...FORMER];
  const near = names.find((each) => ownName(each) === ownName(name)) ?? nearest(name, names);
  return near === undefined ? undefined : currentName(near);
}

/** The problem with an unknown rule name; `undefined` for a current or former name. */
export function unknownRule(
  name: string,
  rules: readonly { readonly name: string }[],
): Pick<Problem, 'code' | 'message' | 'hint'> | undefined {
  const names = rules.map((rule) => rule.name);
  if (names.includes(currentName(name))) return undefined;
  const near = nearestRule(name, names);
  const hint = near === undefined ? 'See docs/reference/rules.md for all rules.' : `Did you mean ${near}?`;
  return { code: 'UNKNOWN_RULE', message: `unknown rule "${name}"`, hint };
}

/** The name without its group, which users often omit. */
function ownName(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
