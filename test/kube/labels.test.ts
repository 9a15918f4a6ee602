import * as fc from 'fast-check';
import { annotationKey, annotationsSize, labelKey, labelValue, matches } from '../../lib/kube/labels';
import type { LabelSelectorRequirement } from '../../lib/kube/labels';

test('a label key is a qualified name', () => {
  expect(labelKey('app.kubernetes.io/name')).toBeUndefined();
  expect(labelKey('bad key!')).toMatch(/^name part must consist of alphanumeric characters/);
});

test('a label value is empty or up to 63 characters between letters and digits', () => {
  for (const value of ['', 'a', 'A_b-c.1', 'a'.repeat(63)])
    expect([value, labelValue(value)]).toEqual([value, undefined]);
  for (const value of [' ', '-a', 'a-', 'a b', 'a/b', 'é', 'a\n'])
    expect(labelValue(value)).toMatch(/^a valid label must be an empty string or consist of/);
  expect(labelValue('a'.repeat(64))).toBe('must be no more than 63 bytes');
});

test('the prefix of an annotation may have capitals, unlike that of a label', () => {
  expect(annotationKey('Example.com/Name')).toBeUndefined();
  expect(labelKey('Example.com/Name')).toMatch(/^prefix part a lowercase RFC 1123 subdomain/);
  expect(annotationKey('a/b/c')).toMatch(/at most one/);
});

test('annotations of one object share 256 KiB, keys included, counted in bytes', () => {
  expect(annotationsSize({ key: 'x'.repeat(262144 - 3) })).toBeUndefined();
  expect(annotationsSize({ key: 'x'.repeat(262144 - 2) })).toMatch(/at most 262144 bytes.*are 262145/);
  expect(annotationsSize({ key: 'é'.repeat(131071) })).toMatch(/are 262145/);
});

describe('matches', () => {
  const labels = { app: 'shop', tier: 'web' };
  const needs = (...matchExpressions: LabelSelectorRequirement[]): boolean =>
    matches({ matchExpressions }, labels);

  test('an empty selector selects everything, none at all nothing', () => {
    expect(matches({}, labels)).toBe(true);
    expect(matches({}, undefined)).toBe(true);
    expect(matches(undefined, labels)).toBe(false);
  });

  test('matchLabels asks for each of its pairs', () => {
    expect(matches({ matchLabels: { app: 'shop' } }, labels)).toBe(true);
    expect(matches({ matchLabels: { app: 'shop', tier: 'db' } }, labels)).toBe(false);
    expect(matches({ matchLabels: { app: '' } }, {})).toBe(false);
    expect(matches({ matchLabels: { app: '' } }, { app: '' })).toBe(true);
  });

  test('matchExpressions have the four operators', () => {
    expect(needs({ key: 'app', operator: 'In', values: ['a', 'shop'] })).toBe(true);
    expect(needs({ key: 'app', operator: 'In', values: ['a'] })).toBe(false);
    expect(needs({ key: 'none', operator: 'In', values: ['a'] })).toBe(false);
    expect(needs({ key: 'app', operator: 'NotIn', values: ['a'] })).toBe(true);
    expect(needs({ key: 'app', operator: 'NotIn', values: ['shop'] })).toBe(false);
    expect(needs({ key: 'none', operator: 'NotIn', values: ['a'] })).toBe(true);
    expect(needs({ key: 'app', operator: 'Exists' })).toBe(true);
    expect(needs({ key: 'none', operator: 'Exists' })).toBe(false);
    expect(needs({ key: 'none', operator: 'DoesNotExist' })).toBe(true);
    expect(needs({ key: 'app', operator: 'DoesNotExist' })).toBe(false);
  });

  test('a requirement that the API server refuses selects nothing', () => {
    expect(needs({ key: 'app', operator: 'NotIn' })).toBe(false);
    expect(needs({ key: 'app', operator: 'NotIn', values: [] })).toBe(false);
    expect(needs({ key: 'app', operator: 'Exists', values: ['shop'] })).toBe(false);
    expect(needs({ key: 'none', operator: 'DoesNotExist', values: ['shop'] })).toBe(false);
    expect(needs({ key: 'app', operator: 'Gt', values: ['0'] })).toBe(false);
  });

  test('all requirements have to hold', () => {
    const exists = { key: 'app', operator: 'Exists' };
    expect(matches({ matchLabels: { tier: 'db' }, matchExpressions: [exists] }, labels)).toBe(false);
    expect(needs(exists, { key: 'tier', operator: 'DoesNotExist' })).toBe(false);
  });

  test('what every object inherits is no label', () => {
    expect(matches({ matchExpressions: [{ key: 'constructor', operator: 'Exists' }] }, {})).toBe(false);
  });

  test('In and NotIn are opposites on whatever labels', () => {
    const word = fc.constantFrom('a', 'b', 'c', '');
    fc.assert(
      fc.property(fc.dictionary(word, word), word, fc.array(word, { minLength: 1 }), (some, key, values) => {
        const holds = (operator: string): boolean =>
          matches({ matchExpressions: [{ key, operator, values }] }, some);
        expect(holds('In')).toBe(!holds('NotIn'));
      }),
    );
  });
});
