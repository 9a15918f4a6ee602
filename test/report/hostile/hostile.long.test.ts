import fc from 'fast-check';
import { createColors } from 'picocolors';
import { CHECK_FORMATS } from '../../../lib/report/check/formats';
import { PLAN_FORMATS } from '../../../lib/report/plan/formats';
import { visible } from '../../../lib/text';
import { liveIn, see, squeezed } from './html';
import { commandsIn, readSarif, readXml, render, unseenIn } from './readers';
import { checkReport, planReport, type Say } from './reports';
import { HOSTILE, hostile } from './strings';

const looks = {
  paint: createColors(true),
  lines: () => ['one', '\u001b[2K::error::x', '> 9 | forged \u202e', '\t##[add-mask]x'],
};

/** Prints a report whose texts `say` gives, by the name of the format. */
const PRINTERS = new Map<string, (say: Say) => string>([
  ...CHECK_FORMATS.map(
    ({ name, print }) => [`check ${name}`, (say: Say) => print(checkReport(say), looks)] as const,
  ),
  ...PLAN_FORMATS.flatMap(({ name, print }) =>
    (['change', 'difference'] as const).map(
      (mode) => [`${mode} ${name}`, (say: Say) => print(planReport(say, mode), looks.paint)] as const,
    ),
  ),
]);

/** `text` in every place, each time with another number, so that nothing is merged. */
function filled(text: string): Say {
  let count = 100;
  return () => `${text}${count++}`;
}

/** What is known to be hostile, and what chance finds. */
const TEXTS = [...HOSTILE, ...fc.sample(hostile, { numRuns: 150, seed: 20_260_101 })];

const REPORTS = new Map(
  [...PRINTERS].map(([format, print]) => [format, TEXTS.map((text) => print(filled(text)))]),
);

function print(format: string, text: string): string {
  return PRINTERS.get(format)?.(filled(text)) ?? '';
}

/** What `find` finds in the reports of `format`, each with the text that it comes from. */
function foundIn<T>(
  format: string,
  find: (report: string, text: string) => readonly T[],
): [string, readonly T[]][] {
  return (REPORTS.get(format) ?? [])
    .map((report, index): [string, readonly T[]] => [TEXTS[index] ?? '', find(report, TEXTS[index] ?? '')])
    .filter(([, found]) => found.length > 0);
}

function formats(pattern: RegExp): string[] {
  return [...PRINTERS.keys()].filter((format) => pattern.test(format));
}

describe.each(formats(/./))('hostile text in %s', (format) => {
  it('has no character that a terminal obeys or hides', () => {
    expect(foundIn(format, unseenIn)).toEqual([]);
  });

  it('is no command to a runner', () => {
    const own = format === 'check github' ? /^::(?:error|warning|notice) file=/ : /^$/;
    expect(foundIn(format, (report) => commandsIn(report).filter((line) => !own.test(line)))).toEqual([]);
  });
});

