import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { admit } from '../../../../lib/check/admit';
import type { Finding } from '../../../../lib/check/finding';
import { basesIn, changed, factsIn } from '../../facts';
import type { Fact } from '../../facts';

// `bases.yaml` has objects that a server accepts. A line of `facts.txt` changes one field of the object that its heading
// names, and has what an API server of Kubernetes 1.36 answered, or one of the release in the heading, as in
// `# v1 Pod web @1.28`: `ok`, or the fields that it complained about. `messages.txt` has our messages about the refused
// ones, with their hints. It is written by
//
//     UPDATE_MESSAGES=1 npx jest test/apiserver/admission/facts
//
// once every other test of this file passes; read what has changed in it.

const text = (name: string): string => readFileSync(join(__dirname, name), 'utf8');

const bases = basesIn(text('bases.yaml'));
const byHeading = new Map<string, Fact[]>();
for (const fact of factsIn(text('facts.txt')))
  byHeading.set(fact.base, [...(byHeading.get(fact.base) ?? []), fact]);

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

/** The changes that are refused, each with a line for every finding. */
function messagesOf(facts: readonly Fact[]): string[] {
  return facts.flatMap((fact) => {
    const lines = findings(fact).map(
      ({ path, message, hint }) => `  ${path}: ${message}${hint === undefined ? '' : ` [${hint}]`}`,
    );
    return lines.length === 0 ? [] : [changeOf(fact), ...lines];
  });
}

it('there is an object for every heading, and facts for every object', () => {
  expect(new Set([...byHeading.keys()].map((heading) => parts(heading)[0]))).toEqual(new Set(bases.keys()));
  expect([...byHeading.values()].flat().length).toBeGreaterThan(800);
});

it.each([...bases])('%s is accepted without a change', (_, object) => {
  expect(admit(object)).toEqual([]);
});

describe('the fields reported are those of the API server', () => {
  it.each([...byHeading])('%s', (_, facts) => {
    const answers = facts.map((fact) => `${changeOf(fact)} -> ${answerOf(findings(fact))}`);
    expect(answers).toEqual(facts.map(({ line }) => line));
  });
});

if (process.env['UPDATE_MESSAGES'] === '1') {
  const written = [...byHeading].map(([heading, facts]) => [`# ${heading}`, ...messagesOf(facts), '']);
  writeFileSync(join(__dirname, 'messages.txt'), written.map((lines) => lines.join('\n')).join('\n'));
}

/** The lines of `messages.txt` by heading. */
const messages = new Map(
  text('messages.txt')
    .split('\n\n')
    .map((block) => block.trimEnd().split('\n'))
    .map(([heading = '', ...lines]) => [heading, lines]),
);

describe('the messages are those recorded', () => {
  it.each([...byHeading])('%s', (heading, facts) => {
    expect(messagesOf(facts)).toEqual(messages.get(`# ${heading}`));
  });
});
