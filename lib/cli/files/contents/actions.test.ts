import { actionsIn, withoutActions } from './actions';

const rendered = (text: string): string => withoutActions(text, actionsIn(text));

it.each([
  ['a: {{ .Values.a }}\n', 'a: x\n'],
  ['  {{- if .a }}\na: 1\n{{ end }}', '\na: 1\n'],
  ['{% if a %} \r\na: {# b\nc #}d\n', '\r\na: xd\n'],
  ['a: <% b %>{{ c }}\n', 'a: xx\n'],
  ['a: [[ .b ]] [[ c ]]\n', 'a: x [[ c ]]\n'],
  ['{{/* two\nlines */}}\na: {{ b\n', '\na: {{ b\n'],
  ['a: {{ "{%" }} %}\n', 'a: x %}\n'],
])('%j might be rendered as %j', (text, expected) => {
  expect(rendered(text)).toBe(expected);
});

it.each(['{{ ', '{% ', '<%', '[[ .A ', '{{{%[[ .a <%', '{{ a }}', '{{ a }} '])(
  '%j many times takes time for its length',
  (part) => {
    const start = process.cpuUsage().user;
    rendered(part.repeat(200_000));
    expect(process.cpuUsage().user - start).toBeLessThan(2_000_000);
  },
);
