import { ManifestSet } from '../manifest/set';
import { check } from './check';

const READS = 'in quotes: YAML 1.1 reads';

/** What is said about the field at `path` of `yaml`: the message and the hint. */
function said(yaml: string, path: string): (string | undefined)[] {
  const set = ManifestSet.parse(yaml, { source: 'a.yaml' });
  const found = check(set, { preset: 'none' }).find((finding) => finding.path === path);
  return [found?.message, found?.hint];
}

const labels = (text: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels: ${text}\n`;

it.each([
  ['a word', '{a: y}', 'true', `Write "y" ${READS} y as the boolean true.`],
  [
    'a word of a block',
    '\n    "a": Off # comment',
    'false',
    `Write "Off" ${READS} Off as the boolean false.`,
  ],
  ['an octal number', '\n    a: 0755', '493', `Write "0755" ${READS} 0755 as the number 493.`],
  ['an octal number of YAML 1.2', '{a: 0o17}', '15', `Write "0o17" ${READS} 0o17 as the number 15.`],
  ['digits in groups', "{b: c, 'a': 1_000}", '1000', `Write "1_000" ${READS} 1_000 as the number 1000.`],
  ['a version', '{a: 1.20}', '1.2', `Write "1.20" ${READS} 1.20 as the number 1.2.`],
  ['a number as it is', '\n    a:   42', '42', `Write "42" ${READS} 42 as a number.`],
])('says what YAML makes of text, and what to write: %s', (_, text, value, hint) => {
  const [message, found] = said(labels(text), 'metadata.labels.a');
  expect(message).toMatch(new RegExp(`^Invalid value: ${value}: expected string, got `));
  expect(found).toBe(hint);
});

it('reads items of lists, and values of lists of objects', () => {
  const pod = (args: string, env: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - {name: a, image: "b:1", args: ${args}, env: [${env}]}\n`;
  const yaml = pod('[x, no]', '{name: A, value: on}');
  expect(said(yaml, 'spec.containers[0].args[1]')[1]).toBe(`Write "no" ${READS} no as the boolean false.`);
  expect(said(yaml, 'spec.containers[0].env[0].value')[1]).toBe(
    `Write "on" ${READS} on as the boolean true.`,
  );
});

it('shows no number that may be a password, and nothing of a Secret', () => {
  expect(said(`${labels('{}')}data: {pin: 12345678}\n`, 'data.pin')[1]).toBe(
    'Write it in quotes: YAML reads it as a number.',
  );
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {a: yes}\n';
  expect(said(secret, 'stringData.a')).toEqual([
    'Invalid value: expected string, got boolean',
    'Write it in quotes: YAML reads it as a boolean.',
  ]);
});

it('says nothing of what was not misread', () => {
  expect(said(labels('{a: &x y, b: *x}'), 'metadata.labels.b')[1]).toBeUndefined();
  expect(said(labels('{a: [y]}'), 'metadata.labels.a')[1]).toBeUndefined();
  const json = '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"a": [1]}}';
  expect(said(json, 'data.a')[1]).toBeUndefined();
});