describe.each(formats(/text|github/))('the lines of %s', (format) => {
  /** Where each line begins; what is further in than a hint belongs to a message. */
  const margins = (report: string): number[] =>
    report
      .split('\n')
      .map((line) => line.replace(/\u001b\[\d+m/g, '').search(/[^ ]|$/))
      .filter((margin) => margin < 13);

  it('begin where those of a harmless report do', () => {
    // In a table of code, a blank at the beginning of a line is the line's own.
    const harmless = margins(print(format, 'a'));
    for (const text of TEXTS.map((each) => `a${each}`))
      expect([text, margins(print(format, text))]).toEqual([text, harmless]);
  });
});

describe.each(formats(/markdown/))('the text of %s', (format) => {
  const [harmless] = render([print(format, 'a')]).map(see);
  const seen = new Map(
    render(REPORTS.get(format) ?? []).map((html, index) => [TEXTS[index] ?? '', see(html)]),
  );

  it('makes no element that a harmless report does not have', () => {
    const others = [...seen].filter(([, { tags }]) => tags.join('\n') !== harmless?.tags.join('\n'));
    expect(others.map(([text, { tags }]) => [text, tags])).toEqual([]);
  });

  it('is no mention, reference, link, formula or emoji outside of code', () => {
    expect(
      [...seen].map(([text, each]) => [text, liveIn(each)]).filter(([, live]) => live?.length !== 0),
    ).toEqual([]);
  });

  it('says what was meant', () => {
    const said = (text: string): string => squeezed(visible(text)).replace(/#(?=#\w*\[)/g, '\\u0023');
    const spoken = [...seen].map(
      ([text, each]) => [text, each.text.replace(/#(?=#\w*\[)/g, '\\u0023')] as const,
    );
    for (const [text, shown] of spoken)
      expect([text, shown]).toEqual([text, expect.stringContaining(said(text))]);
  });

  it('follows the line by which a workflow finds the report', () => {
    const mark = /^<!-- seaworthy (?:check|plan) -->\n### /;
    expect(foundIn(format, (report) => (mark.test(report) ? [] : [report]))).toEqual([]);
  });
});

test('an annotation is one line with three properties, whatever they say', () => {
  const annotation = /^::(?:error|warning|notice) file=[^,:]*,line=\d+,title=[^,:]*::/;
  const others = (report: string): string[] =>
    report
      .trimEnd()
      .split('\n')
      .filter((line) => !annotation.test(line));
  expect(foundIn('check github', others)).toEqual([]);
});

test('no output of a JUnit test names a file to attach', () => {
  const attached = (report: string): string[] =>
    readXml(report).flatMap(({ text }) => text.match(/\[\[ATTACHMENT\|[^\]]*\]\]/gi) ?? []);
  expect(foundIn('check junit', attached)).toEqual([]);
});

test('JUnit is XML with the elements of a harmless report, and names as they are', () => {
  const tags = (report: string): string =>
    readXml(report)
      .map(({ tag }) => tag)
      .join();
  const harmless = tags(print('check junit', 'a'));
  expect(foundIn('check junit', (report) => [tags(report)].filter((each) => each !== harmless))).toEqual([]);
  const [, suite] = readXml(print('check junit', '<a> & "b"]]>'));
  expect(suite?.attributes['name']).toMatch(/^<a> & "b"\]\]>\d+\/<a> & "b"\]\]>\d+$/);
});

test('SARIF has messages without links and placeholders, which say what was meant', () => {
  const messages = (report: string): string[] => {
    const { results, tool } = (JSON.parse(report) as SarifLog).runs[0];
    return [
      ...results.map(({ message }) => message.text),
      ...tool.driver.rules.flatMap(({ shortDescription, help }) => [shortDescription.text, help.text]),
    ];
  };
  expect(
    foundIn('check sarif', (report) => messages(report).flatMap((each) => readSarif(each).special)),
  ).toEqual([]);
  const unsaid = (report: string, text: string): string[] => {
    const said = messages(report).map((each) => readSarif(each).text);
    return said.some((each) => each.includes(visible(text))) ? [] : said;
  };
  expect(foundIn('check sarif', unsaid)).toEqual([]);
});

interface SarifLog {
  readonly runs: readonly [
    {
      readonly results: readonly { readonly message: { readonly text: string } }[];
      readonly tool: { readonly driver: { readonly rules: readonly SarifRule[] } };
    },
  ];
}

interface SarifRule {
  readonly shortDescription: { readonly text: string };
  readonly help: { readonly text: string };
}

test('JSON holds names and values as they are', () => {
  const names = (report: string): string[] =>
    (
      JSON.parse(report) as { readonly findings: readonly { readonly object: { readonly name: string } }[] }
    ).findings.map(({ object }) => object.name);
  expect(
    foundIn('check json', (report, text) => names(report).filter((name) => !name.startsWith(text))),
  ).toEqual([]);
});

test('a long message, hint or name is cut, and says how much is left out', () => {
  const long = (format: string): string => print(format, 'x'.repeat(5000));
  expect(formats(/./).filter((format) => !long(format).includes('… (3003 more characters)'))).toEqual([]);
  expect(formats(/text|markdown/).filter((format) => long(format).includes('x'.repeat(2001)))).toEqual([]);
});
