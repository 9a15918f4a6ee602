import { Field } from '../../manifest/field';
import type { Reporter } from '../core/problems';
import { nonEmpty, nonEmptyRecord, optional } from '../core/props';

/**
 * What an HTTPRoute says, as fields of a Canary's `service`, of which Flagger makes one with both Services; reports what it
 * cannot say.
 *
 * Source: Reconcile, makeFilters and mapRouteMatches of flagger `pkg/router/gateway_api.go`.
 */
export function routeFields(spec: object, report: Reporter): object {
  const root = Field.root(spec);
  const [rule, ...others] = root.list('rules');
  if (rule === undefined) return {};
  const filters = rule.list('filters');
  const redirects = filters.some((filter) => filter.child('type').text === 'RequestRedirect');
  const why = redirects
    ? 'it redirects'
    : others.length > 0
      ? 'it has several rules'
      : rule.list('backendRefs').length > 1
        ? 'it leads to other Services, too'
        : undefined;
  if (why !== undefined)
    report({
      code: 'INVALID_PROP',
      message: `Forbidden: Flagger makes an HTTPRoute with one rule that leads to the workload, and ${why}`,
      hint: 'Move the rest to the `routes` of another workload, or to a Route.',
    });
  const timeouts = rule.child('timeouts');
  return {
    gatewayRefs: root.list('parentRefs').map(({ value }) => value),
    ...nonEmpty(
      'hosts',
      root.list('hostnames').map(({ text }) => text),
    ),
    match: rule.list('matches').map(matchOf),
    ...nonEmptyRecord('headers', {
      ...headersOf('request', filters.find(isOf('RequestHeaderModifier'))?.child('requestHeaderModifier')),
      ...headersOf('response', filters.find(isOf('ResponseHeaderModifier'))?.child('responseHeaderModifier')),
    }),
    ...optional('rewrite', rewriteOf(filters.find(isOf('URLRewrite'))?.child('urlRewrite'))),
    ...optional('timeout', said(timeouts.child('request'))),
    ...optional('backendTimeout', said(timeouts.child('backendRequest'))),
  };
}

function isOf(type: string): (filter: Field) => boolean {
  return (filter) => filter.child('type').text === type;
}

const FORMS: Readonly<Record<string, string>> = {
  PathPrefix: 'prefix',
  Exact: 'exact',
  RegularExpression: 'regex',
};

function matchOf(match: Field): object {
  const path = match.child('path');
  const method = said(match.child('method'));
  return {
    uri: { [FORMS[path.child('type').text] ?? 'prefix']: path.child('value').text },
    ...optional('method', method && { exact: method }),
    ...valuesOf('headers', match.list('headers')),
    ...valuesOf('queryParams', match.list('queryParams')),
  };
}

function valuesOf(key: string, values: readonly Field[]): object {
  const entries = values.map((each) => [
    each.child('name').text,
    { [each.child('type').text === 'RegularExpression' ? 'regex' : 'exact']: each.child('value').text },
  ]);
  return nonEmptyRecord(key, Object.fromEntries(entries) as Record<string, unknown>);
}

function headersOf(side: string, changes: Field | undefined): object {
  if (changes === undefined) return {};
  const named = (key: string): Record<string, string> =>
    Object.fromEntries(changes.list(key).map((each) => [each.child('name').text, each.child('value').text]));
  return {
    [side]: {
      ...nonEmptyRecord('set', named('set')),
      ...nonEmptyRecord('add', named('add')),
      ...nonEmpty(
        'remove',
        changes.list('remove').map(({ text }) => text),
      ),
    },
  };
}

function rewriteOf(rewrite: Field | undefined): object | undefined {
  if (rewrite === undefined) return undefined;
  const path = rewrite.child('path');
  const prefix = said(path.child('replacePrefixMatch'));
  return {
    ...optional('authority', said(rewrite.child('hostname'))),
    ...optional('uri', prefix ?? said(path.child('replaceFullPath'))),
    ...optional('type', prefix === undefined ? undefined : 'ReplacePrefixMatch'),
  };
}

function said(field: Field): string | undefined {
  return field.isSet ? field.text : undefined;
}
