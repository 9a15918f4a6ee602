import { dnsSubdomain } from '../../../kube/names';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import { integer, optional } from '../../core/props';
import type { RouteHeaders, RouteRedirect, RouteRewrite, RouteRule } from './props';
import type { PathMatch } from './rules';

type Form = PathMatch['form'];

/** `filters` of a rule whose paths are of one form. */
export function renderFilters(props: RouteRule, form: Form, report: Reporter): readonly object[] {
  const { headers, responseHeaders, rewrite, redirect } = props;
  checkTogether(props, report);
  return [
    ...renderHeaders('RequestHeaderModifier', 'requestHeaderModifier', headers, below('headers', report)),
    ...renderHeaders(
      'ResponseHeaderModifier',
      'responseHeaderModifier',
      responseHeaders,
      below('responseHeaders', report),
    ),
    ...(rewrite === undefined ? [] : [renderRewrite(rewrite, form, below('rewrite', report))]),
    ...(redirect === undefined ? [] : [renderRedirect(redirect, form, below('redirect', report))]),
  ];
}

/** Whether a rule may have one match only: what takes the place of a prefix depends on it (HTTPRouteRule, CEL). */
export function isForOneMatch({ rewrite, redirect }: RouteRule): boolean {
  return rewrite !== undefined || (typeof redirect === 'object' && redirect.prefix !== undefined);
}

/** A redirect answers by itself (HTTPRouteRule, CEL). */
function checkTogether(props: RouteRule, report: Reporter): void {
  if (props.redirect === undefined) return;
  for (const key of ['to', 'port', 'rewrite', 'timeout'] as const) {
    if (props[key] === undefined) continue;
    const message = `Forbidden: may not specify both "redirect" and "${key}"`;
    report({ code: 'INVALID_PROP', path: key, message });
  }
}

function renderHeaders(
  type: string,
  field: string,
  headers: RouteHeaders | undefined,
  report: Reporter,
): readonly object[] {
  if (headers === undefined) return [];
  const { set = {}, add = {}, remove = [] } = headers;
  for (const [key, names] of [
    ['set', Object.keys(set)],
    ['add', Object.keys(add)],
    ['remove', remove],
  ] as const)
    for (const name of names) checkHeader(name, below(key, report));
  const entries = (all: Readonly<Record<string, string>>): object[] =>
    Object.entries(all).map(([name, value]) => ({ name, value }));
  const changes = {
    ...(Object.keys(set).length > 0 && { set: entries(set) }),
    ...(Object.keys(add).length > 0 && { add: entries(add) }),
    ...(remove.length > 0 && { remove }),
  };
  if (Object.keys(changes).length === 0)
    report({ code: 'MISSING_PROP', message: 'Required value: set, add or remove' });
  return [{ type, [field]: changes }];
}

/** Reports what is no name of a header. Source: HTTPHeaderName of the Gateway API, a token of RFC 7230. */
export function checkHeader(name: string, report: Reporter): void {
  if (/^[A-Za-z0-9!#$%&'*+\-.^_\x60|~]{1,256}$/.test(name)) return;
  report({
    code: 'INVALID_PROP',
    path: name,
    message: `Invalid value: "${name}": must be the name of a header`,
  });
}

function renderRewrite(rewrite: string | RouteRewrite, form: Form, report: Reporter): object {
  const said: RouteRewrite =
    typeof rewrite !== 'string' ? rewrite : form === 'prefix' ? { prefix: rewrite } : { path: rewrite };
  const { host } = said;
  checkHostname(host, report);
  const path = renderPath(said, form, typeof rewrite === 'string', report);
  if (host === undefined && path === undefined)
    report({ code: 'MISSING_PROP', message: 'Required value: host, path or prefix' });
  return { type: 'URLRewrite', urlRewrite: { ...optional('hostname', host), ...optional('path', path) } };
}

function renderRedirect(redirect: string | RouteRedirect, form: Form, report: Reporter): object {
  const said = typeof redirect === 'string' ? parseUrl(redirect, report) : redirect;
  const { scheme, host, port, status } = said;
  checkHostname(host, report);
  const requestRedirect = {
    ...optional('scheme', scheme),
    ...optional('hostname', host),
    ...optional('port', integer(port, 'port', 1, report, 65535)),
    ...optional('path', renderPath(said, form, false, report)),
    ...optional('statusCode', status),
  };
  if (Object.keys(requestRedirect).length === 0 && typeof redirect !== 'string')
    report({ code: 'MISSING_PROP', message: 'Required value: what changes' });
  return { type: 'RequestRedirect', requestRedirect };
}

/** The parts of a URL. A path of `/` is none, so that the path of the request stays. */
function parseUrl(url: string, report: Reporter): RouteRedirect {
  const match = /^(https?):\/\/([^/:?#@]+)(?::(\d{1,5}))?(\/[^?#]*)?$/.exec(url);
  if (match === null) {
    const message = `Invalid value: "${url}": expected a URL without a query`;
    report({
      code: 'INVALID_PROP',
      message,
      hint: "URLs look like 'https://shop.example' or 'https://shop.example/new'.",
    });
    return {};
  }
  const [, scheme, host, port, path] = match;
  return {
    scheme: scheme as 'http' | 'https',
    ...optional('host', host),
    ...optional('port', port === undefined ? undefined : Number(port)),
    ...optional('path', path === '/' ? undefined : path),
  };
}

function renderPath(
  { path, prefix }: { readonly path?: string; readonly prefix?: string },
  form: Form,
  isShort: boolean,
  report: Reporter,
): object | undefined {
  const at = (key: string): string => (isShort ? '' : key);
  if (path !== undefined && prefix !== undefined)
    report({
      code: 'INVALID_PROP',
      path: 'prefix',
      message: 'Forbidden: may not specify both "path" and "prefix"',
    });
  for (const [key, value] of [
    ['path', path],
    ['prefix', prefix],
  ] as const)
    if (value !== undefined && !value.startsWith('/'))
      report({
        code: 'INVALID_PROP',
        path: at(key),
        message: `Invalid value: "${value}": must be an absolute path`,
      });
  if (path !== undefined) return { type: 'ReplaceFullPath', replaceFullPath: path };
  if (prefix === undefined) return undefined;
  if (form !== 'prefix')
    report({
      code: 'INVALID_PROP',
      path: at('prefix'),
      message: 'Forbidden: the path of the route is not a prefix',
    });
  return { type: 'ReplacePrefixMatch', replacePrefixMatch: prefix };
}

function checkHostname(host: string | undefined, report: Reporter): void {
  const wrong = host === undefined ? undefined : dnsSubdomain(host);
  if (wrong !== undefined)
    report({ code: 'INVALID_NAME', path: 'host', message: `Invalid value: "${host}": ${wrong}` });
}
