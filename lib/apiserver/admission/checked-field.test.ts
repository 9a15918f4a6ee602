import { CheckedField } from './checked-field';
import type { FieldError, Review } from './review';

/** What `check` reports about the field `a` of an object. */
function reported(value: unknown, check: (field: CheckedField) => unknown): [unknown, readonly FieldError[]] {
  const review: Review = { kubernetes: '1.33', errors: [] };
  const result = check(CheckedField.of({ a: value }, review).child('a'));
  return [result, review.errors];
}

function message(value: unknown, check: (field: CheckedField) => unknown): string | undefined {
  const [, errors] = reported(value, check);
  expect(errors.length).toBeLessThan(2);
  return errors[0]?.message;
}

describe('a field needs a value', () => {
  it.each([[undefined], [null], [''], [[]], [{}]])('and %j is none', (value) => {
    const [isThere, errors] = reported(value, (field) => field.needs('say why', 'Set it.'));
    expect(isThere).toBe(false);
    expect(errors).toEqual([
      { reason: 'required', path: 'a', message: 'Required value: say why', hint: 'Set it.' },
    ]);
  });

  it.each([[0], [false], ['x'], [['']], [{ b: undefined }]])('and %j is one', (value) => {
    expect(reported(value, (field) => field.needs())).toEqual([true, []]);
  });
});

describe('a number', () => {
  it.each([
    [2, undefined],
    [1, 'Invalid value: 1: must be greater than or equal to 2'],
    [undefined, 'Invalid value: 0: must be greater than or equal to 2'],
  ])('of at least 2: %j', (value, said) => {
    expect(message(value, (field) => field.mustBeAtLeast(2))).toBe(said);
    expect(reported(value, (field) => field.mustBeAtLeast(2))[0]).toBe(said === undefined);
  });

  it('of at least 1 is greater than 0, as the API server says', () => {
    expect(message(0, (field) => field.mustBeAtLeast(1))).toBe('Invalid value: 0: must be greater than 0');
    expect(message(1, (field) => field.mustBeAtLeast(1))).toBeUndefined();
  });

  it.each([
    [1, undefined],
    [3, undefined],
    [0, 'Invalid value: 0: must be between 1 and 3, inclusive'],
    [4, 'Invalid value: 4: must be between 1 and 3, inclusive'],
    [undefined, 'Invalid value: 0: must be between 1 and 3, inclusive'],
  ])('from 1 to 3: %j', (value, said) => {
    expect(message(value, (field) => field.mustBeWithin(1, 3))).toBe(said);
    expect(reported(value, (field) => field.mustBeWithin(1, 3))[0]).toBe(said === undefined);
  });
});

describe('a text', () => {
  const check = (text: string): string | undefined => (text === 'good' ? undefined : 'must be good');

  it.each([
    ['good', undefined],
    ['bad', 'Invalid value: "bad": must be good'],
    [undefined, 'Invalid value: "": must be good'],
  ])('passes a check: %j', (value, said) => {
    expect(message(value, (field) => field.must(check))).toBe(said);
    expect(reported(value, (field) => field.must(check))[0]).toBe(said === undefined);
  });

  it.each([
    ['a', undefined],
    ['c', 'Unsupported value: "c": supported values: "a", "b"'],
    [undefined, 'Unsupported value: "": supported values: "a", "b"'],
  ])('is one of a list: %j', (value, said) => {
    expect(message(value, (field) => field.mustBeOneOf(['a', 'b']))).toBe(said);
    expect(reported(value, (field) => field.mustBeOneOf(['a', 'b']))[0]).toBe(said === undefined);
  });
});

it.each<[string, unknown, (field: CheckedField) => void, FieldError]>([
  ['required', 1, (field) => field.required(), { reason: 'required', path: 'a', message: 'Required value' }],
  [
    'invalid',
    1,
    (field) => field.invalid('odd'),
    { reason: 'invalid', path: 'a', message: 'Invalid value: 1: odd' },
  ],
  [
    'duplicate',
    1,
    (field) => field.duplicate(),
    { reason: 'duplicate', path: 'a', message: 'Duplicate value: 1' },
  ],
  [
    'forbidden',
    1,
    (field) => field.forbidden('no'),
    { reason: 'forbidden', path: 'a', message: 'Forbidden: no' },
  ],
  [
    'not found',
    'x',
    (field) => field.notFound('Add it.'),
    { reason: 'not-found', path: 'a', message: 'Not found: "x"', hint: 'Add it.' },
  ],
  [
    'not found, without a value',
    undefined,
    (field) => field.notFound('Add it.'),
    { reason: 'not-found', path: 'a', message: 'Not found: ""', hint: 'Add it.' },
  ],
  [
    'too long',
    'x',
    (field) => field.tooLong(5),
    { reason: 'too-long', path: 'a', message: 'Too long: may not be more than 5 bytes' },
  ],
  [
    'too many',
    [1, 2],
    (field) => field.tooMany(1),
    { reason: 'too-many', path: 'a', message: 'Too many: 2: must have at most 1 item' },
  ],
  [
    'words of its own',
    1,
    (field) => field.say('unknown-field', 'unknown field "a"'),
    { reason: 'unknown-field', path: 'a', message: 'unknown field "a"' },
  ],
])('reports %s', (_, value, report, error) => {
  expect(reported(value, report)[1]).toEqual([error]);
});

it('knows the release, and how many errors there are in the object', () => {
  expect(reported(1, (field) => [field.since('1.33'), field.since('1.34'), field.kubernetes])[0]).toEqual([
    true,
    false,
    '1.33',
  ]);
  const [counts] = reported(1, (field) => {
    const before = field.errorCount;
    field.required();
    return [before, field.child('b').errorCount];
  });
  expect(counts).toEqual([0, 1]);
});

it('has a value where it is null, and none where it is not set', () => {
  expect(reported(null, (field) => [field.isPresent, field.isSet])[0]).toEqual([true, false]);
  expect(reported(undefined, (field) => field.isPresent)[0]).toBe(false);
});
