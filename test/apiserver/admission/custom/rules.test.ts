import { admit } from '../../../../lib/check/admit';
import { definition, integer, list, object, paths, string, widget } from './widgets';

const ruled = (schema: object, ...rules: object[]): Record<string, unknown> => ({
  ...schema,
  'x-kubernetes-validations': rules,
});

it('are kept, and named by the path of the value', () => {
  const scale = ruled(object({ min: integer, max: integer }), {
    rule: 'self.min <= self.max',
    message: 'min above max',
  });
  const crds = [definition(object({ scales: list(scale) }))];
  expect(
    admit(
      widget({
        scales: [
          { min: 1, max: 2 },
          { min: 3, max: 2 },
        ],
      }),
      { crds },
    ),
  ).toMatchObject([
    { rule: 'admission/invalid', path: 'spec.scales[1]', message: 'Invalid value: min above max' },
  ]);
});

it('may name a field and a reason of their own', () => {
  const rule = { rule: 'has(self.b)', fieldPath: '.b', reason: 'FieldValueRequired' };
  const crds = [definition(object({ a: ruled(object({ b: string }), rule) }))];
  expect(admit(widget({ a: {} }), { crds })).toMatchObject([
    { rule: 'admission/required', path: 'spec.a.b' },
  ]);
});

it('see defaults, and are not looked at where a value may not be what they take it for', () => {
  const a = ruled(object({ b: { ...integer, default: 3 } }), { rule: 'self.b > 5' });
  expect(paths({ a }, { a: {} })).toEqual(['spec.a']);
  expect(paths({ a, c: string }, { a: {}, c: 1 })).toEqual(['spec.c']);
});

it('about a change are not looked at for what is new', () => {
  const a = ruled(integer, { rule: 'self == oldSelf' });
  expect(paths({ a }, { a: 1 })).toEqual([]);
});
