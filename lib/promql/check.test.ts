import { promqlProblems } from './check';
import { describePromqlProblem } from './problem';

function problems(text: string): readonly string[] {
  return promqlProblems(text).map(describePromqlProblem);
}

function hints(text: string): readonly (string | undefined)[] {
  return promqlProblems(text).map(({ hint }) => hint);
}

describe('PromQL', () => {
  it.each([
    'up == 0',
    '1',
    'vector(1)',
    'sum by (job, on, bool) (rate(http_requests_total{code=~"5.."}[5m])) / ignoring (code) group_left (owner) foo > 0.5',
    'histogram_quantile(0.99, sum(rate(x_bucket[5m])) by (le)) > 1 # a comment',
    'max_over_time(rate(foo[1m])[1h:5m] offset 1d)',
    'foo offset -5m @ end() AND bar',
    '{"http.server.duration", job="a"} > bool 5.',
    '{__name__=~"foo.+"}',
    'label_replace(foo, "a", "$1", "b", `(\\d+)`)',
    'label_replace(foo, "a", "$1", "b", "(\\\\d+)")',
    'holt_winters(foo[1h], 0.5, 0.1) and on () hour() < 9',
    'sort_by_label(foo, "a", "b") or topk(3, foo) unless count_values("v", foo)',
    'round(foo, 0.1) ^ -2 > 1_000 and foo != NaN',
  ])('takes %s', (text) => {
    expect(problems(text)).toEqual([]);
  });

  it.each([
    ['', '1:1: no expression found in input'],
    ['1 +', '1:4: unexpected end of input'],
    ['sum(rate(foo[5m]) > 1', '1:4: unclosed left parenthesis'],
    ['foo{a="b"', '1:4: unclosed left brace'],
    ['rate(foo[5m) > 1', '1:9: unclosed left bracket'],
    ['foo > 1)', '1:8: unexpected ")"'],
    ['a\nand\nb b', '3:3: unexpected "b"'],
    ['sum by a (foo)', '1:8: unexpected "a" in grouping opts, expected "("'],
    ['sum by (a (foo))', '1:11: unexpected "(" in grouping opts, expected "," or ")"'],
    ['foo{a="b}', '1:4: unclosed left brace'],
    ['label_replace(foo, "a", "b", "c", "d)', '1:14: unclosed left parenthesis'],
    ['"abc', '1:1: unterminated quoted string'],
    ['foo{a=~"\\d"}', '1:9: unknown escape sequence \\d'],
    ['foo{a=~"("}', '1:8: error parsing regexp: error parsing regexp: missing closing ): `(`'],
    ['rate(foo)', '1:6: expected type range vector in call to function "rate", got instant vector'],
    ['sum(foo[5m])', '1:5: expected type instant vector in aggregation "sum", got range vector'],
    ['topk(foo)', '1:1: wrong number of arguments for aggregate expression provided, expected 2, got 1'],
    ['clamp(foo, 1)', '1:1: expected 3 argument(s) in call to "clamp", got 2'],
    ['label_join(foo)', '1:1: expected at least 3 argument(s) in call to "label_join", got 1'],
    ['foo > "a"', '1:7: binary expression must contain only scalar and instant vector types, got string'],
    ['1 > 0', '1:3: comparisons between scalars must use BOOL modifier'],
    ['foo + bool 1', '1:5: bool modifier can only be used on comparison operators'],
    ['foo and 1', '1:5: set operator "and" not allowed in binary scalar expression'],
    ['foo / on (a) 1', '1:7: vector matching only allowed between instant vectors'],
    ['foo or on (a) group_left () bar', '1:15: no grouping allowed for "or" operation'],
    ['foo * on (a) group_left (b, a) bar', '1:29: label "a" must not occur in ON and GROUP clause at once'],
    ['{a=~".*", b!="c"}', '1:1: vector selector must contain at least one non-empty matcher'],
    ['foo{__name__="bar"}', '1:1: metric name must not be set twice: "foo" or "bar"'],
    ['sum(foo)[5m] > 1', '1:1: ranges only allowed for vector selectors'],
    [
      'rate(foo[5m]) offset 1h',
      '1:1: offset modifier must be preceded by an instant vector selector or range vector selector or a subquery',
    ],
    [
      '-"a"',
      '1:1: unary expression only allowed on expressions of type scalar or instant vector, got string',
    ],
    ['foo[5m]', '1:1: rule result is not a vector or scalar: it is a range vector'],
  ])('refuses %j', (text, message) => {
    expect(problems(text)[0]).toBe(message);
  });

  it.each([
    ['ratee(foo[5m])', 'Did you mean "rate"?'],
    ['foo{code=500}', 'Put the value in quotes: ="500".'],
    ['a = 1', 'Did you mean "=="?'],
    ['a && b', 'Did you mean "and"?'],
    [
      'rate(foo[$__rate_interval])',
      'Variables of Grafana have no value in a rule. Write a duration such as 5m.',
    ],
    ['rate(foo[5x])', 'Durations look like 30s, 5m or 1h30m.'],
    ['rate(foo{a="b"}) > 1', 'Add a range: foo{a="b"}[5m].'],
    ['2 < 1', 'Write it as 1 < bool 0.'],
  ])('says how to fix %s', (text, hint) => {
    expect(hints(text)).toEqual([hint]);
  });

  it('reports all types that are wrong, in the order of the text', () => {
    expect(promqlProblems('rate(foo) /\n  sum(1)').map(({ line, column }) => [line, column])).toEqual([
      [1, 6],
      [2, 7],
    ]);
  });

  it('survives what nobody writes', () => {
    expect(promqlProblems('('.repeat(2_000))).toHaveLength(1);
    // How deep the parser can go depends on what has called it.
    expect(promqlProblems('('.repeat(40_000)).length).toBeLessThan(2);
    expect(promqlProblems(`${'('.repeat(1000)}foo${')'.repeat(1000)}`)).toEqual([]);
    expect(promqlProblems(`foo${' + foo'.repeat(400)}`)).toEqual([]);
    expect(promqlProblems(' '.repeat(100_001))).toEqual([]);
  });
});
