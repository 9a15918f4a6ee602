import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { admit } from '../../../../lib/check/admit';
import type { Finding } from '../../../../lib/check/finding';
import { basesIn, changed, factsIn } from '../../facts';
import type { Fact } from '../../facts';

// `bases.yaml` has objects that a server accepts. A line of `facts.txt` changes one field of the object that its heading
// names, and has what an API server of Kubernetes 1.36 answered, or one of the release in the heading, as in
// `# v1 Pod web @1.28`: `ok`, or the fields that it complained about. `messages.txt` has our messages about the refused
// ones, with their hints. `expected.txt` has changes that nobody has recorded: the answers are those that the functions
// named by `@source` beside our rules give. `messages.txt` is written by
//
//     UPDATE_MESSAGES=1 npx jest test/apiserver/admission/facts
//
// once every other test of this file passes; read what has changed in it.

const text = (name: string): string => readFileSync(join(__dirname, name), 'utf8');

const bases = basesIn(text('bases.yaml'));
const recorded = byHeading(factsIn(text('facts.txt')));
const expected = byHeading(factsIn(text('expected.txt')));

function byHeading(facts: readonly Fact[]): ReadonlyMap<string, readonly Fact[]> {
  const found = new Map<string, Fact[]>();
  for (const fact of facts) found.set(fact.base, [...(found.get(fact.base) ?? []), fact]);
  return found;
}

/** The name of a base, and the release. */
function parts(heading: string): readonly [base: string, kubernetes: string] {
  const [base = '', kubernetes = '1.36'] = heading.split(' @');
  return [base, kubernetes];
}

function findings(fact: Fact): Finding[] {
  const [base, kubernetes] = parts(fact.base);
  return admit(changed(bases.get(base), fact), { kubernetes });
}

function answerOf(found: readonly Finding[]): string {
  return found.length === 0 ? 'ok' : [...new Set(found.map(({ path }) => path))].sort().join(', ');
}

function changeOf({ line, answer }: Fact): string {
  return line.slice(0, -` -> ${answer}`.length);
}

const SHOWN = 30;

/** The changes that are refused, the long ones without their middle, each with a line for every finding. */
function messagesOf(facts: readonly Fact[]): string[] {
  return facts.flatMap((fact) => {
    const lines = findings(fact).map(
      ({ path, message, hint }) => `  ${path}: ${message}${hint === undefined ? '' : ` [${hint}]`}`,
    );
    const change = changeOf(fact);
    const isLong = change.length > 2 * SHOWN;
    const cut = isLong ? `${change.slice(0, SHOWN)}…${change.slice(-SHOWN)}` : change;
    return lines.length === 0 ? [] : [cut, ...lines];
  });
}

it('there is an object for every heading, and facts for every object', () => {
  const headings = [...recorded.keys(), ...expected.keys()];
  expect(new Set(headings.map((heading) => parts(heading)[0]))).toEqual(new Set(bases.keys()));
  expect([...recorded.values()].flat().length).toBeGreaterThan(800);
  expect([...expected.values()].flat().length).toBeGreaterThan(400);
});

it.each([...bases])('%s is accepted without a change', (_, object) => {
  expect(admit(object)).toEqual([]);
});

describe.each([
  ['recorded', recorded],
  ['expected', expected],
])('the fields reported are those %s', (_, facts) => {
  it.each([...facts])('%s', (_heading, ofOne) => {
    const answers = ofOne.map((fact) => `${changeOf(fact)} -> ${answerOf(findings(fact))}`);
    expect(answers).toEqual(ofOne.map(({ line }) => line));
  });
});

const all = byHeading([...recorded.values(), ...expected.values()].flat());

if (process.env['UPDATE_MESSAGES'] === '1') {
  const written = [...all].map(([heading, facts]) => [`# ${heading}`, ...messagesOf(facts), '']);
  writeFileSync(join(__dirname, 'messages.txt'), written.map((lines) => lines.join('\n')).join('\n'));
}

/** The lines of `messages.txt` by heading. */
const messages = new Map(
  text('messages.txt')
    .split('\n\n')
    .map((block) => block.trimEnd().split('\n'))
    .map(([heading = '', ...lines]) => [heading, lines]),
);

describe('the messages are those written down', () => {
  it.each([...all])('%s', (heading, facts) => {
    expect(messagesOf(facts)).toEqual(messages.get(`# ${heading}`));
  });
});
