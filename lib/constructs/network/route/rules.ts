import type { RoutePath, RouteProps, RouteRule } from './props';

/** A path that a rule takes. */
export interface PathMatch {
  readonly form: 'prefix' | 'exact' | 'regex';
  readonly value: string;
  /** The prop that it stands at; `undefined` for the default, all paths. */
  readonly at?: string;
}

/** Paths, and what happens with their requests. */
export interface Rule {
  readonly paths: readonly PathMatch[];
  readonly props: RouteRule;
  /** The prop that all of it stands at: `paths[1]`; '' for the route itself. */
  readonly at: string;
}

const FORMS = ['prefix', 'exact', 'regex'] as const;

/** The props of a rule, which a route and each of its paths may have. */
const RULE_KEYS = [
  'port',
  'to',
  'methods',
  'match',
  'headers',
  'responseHeaders',
  'redirect',
  'rewrite',
  'timeout',
] as const satisfies readonly (keyof RouteRule)[];

/** The rules of a route: one for all paths that have nothing of their own, and one for each of the others. */
export function rulesOf(props: RouteProps): readonly Rule[] {
  const shared = ruleIn(props);
  const paths = [
    ...(props.path === undefined ? [] : [{ path: props.path, at: 'path' }]),
    ...(props.paths ?? []).map((path, index) => ({ path, at: `paths[${index}]` })),
  ];
  if (paths.length === 0) return [{ paths: [{ form: 'prefix', value: '/' }], props: shared, at: '' }];
  const rules: Rule[] = [];
  let plain: PathMatch[] | undefined;
  for (const { path, at } of paths) {
    const own = typeof path === 'string' ? {} : ruleIn(path);
    const match = matchIn(path, at);
    if (Object.keys(own).length > 0) rules.push({ paths: [match], props: inherit(shared, own), at });
    else if (plain !== undefined) plain.push(match);
    else rules.push({ paths: (plain = [match]), props: shared, at: '' });
  }
  return rules;
}

/** What a path has of its own, and what it has from its route: a redirect leads nowhere else. */
export function inherit(shared: RouteRule, own: RouteRule): RouteRule {
  if (own.redirect !== undefined) return { ...without(shared, ['to', 'port', 'rewrite', 'timeout']), ...own };
  const leads = own.to !== undefined || own.port !== undefined;
  return { ...(leads ? without(shared, ['redirect']) : shared), ...own };
}

function without(props: RouteRule, keys: readonly (keyof RouteRule)[]): RouteRule {
  return Object.fromEntries(Object.entries(props).filter(([key]) => !keys.includes(key as keyof RouteRule)));
}

/** The props of a rule in `props`. */
export function ruleIn(props: RouteRule): RouteRule {
  return Object.fromEntries(
    RULE_KEYS.flatMap((key) => (props[key] === undefined ? [] : [[key, props[key]]])),
  );
}

function matchIn(path: string | RoutePath, at: string): PathMatch {
  if (typeof path === 'string') return { form: 'prefix', value: path, at };
  const form = FORMS.find((each) => path[each] !== undefined) ?? 'prefix';
  return { form, value: path[form] ?? '/', at: `${at}.${form}` };
}
