import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { effectOf } from '../../../../lib/plan/effect';
import { effect, updated } from '../../../plan/changes';
import { basesIn, changed, factsIn } from '../../facts';

// `bases.yaml` has objects that a server holds. A line of `facts.txt` applies one of them again with one field changed,
// and says what an API server of Kubernetes 1.36 answered: `none`, `updated`, `pods-replaced`, or `rejected` with the
// fields that it named.

const text = (name: string): string => readFileSync(join(__dirname, name), 'utf8');

const KUBERNETES = '1.36';
const bases = basesIn(text('bases.yaml'));
const all = factsIn(text('facts.txt'));

it('has an object for every heading, and facts for every object', () => {
  expect(new Set(all.map(({ base }) => base))).toEqual(new Set(bases.keys()));
  expect(all.length).toBeGreaterThan(1000);
});

it.each([...bases])('%s applied again changes nothing', (_, object) => {
  expect(effect(object, structuredClone(object), KUBERNETES)).toBe('none');
});

it.each(all.map((fact) => [fact.base, fact.line, fact] as const))('%s: %s', (base, _line, fact) => {
  const [before, after] = [bases.get(base), changed(bases.get(base), fact)];
  if (before === undefined) throw new Error(`no object ${base}`);
  const [answer = '', ...fields] = fact.answer.split(/,? /);
  const made = updated(before, after, KUBERNETES);
  const refused = [...new Set(made.violations.map(({ path }) => path))].sort();
  // A change that cannot be decoded is refused without fields.
  const isLocated = answer === 'rejected' && fields.length > 0;
  expect([effectOf(made), ...(isLocated ? refused : [])]).toEqual([answer, ...fields.sort()]);
});
