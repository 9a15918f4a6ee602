import * as fc from 'fast-check';
import type { Permission } from './policy-rules';
import { policyRules } from './policy-rules';

const VERBS = ['get', 'list', 'update', 'use'];

const permission = fc.record({
  group: fc.constantFrom('', 'apps', 'example.com'),
  resource: fc.constantFrom('pods', 'deployments', 'pods/log'),
  verbs: fc.subarray(VERBS, { minLength: 1 }),
  names: fc.option(fc.subarray(['a', 'b', 'c'], { minLength: 1 }), { nil: undefined }),
});

/** Every request that a rule allows, to an object by name, and to one of any name. */
function allowed(
  groups: readonly string[],
  resources: readonly string[],
  verbs: readonly string[],
  names: readonly string[] = ['a', 'b', 'c', 'any other'],
): string[] {
  return groups.flatMap((group) =>
    resources.flatMap((resource) =>
      verbs.flatMap((verb) => names.map((name) => [group, resource, verb, name].join(' '))),
    ),
  );
}

it('rules allow what is granted, no more and no less', () => {
  fc.assert(
    fc.property(fc.array(permission, { maxLength: 12 }), (given) => {
      const granted = given.map(({ names, ...each }): Permission =>
        names === undefined ? each : { ...each, names },
      );
      const wanted = granted.flatMap(({ group = '', resource, verbs, names }) =>
        allowed([group], [resource], verbs, names),
      );
      const rules = policyRules(granted);
      const got = rules.flatMap(({ apiGroups = [], resources = [], verbs, resourceNames }) =>
        allowed(apiGroups, resources, verbs, resourceNames),
      );
      expect([...new Set(got)].sort()).toEqual([...new Set(wanted)].sort());
      // Nothing is allowed twice, and the order of the grants does not matter.
      expect(new Set(got).size).toBe(got.length);
      expect(policyRules([...granted].reverse())).toEqual(rules);
    }),
    { numRuns: 100 },
  );
});

it('a wildcard stands for all verbs', () => {
  expect(
    policyRules([
      { group: '', resource: 'pods', verbs: ['get', '*'] },
      { group: '', resource: 'pods', verbs: ['list'], names: ['a'] },
    ]),
  ).toEqual([{ apiGroups: [''], resources: ['pods'], verbs: ['*'] }]);
});
