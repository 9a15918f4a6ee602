import { EFFECTS } from '../effects';
import { CONSEQUENCE_KINDS } from './kinds';
import { consequenceRules } from './registry';

test('kinds of consequences have a heading, a word for --fail-on, and a severity that they fail from', () => {
  const facts = CONSEQUENCE_KINDS.map((kind) =>
    [kind.name, kind.title, kind.failure, kind.failsFrom, 'failsByDefault' in kind].join(' '),
  );
  expect(facts).toEqual([
    'data Data data-loss error true',
    'rejected Rejected rejected warning true',
    'dropped Dropped dropped warning false',
    'downtime Downtime downtime warning false',
    'traffic Traffic traffic warning false',
    'access Access access warning false',
    'identity Identity identity warning false',
    'scaling Scaling scaling warning false',
    'configuration Configuration configuration warning false',
    'rollout Rollout rollout warning false',
  ]);
});

test('effects have words, and come in the order of what matters most', () => {
  expect(Object.entries(EFFECTS).map((entry) => entry.join(': '))).toEqual([
    'rejected: rejected',
    'deleted: deleted',
    'pods-replaced: rolled out',
    'updated: updated',
    'created: created',
    'none: unchanged',
  ]);
});

test('rules come by their kind, the worst first, and every kind has one', () => {
  const kinds = consequenceRules().map(({ kind }) => kind);
  const names = CONSEQUENCE_KINDS.map(({ name }) => name);
  expect([...new Set(kinds)]).toEqual(names);
  expect(kinds).toEqual(kinds.toSorted((a, b) => names.indexOf(a) - names.indexOf(b)));
  for (const { about } of [...CONSEQUENCE_KINDS, ...consequenceRules()]) expect(about).toMatch(/^[A-Z].+\.$/);
});
