import { check, ManifestSet } from 'seaworthy';
import { WIRING } from '../../../../lib/check/rules/wiring';
import { EXISTING, renderedPlaces } from '../../../../bench/mutations/apps';
import { MUTATIONS } from '../../../../bench/mutations/table';
import { complaint } from '../../../../bench/mutations/verdict';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the modules act when they are loaded
const places = renderedPlaces((module) => void require(`../../../../bench/mutations/${module}`));

test.each([...places.keys()])('the objects of %s fit together', (place) => {
  const findings = check(places.get(place) ?? ManifestSet.of([]), { assume: EXISTING });
  expect(findings.filter(({ rule, severity }) => severity === 'error' || rule.startsWith('wiring/'))).toEqual(
    [],
  );
});

test.each(MUTATIONS)('$object of $place with $value at $path breaks $rule alone', (mutation) => {
  expect(complaint(places, mutation)).toBeUndefined();
});

test('the mutations break every rule that is an error', () => {
  const broken = new Set(MUTATIONS.map(({ rule }) => rule));
  const errors = WIRING.filter(({ severity }) => severity === 'error').map(({ name }) => name);
  expect(errors.filter((name) => !broken.has(name))).toEqual([]);
});
