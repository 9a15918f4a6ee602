import { withDefaults } from '../../../../lib/apiserver/admission/custom/defaults';
import { compileSchema } from '../../../../lib/apiserver/admission/custom/schema';
import { integer, list, object, paths, string } from './widgets';

const filled = (schema: Record<string, unknown>, value: unknown): unknown =>
  withDefaults(value, compileSchema(schema));

it('fill in what is absent, from the top down', () => {
  const inner = object({ b: { ...integer, default: 1 } }, { default: {} });
  expect(filled(object({ a: inner }), {})).toEqual({ a: { b: 1 } });
  expect(filled(object({ a: inner }), { a: { b: 2 } })).toEqual({ a: { b: 2 } });
});

it('stand in for a null that may not be, also in lists and maps', () => {
  const item = { ...string, default: 'x' };
  expect(filled(list(item), [null, 'a'])).toEqual(['x', 'a']);
  expect(filled(object({ a: item, b: { ...item, nullable: true } }), { a: null, b: null })).toEqual({
    a: 'x',
    b: null,
  });
  expect(filled({ type: 'object', additionalProperties: object({ a: item }) }, { k: {} })).toEqual({
    k: { a: 'x' },
  });
});

it('count before what is required is asked for', () => {
  const a = object({ b: { ...string, default: 'x' } }, { required: ['b'] });
  expect(paths({ a }, { a: {} })).toEqual([]);
  expect(paths({ a }, { a: { b: null } })).toEqual([]);
});

it('leave the value as it was', () => {
  const value = { a: {} };
  filled(object({ a: object({ b: { ...integer, default: 1 } }) }), value);
  expect(value).toEqual({ a: {} });
});
