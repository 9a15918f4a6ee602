import { SharedFields } from './shared-fields';

const written = (time: string, fields: readonly string[]): object => ({
  manager: 'seaworthy',
  operation: 'Apply',
  time,
  fieldsType: 'FieldsV1',
  fieldsV1: { 'f:data': Object.fromEntries(fields.map((field) => [`f:${field}`, {}])) },
});

const metadata = (name: string, ...managedFields: readonly unknown[]) => ({ name, managedFields });

type Metadata = ReturnType<typeof metadata>;

test('what was written of objects is held once where it is the same, and is what it was', () => {
  const fields = new SharedFields();
  const all = [
    metadata('a', written('2026-01-01T00:00:00Z', ['x'])),
    metadata('b', written('2026-01-01T00:00:00Z', ['x']), written('2026-01-01T00:00:01Z', ['y'])),
    metadata('c', written('2026-01-02T00:00:00Z', ['x'])),
  ];
  const before = JSON.stringify(all);
  const shared = all.map((each) => fields.shared(each) as Metadata);
  expect(JSON.stringify(shared)).toBe(before);
  const entries = shared.map((each) => each.managedFields as { readonly fieldsV1: object }[]);
  expect(entries[1]?.[0]).toBe(entries[0]?.[0]);
  expect(entries[2]?.[0]).not.toBe(entries[0]?.[0]);
  expect(entries[2]?.[0]?.fieldsV1).toBe(entries[0]?.[0]?.fieldsV1);
  expect(entries[1]?.[1]?.fieldsV1).not.toBe(entries[0]?.[0]?.fieldsV1);
});

test('more objects that differ than are known come out as they are', () => {
  const fields = new SharedFields();
  for (let index = 0; index < 3000; index++) {
    const own = metadata('a', written('2026-01-01T00:00:00Z', [`x${index}`]));
    expect(fields.shared(own)).toEqual(own);
  }
});

test.each([undefined, { name: 'a' }, metadata('a', null, 'x', {}), { managedFields: {} }])(
  'what has no such entries stays as it is: %j',
  (odd) => expect(new SharedFields().shared(odd)).toStrictEqual(odd),
);
