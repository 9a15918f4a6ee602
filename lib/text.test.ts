import fc from 'fast-check';
import { SeaworthyError } from './errors';
import { beginning, cut, inert, visible, visibleLines } from './text';

test.each([
  ['a line break', 'a\nb\r\nc', 'a\\nb\\r\\nc'],
  ['a tab', 'a\tb', 'a\\tb'],
  ['an escape sequence', '\u001b[1A\u001b[2K', '\\u001b[1A\\u001b[2K'],
  ['a control of eight bits', '\u009b2J\u0085', '\\u009b2J\\u0085'],
  ['DEL', '\u007f', '\\u007f'],
  ['an override of the direction of text', 'a\u202ecba\u2066', 'a\\u202ecba\\u2066'],
  ['a separator of lines', '\u2028\u2029', '\\u2028\\u2029'],
  ['a blank without width', 'a\u200b\u2060\ufeffb', 'a\\u200b\\u2060\\ufeffb'],
  ['a filler', '\u3164\u115f\u00ad', '\\u3164\\u115f\\u00ad'],
  ['a tag', '\u{e0041}', '\\udb40\\udc41'],
  ['an anchor of an annotation', 'a\ufff9b\u0600', 'a\\ufff9b\\u0600'],
  ['half of a character', 'a\ud800b', 'a\\ud800b'],
])('%s is written out as in JSON', (_, text, shown) => {
  expect(visible(text)).toBe(shown);
});

test.each(['Deployment shop/api', 'naïve 日本語 עברית', '⚠️ 🚢', 'C:\\temp', ''])(
  '"%s" is shown as it is',
  (text) => {
    expect(visible(text)).toBe(text);
  },
);

test('nothing unseen is left of any text, and what JSON holds is what the text was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const bare = text.replaceAll('\\', '/');
      const shown = visible(bare);
      expect(shown).not.toMatch(/[^\P{C}\p{Co}\p{Cn}]|[\p{Zl}\p{Zp}]/u);
      expect(JSON.parse(`"${shown.replaceAll('"', '\\"')}"`)).toBe(bare);
    }),
  );
});

test('the lines of a message stay lines, each behind the indent', () => {
  expect(visibleLines('a\r\nb\n\tc\rd', '    ')).toBe('a\n    b\n      c\\rd');
});

test('a text that is too long says how much more there is, and parts no character', () => {
  expect(cut('abc', 3)).toBe('abc');
  expect(cut('abcde', 3)).toBe('abc… (2 more characters)');
  expect(beginning('a🚢b', 2)).toBe('a');
  expect(cut('a🚢b', 2)).toBe('a… (3 more characters)');
});

test('a line break in a name begins no line of an error', () => {
  const { message } = new SeaworthyError({
    code: 'NOT_FOUND',
    place: 'a\nerror: forged',
    path: 'b\n  at c',
    message: 'two\nlines',
    hint: 'Do\nthis.',
    source: 'a.ts:1\nb',
  });
  expect(message).toBe(
    'a\\nerror: forged b\\n  at c: two\n    lines [NOT_FOUND]\n  Do\n  this.\n  at a.ts:1\\nb',
  );
});

test('an error cuts what is too long', () => {
  const long = 'x'.repeat(20_000);
  const { message } = new SeaworthyError({ code: 'NOT_FOUND', place: long, message: long, hint: long });
  expect(message.match(/\(\d+ more characters\)/g)).toEqual([
    '(15904 more characters)',
    '(10000 more characters)',
    '(10000 more characters)',
  ]);
});

test.each([
  ['::error::x', '\\u003a:error::x'],
  ['a\n \u00a0\u001b[1m::error::x', 'a\n \u00a0\u001b[1m\\u003a:error::x'],
  ['a ##[error]x', 'a \\u0023#[error]x'],
  ['###vso[x]', '#\\u0023#vso[x]'],
  ['a::b # [c]', 'a::b # [c]'],
])('%j is no command in a log', (line, shown) => {
  expect(inert(line)).toBe(shown);
});
