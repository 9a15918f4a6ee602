import { remembered } from './remembered';

/** The length of a text, and the texts of which it was counted. */
function counted(most?: number): { readonly length: (text: string) => number; readonly asked: string[] } {
  const asked: string[] = [];
  const length = remembered((text) => {
    asked.push(text);
    return text.length;
  }, most);
  return { length, asked };
}

test('a function is asked once for each text', () => {
  const { length, asked } = counted();
  expect(['a', 'bb', 'a', 'bb'].map(length)).toEqual([1, 2, 1, 2]);
  expect(asked).toEqual(['a', 'bb']);
});

test('undefined is a result as well', () => {
  let calls = 0;
  const nothing = remembered(() => void calls++);
  expect([nothing('a'), nothing('a')]).toEqual([undefined, undefined]);
  expect(calls).toBe(1);
});

test('no more than so many texts are kept', () => {
  const { length, asked } = counted(2);
  for (const text of ['a', 'b', 'c', 'b']) length(text);
  expect(asked).toEqual(['a', 'b', 'c', 'b']);
});

test('a very long text is not kept', () => {
  const { length, asked } = counted();
  const long = 'x'.repeat(10_000);
  expect([length(long), length(long)]).toEqual([10_000, 10_000]);
  expect(asked).toHaveLength(2);
});
