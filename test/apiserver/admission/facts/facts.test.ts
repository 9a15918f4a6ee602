import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { admit } from '../../../../lib/check/admit';
import { basesIn, changed, factsIn } from '../../facts';
import { refusals } from '../objects';

// `bases.yaml` has objects that a server takes. A line of `facts.txt` changes one field of the object that its heading
// names, and says what an API server of Kubernetes 1.36 answered: `ok`, or the fields that it complained about.

const text = (name: string): string => readFileSync(join(__dirname, name), 'utf8');

const bases = basesIn(text('bases.yaml'));
const all = factsIn(text('facts.txt'));

it('there is an object for every heading, and facts for every object', () => {
  expect(new Set(all.map(({ base }) => base))).toEqual(new Set(bases.keys()));
  expect(all.length).toBeGreaterThan(300);
});

it.each([...bases])('%s is taken as it is', (_, object) => {
  expect(refusals(object)).toEqual([]);
});

/**
 * What is said of each refused fact, in `messages.txt`: a block has the object and its change, then the path and message
 * of each finding. A new fact needs its block.
 */
const messages = new Map(
  text('messages.txt')
    .split('\n\n')
    .map((block) => block.trim().split('\n'))
    .map(([fact = '', ...lines]) => [fact, lines]),
);

it.each(all.map((fact) => [fact.base, fact.line, fact] as const))('%s: %s', (base, line, fact) => {
  const object = changed(bases.get(base), fact);
  const refused = fact.answer === 'ok' ? [] : fact.answer.split(', ');
  expect(refusals(object).sort()).toEqual(refused.sort());
  const said = admit(object).map(({ path, message }) => `${path}: ${message}`);
  expect(said).toEqual(messages.get(`${base} | ${line.replace(/ -> .*/, '')}`) ?? []);
});
