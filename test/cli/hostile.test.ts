import { commandsIn, unseenIn } from '../report/hostile/readers';
import { folderWith, handOver, projectOf, removeFolders, seaworthy, type Answer } from './support/cli';

afterAll(removeFolders);

const NAMES = [
  'a\n::error::forged',
  '\u001b[2K\u001b[1A',
  '##[add-mask]x',
  ' ::stop-commands::t',
  '\u202eb\u200b',
  "'$(touch x)`",
];
const GOOD = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';

/** What the command line printed, where nothing obeys it and no line begins but as `lines` says. */
function expectText({ stdout, stderr }: Answer, lines: RegExp): void {
  for (const text of [stdout, stderr]) {
    expect(unseenIn(text)).toEqual([]);
    expect(commandsIn(text)).toEqual([]);
  }
  const begun = stderr.split('\n').filter((line) => /^\S/.test(line) && !lines.test(line));
  expect(begun).toEqual([]);
}

const ERROR = /^(?:error: |\d+ problems$)/;

describe.each(NAMES)('the name %j', (name) => {
  const files = { [`${name}.yaml`]: GOOD, [`${name}/b.yaml`]: `${GOOD}data: {a: 1}\n` };

  it.each(['text', 'markdown', 'json', 'sarif', 'junit'])(
    'of a file is text in a report as %s',
    async (format) => {
      const answer = await seaworthy(folderWith(files), ['check', '.', '--output', format]);
      expectText(answer, /^$/);
      expect(answer.code).toBe(1);
    },
  );

  it.each([
    ['a file that does not exist', ['check', name]],
    ['a folder to compare with', ['plan', name, '.']],
    ['a command', [name]],
    ['an option', ['check', `--${name}`]],
    ['a rule', ['check', '.', '--rule', `${name}=off`]],
    ['a release', ['check', '.', '--kubernetes', name]],
    ['a format', ['check', '.', '--output', name]],
  ])('of %s is text in an error', async (_, argv) => {
    expectText(await seaworthy(folderWith({ 'a.yaml': GOOD }), argv), ERROR);
  });

  it('of a file that is no YAML is text in a finding', async () => {
    const answer = await seaworthy(folderWith({ [`${name}.yaml`]: 'kind: "X\n', 'b.yaml': 'a: [\n' }), [
      'check',
      '.',
    ]);
    expect(answer.code).toBe(2);
    expectText(answer, /^Skipped /);
  });

  it('of a skipped file is text', async () => {
    const folder = folderWith({ [`${name}.yaml`]: 'a: 1\n', 'b.yaml': GOOD });
    for (const argv of [['--verbose'], ['--output', 'json']])
      expectText(await seaworthy(folder, ['check', '.', ...argv]), /^[sS]kipped /);
  });

  it('of an environment, chart, object or line is text in a list', async () => {
    const origin = { environment: name, chart: name, construct: name, source: `${name}.ts:1` };
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } };
    const main = handOver({ name, manifests: [{ object, origin }] });
    for (const output of ['text', 'json']) {
      const answer = await seaworthy(projectOf(main), ['list', '--output', output]);
      expect(answer.code).toBe(0);
      expectText(answer, /^$/);
    }
    expectText(await seaworthy(projectOf(main), ['list', '--environment', 'x']), ERROR);
  });

  it('is text in what an app throws', async () => {
    const main = `throw new Error(${JSON.stringify(`${name}\n${name}\n::error::x`)})\n`;
    expectText(await seaworthy(projectOf(main), ['synth']), ERROR);
  });
});

it('completes no environment that means something to a shell', async () => {
  const record = ['$(touch x)/a.yaml', 'b`c`/a.yaml', 'good-1/a.yaml'];
  const folder = folderWith({
    'cdk8s.yaml': 'app: node main.js\n',
    'dist/.seaworthy': `${record.join('\n')}\n`,
  });
  const { stdout } = await seaworthy(folder, ['__environments']);
  expect(stdout).toBe('good-1\n');
});
