import { NAMELESS_VERBS, REQUEST_VERBS, SELECTING_VERBS, verbMeantBy, verbsOf } from '../../kube/rbac/verbs';
import { riskOf } from '../../kube/rbac/escalations';
import { isClosed } from '../../kube/rbac/resources';
import type { Reporter } from '../core/problems';
import { oneOfKnown, shown } from '../core/props';
import type { Shapes } from '../core/shape';
import { anyOf, flag, list, text } from '../core/shapes';
import type { Target } from './target';

/** What is asked of the API server. Some APIs have verbs of their own. */
export type Verb =
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'update'
  | 'patch'
  | 'delete'
  | 'deletecollection'
  | '*'
  | (string & Record<never, never>);

/** What limits a permission, and what lifts the limits of what may be granted. */
export interface PermissionOptions {
  /** Names of the objects. @default all objects of the kind, or the one of the construct */
  readonly names?: readonly string[];
  /**
   * Whether it may be a permission that others come with: a wildcard, `escalate`, `bind`, `impersonate`, tokens of
   * ServiceAccounts, commands in pods, all Secrets, and others that the good practices for RBAC name.
   *
   * @default false
   */
  readonly unsafe?: boolean;
}

export const VERBS = anyOf<Verb | readonly Verb[]>([text, list(text)], {
  hint: "Write them as ['get', 'list'].",
});

export const PERMISSION_SHAPES: Shapes<PermissionOptions> = { names: list(text), unsafe: flag };

/** Where a permission counts: in the whole cluster, or in one namespace. */
export type Reach = 'cluster' | 'namespace';

/** Whether `verbs` on `target` can be granted; reports what cannot match a request, and what needs `unsafe`. */
export function checkPermission(
  verbs: readonly string[],
  target: Target,
  options: PermissionOptions,
  reach: Reach,
  report: Reporter,
): boolean {
  let isFine = true;
  const refuse: Reporter = (problem) => {
    isFine = false;
    report(problem);
  };
  if (verbs.length === 0) refuse({ code: 'MISSING_PROP', message: 'Required value: no verb is granted' });
  for (const verb of verbs) checkVerb(verb, target, refuse);
  checkNames(options.names, target, refuse);
  if (isFine && (target.name !== undefined || options.names !== undefined)) checkNamed(verbs, target, refuse);
  if (isFine && options.unsafe !== true) checkRisks(verbs, target, options, reach, refuse);
  return isFine;
}

function checkVerb(verb: string, { group, resource }: Target, report: Reporter): void {
  if (verb === '*') return;
  const isKnown = group === undefined || isClosed(group);
  const near = isKnown ? undefined : verbMeantBy(verb);
  if (isKnown)
    oneOfKnown(verb, verbsOf(group, resource), '', (problem) =>
      report({ hint: `Requests for ${resource} have no other verb.`, ...problem }),
    );
  else if (near !== undefined || verb === '') {
    const message = `Unsupported value: ${shown(verb)}: supported values: ${REQUEST_VERBS.map(shown).join(', ')}`;
    report({
      code: 'INVALID_PROP',
      message,
      ...(near === undefined ? {} : { hint: `Did you mean "${near}"?` }),
    });
  }
}

function checkNames(names: readonly string[] | undefined, target: Target, report: Reporter): void {
  if (names === undefined) return;
  const path = 'names';
  if (target.name !== undefined || target.group === undefined) {
    const message =
      target.group === undefined
        ? 'Forbidden: a path has no names'
        : 'Forbidden: a construct has its own name';
    report({ code: 'INVALID_PROP', path, message, hint: 'Leave out `names`.' });
  }
  // An empty list of Kubernetes allows every name.
  if (names.length === 0)
    report({
      code: 'MISSING_PROP',
      path,
      message: 'Required value: no object is named',
      hint: 'Leave out `names` for all objects.',
    });
  for (const name of names.filter((each) => each === '' || each.includes('*'))) {
    const hint = 'RBAC knows no patterns: list the names.';
    report({ code: 'INVALID_PROP', path, message: `Invalid value: ${shown(name)}: expected a name`, hint });
  }
}

/** Reports verbs of requests that name no object. A patch that creates its object needs `create`, and names it. */
function checkNamed(verbs: readonly string[], { resource }: Target, report: Reporter): void {
  if (resource.includes('/')) return;
  for (const verb of verbs.filter((each) => NAMELESS_VERBS.includes(each))) {
    if (verb === 'create' && verbs.includes('patch')) continue;
    report({
      code: 'INVALID_PROP',
      message: `verb "${verb}" cannot be limited to an object: its request names none`,
      hint: `Grant it on all: \`grant('${verb}', '${resource}')\`${verb === 'create' ? '.' : ", or use 'delete'."}`,
    });
  }
}

function checkRisks(
  verbs: readonly string[],
  { group, resource, name }: Target,
  { names }: PermissionOptions,
  reach: Reach,
  report: Reporter,
): void {
  const hint = 'Name what is needed, or set `unsafe: true`.';
  const refuse = (what: string): void => {
    report({ code: 'INVALID_PROP', path: 'unsafe', message: `Required value: ${what}`, hint });
  };
  if (resource.startsWith('*')) refuse('"*" grants all resources, and those that come later');
  if (resource.startsWith('/') && resource.endsWith('*')) refuse(`"${resource}" grants every path below it`);
  if (verbs.includes('*')) refuse(`"*" grants all verbs on ${resource}, and those that come later`);
  if (group === undefined) return;
  const extent = { isNamed: name !== undefined || names !== undefined, isClusterWide: reach === 'cluster' };
  const risks = verbs.map((verb) => [verb, riskOf(group, resource, verb, extent)] as const);
  for (const [verb, risk] of risks)
    if (risk !== undefined) refuse(`whoever can ${verb} ${resource} can ${risk}`);
}

/** Whether a permission matches only requests that select the object by its name. */
export function needsFieldSelector({
  verbs,
  names,
}: {
  verbs: readonly string[];
  names?: readonly string[];
}): boolean {
  return names !== undefined && verbs.some((verb) => SELECTING_VERBS.includes(verb));
}
