import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import { nonEmpty, optional } from '../../core/props';
import { checkHeader } from './filters';
import type { RouteMatch, RouteRule, RouteValue } from './props';
import type { PathMatch, Rule } from './rules';

const TYPES = { prefix: 'PathPrefix', exact: 'Exact', regex: 'RegularExpression' } as const;

/** `matches` of a rule of an HTTPRoute: one for each path, method and match. */
export function renderHttpMatches({ paths, props }: Rule, report: Reporter): readonly object[] {
  const { methods = [] } = props;
  return paths.flatMap((path) =>
    (methods.length === 0 ? [undefined] : methods).flatMap((method) =>
      matchesIn(props).map(({ match, at }) => ({
        path: { type: TYPES[path.form], value: path.value },
        ...renderValues(match.headers, 'headers', 'headers', below(at, report)),
        ...renderValues(match.query, 'queryParams', 'query', below(at, report)),
        ...optional('method', method),
      })),
    ),
  );
}

/** `matches` of a rule of a GRPCRoute; none where it takes all calls. */
export function renderGrpcMatches({ props }: Rule, report: Reporter): readonly object[] {
  return matchesIn(props).flatMap(({ match, at }) => {
    const { service, method, headers, query } = match;
    if (query !== undefined)
      report({
        code: 'INVALID_PROP',
        path: `${at}.query`,
        message: 'Forbidden: a GRPCRoute has no matches by query',
      });
    const call = { ...optional('service', service), ...optional('method', method) };
    const isSaid = Object.keys(call).length > 0;
    const rendered = {
      ...(isSaid && { method: call }),
      ...renderValues(headers, 'headers', 'headers', below(at, report)),
    };
    return Object.keys(rendered).length === 0 ? [] : [rendered];
  });
}

/** The matches of a rule, at least one, with the prop that each stands at. */
export function matchesIn({
  match,
}: RouteRule): readonly { readonly match: RouteMatch; readonly at: string }[] {
  if (match === undefined) return [{ match: {}, at: 'match' }];
  if (!Array.isArray(match)) return [{ match: match as RouteMatch, at: 'match' }];
  return (match as readonly RouteMatch[]).map((each, index) => ({ match: each, at: `match[${index}]` }));
}

/** Whether one of the matches of a rule is by a service or a method of gRPC. */
export function matchesCalls(props: RouteRule): boolean {
  return matchesIn(props).some(({ match }) => match.service !== undefined || match.method !== undefined);
}

function renderValues(
  values: Readonly<Record<string, RouteValue>> = {},
  field: string,
  prop: string,
  report: Reporter,
): object {
  const list = Object.entries(values).map(([name, value]) => {
    checkHeader(name, below(prop, report));
    if (typeof value === 'string') return { name, value };
    return { type: 'RegularExpression', name, value: value.regex };
  });
  return nonEmpty(field, list);
}

/** Reports a path that the API server refuses. Source: validateHTTPIngressPath of networking/v1, and HTTPPathMatch. */
export function checkPath({ form, value, at = 'path' }: PathMatch, report: Reporter): void {
  if (form === 'regex') return;
  const wrong = !value.startsWith('/')
    ? 'must be an absolute path'
    : /\/\/|\/\.\.?(\/|$)|%2f/i.test(value)
      ? 'must not contain "//", "/./", "/../" or "%2F"'
      : undefined;
  if (wrong !== undefined)
    report({ code: 'INVALID_PROP', path: at, message: `Invalid value: "${value}": ${wrong}` });
}
