import { bounded, LONGEST_MESSAGE } from './bounded';

it('leaves a message alone that is not too long', () => {
  const text = 'a'.repeat(LONGEST_MESSAGE);
  expect(bounded(text)).toBe(text);
});

it('cuts a longer one, and says how much is left out', () => {
  const text = 'a'.repeat(LONGEST_MESSAGE);
  expect(bounded(`${text}bc`)).toBe(`${text}… (2 more characters)`);
});

it('cuts no character in two', () => {
  const text = 'a'.repeat(LONGEST_MESSAGE - 1);
  expect(bounded(`${text}😀b`)).toBe(`${text}… (3 more characters)`);
});
