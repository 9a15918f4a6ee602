import fc from 'fast-check';
import { cell, code, escape, fenced, html } from '../../../lib/report/escape/markdown';
import { visible } from '../../../lib/text';
import { liveIn, see, squeezed } from './html';
import { render } from './readers';
import { HOSTILE, hostile } from './strings';

const TEXTS = [...HOSTILE, ...fc.sample(hostile, { numRuns: 300, seed: 20_260_102 })];

/** `##[` may be written out or not. */
function quiet(text: string): string {
  return text.replace(/\\u0023(?=#\w*\[)/g, '#');
}

/** The HTML of each text as `write` has it, without the tags that `pattern` takes off. */
function rendered(write: (text: string) => string): [text: string, html: string][] {
  return render(TEXTS.map(write)).map((each, index) => [TEXTS[index] ?? '', each]);
}

function decoded(text: string): string {
  return quiet(see(`<code>${text}</code>`).text);
}

test('code is one code span with exactly its text', () => {
  for (const [text, found] of rendered((each) => `a ${code(each)} b`)) {
    const inside = /^<p>a <code>([^<>]*)<\/code> b<\/p>$/.exec(found)?.[1];
    expect([text, inside === undefined ? found : decoded(inside)]).toEqual([
      text,
      squeezed(quiet(visible(text))),
    ]);
  }
});

test('a cell is one cell of code, whatever is in it', () => {
  const table = (each: string): string => `| a | b |\n|---|---|\n| ${cell(each)} | c |`;
  for (const [text, found] of rendered(table)) {
    const inside = /<tbody>\n<tr>\n<td><code>([^<>]*)<\/code><\/td>\n<td>c<\/td>\n<\/tr>\n<\/tbody>/.exec(
      found,
    )?.[1];
    expect([text, inside === undefined ? found : decoded(inside)]).toEqual([
      text,
      squeezed(quiet(visible(text))),
    ]);
  }
});

describe.each([
  ['in an item of a list', (each: string) => `- ${escape(each)}`],
  ['behind a field', (each: string) => `- \`a\`: ${escape(each)} <sub>b</sub>`],
  ['in bold', (each: string) => `- **a · ${escape(each)}**`],
  ['in a heading', (each: string) => `### ${escape(each)}`],
  ['in a summary', (each: string) => `<details><summary><b>${html(each)}</b></summary>\n\n</details>`],
])('text %s', (place, write) => {
  it('stays text, at its beginning and at its end', () => {
    const harmless = see(render([write('a')])[0] ?? '');
    const both = [(each: string) => write(`a${each}`), (each: string) => write(`${each}a`)];
    for (const [text, found] of both.flatMap(rendered)) {
      const seen = see(found);
      expect([text, seen.tags, liveIn(seen)]).toEqual([text, harmless.tags, []]);
    }
  });

  it('says what was meant', () => {
    // A summary is one line.
    const lines = (text: string): string[] => (place === 'in a summary' ? [text] : text.split(/\r?\n/));
    const meant = (text: string): string => squeezed(quiet(lines(text).map(visible).join('\n')));
    for (const [text, found] of rendered((each) => write(`a${each}b`)))
      expect([text, quiet(see(found).text)]).toEqual([text, expect.stringContaining(meant(`a${text}b`))]);
  });
});

test('a code block ends where it is meant to', () => {
  for (const [text, found] of rendered((each) => fenced(each, 'yaml')))
    expect([text, found.match(/<\/?[a-z]+/g)]).toEqual([text, ['<pre', '<code', '</code', '</pre']]);
});

test('ordinary text is written as it is', () => {
  const plain =
    'container "web" has no limit (resources.limits.memory): at least 50% of 1Gi, my_name, 10.0.0.1';
  expect(escape(plain)).toBe(plain);
  expect(html(plain)).toBe(plain);
  expect(code('spec.containers[0].image')).toBe('`spec.containers[0].image`');
  expect(cell('shop/production')).toBe('`shop/production`');
  expect(escape('image ghcr.io/acme/api:1.4.2')).toBe('image ghcr.io/acme/api:1.4.2');
});
