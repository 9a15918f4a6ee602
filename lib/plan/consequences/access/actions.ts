import type { Difference } from './differences';
import type { Missing } from './missing';
import { joined, listing, told, type Told } from '../told';

/** More of these than so many are counted in brief. */
const MOST = { actions: 3, targets: 5, verbs: 20, names: 5 };

/** The same verbs on several resources: `get, list pods, secrets named a in shop`. */
interface Action extends Omit<Missing, 'target'> {
  readonly targets: string[];
  readonly left: readonly string[];
  /** Objects that it is allowed on, on the other side. */
  readonly except: readonly string[];
}

const read = { now: new WeakMap<Difference, Told>(), 'no longer': new WeakMap<Difference, Told>() };

/** What a difference is, in words; of what is allowed everywhere on one side, where it is on the other. */
export function actions(difference: Difference, when: keyof typeof read): Told {
  const sentence = (action: Action): Told => inWords(action, when);
  const known = read[when].get(difference);
  const said = known ?? joined(actionsIn(difference).map(sentence), MOST.actions, '; ');
  read[when].set(difference, said);
  return said;
}

/** Resources that lead to more than they are. */
const SENSITIVE = /^(\*|secrets|pods\/exec|serviceaccounts\/token|(cluster)?role(binding)?s)$/;

/** Verbs that lead to more than they say. */
const STRONG = /\*|escalate|impersonate|bind/;

/** Subjects of one role share their difference, and the resources of a rule its verbs. */
const sensitive = { differences: new WeakMap<Difference, boolean>(), verbs: new WeakMap<object, boolean>() };

/** Whether it reaches everything, or secrets, or permissions themselves. */
export function isSensitive(difference: Difference): boolean {
  const known =
    sensitive.differences.get(difference) ??
    difference.lacking.some(({ missing }) =>
      missing.some(({ target, verbs }) => SENSITIVE.test(target) || areStrong(verbs)),
    );
  sensitive.differences.set(difference, known);
  return known;
}

function areStrong(verbs: readonly string[]): boolean {
  const known = sensitive.verbs.get(verbs) ?? verbs.some((verb) => STRONG.test(verb));
  sensitive.verbs.set(verbs, known);
  return known;
}

function actionsIn({ lacking, namespaces, names: namesOf }: Difference): Action[] {
  const found = new Map<string, Action>();
  const ids = new Map<readonly string[], number>();
  const idOf = (list: readonly string[]): number => ids.get(list) ?? (ids.set(list, ids.size), ids.size - 1);
  for (const missing of lacking.flatMap((each) => each.missing)) {
    const { verbs, names, namespace, group } = missing;
    const [left, except] = [namespaces(missing), namesOf(missing)];
    // Lists of many names or verbs are shared by all resources of a rule.
    const lists = [verbs, names].map((list) => (list.length > 50 ? idOf(list) : list));
    const key = JSON.stringify([lists, left, except, namespace, group === undefined]);
    const action = found.get(key) ?? { ...missing, targets: [], left, except };
    found.set(key, action);
    const target = nameOf(missing);
    if (action.targets.at(-1) !== target) action.targets.push(target);
  }
  return [...found.values()].map((action) => ({ ...action, targets: [...new Set(action.targets)] }));
}

function nameOf({ group, target }: Missing): string {
  return `${target}${group === undefined || group === '' || group === '*' ? '' : `.${group}`}`;
}

function inWords(action: Action, when: keyof typeof read): Told {
  const { verbs, targets, names, namespace, group, left, except } = action;
  const isAll = verbs.includes('*') && targets.includes('*') && group !== undefined;
  const what = isAll ? told`do everything` : told`${verbsOf(verbs, when)} ${comma(targets, MOST.targets)}`;
  if (group === undefined) return targets.includes('*') ? told`${verbsOf(verbs, when)} every path` : what;
  const only = when === 'now' ? 'not only' : 'only';
  const named = names.length === 0 ? told`${what}` : told`${what} named ${comma(names, MOST.names)}`;
  const where = namespace === undefined ? 'in every namespace' : `in ${namespace}`;
  const others = [
    ...(except.length === 0 ? [] : [told`, ${only} those named ${comma(except, MOST.names)}`]),
    ...(left.length === 0 ? [] : [told`, ${only} in ${listing(left, MOST.names)}`]),
  ];
  return told`${named} ${where}${joined(others, others.length, '')}`;
}

function verbsOf(verbs: readonly string[], when: keyof typeof read): Told {
  if (!verbs.includes('*')) return comma(verbs, MOST.verbs);
  return told`${when === 'now' ? 'use every verb on' : 'use any verb on'}`;
}

function comma(texts: readonly string[], most: number): Told {
  return joined(texts, most, ', ');
}
