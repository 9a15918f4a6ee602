import { text } from '../../../lib/report/check/text';
import { NOTHING, PLAIN, REPORT, reportOf } from './sample';

describe('the report for people', () => {
  it('shows line, code, object, field, message and way out, and a count at the end', () => {
    expect(text(REPORT, PLAIN)).toBe(`apps/shop.ts:2
    1 | one();
  > 2 | two();
    3 |
  Deployment shop/api in shop/production, shop/staging
    error    spec.template.spec.containers[0].ports[0].containerPort: Invalid value: 99999: must be between 1 and 65535, inclusive [admission/invalid]

  Service shop/cache in shop/production
    warning  spec.selector: no pod has the label app=cahce [wiring/service-selects-nothing]
             Did you mean app=cache?

1 error and 1 warning in 4 objects in 2 environments
`);
  });

  it('is one line when there is nothing to say', () => {
    expect(text(NOTHING, PLAIN)).toBe('4 objects in 2 environments: no findings\n');
  });

  it('counts folders that are judged one by one as what they are', () => {
    const parts = NOTHING.parts.map((part) => ({ ...part, isFolder: true }));
    expect(text({ ...NOTHING, parts }, PLAIN)).toBe('4 objects in 2 separate parts: no findings\n');
  });

  it('colours severities and the count', () => {
    const tag = (name: string) => (words: string) => `<${name}>${words}</${name}>`;
    const paint = { ...PLAIN.paint, red: tag('red'), yellow: tag('yellow'), green: tag('green') };
    const shown = text(REPORT, { ...PLAIN, paint });
    expect(shown).toContain('<red>error  </red>');
    expect(shown).toContain('<yellow>warning</yellow>');
    expect(shown).toContain('<red>1 error and 1 warning in 4 objects in 2 environments</red>');
    expect(text(NOTHING, { ...PLAIN, paint })).toMatch(/^<green>/);
  });

  it('shows no code that makes a Secret', () => {
    const origin = { source: 'apps/shop.ts:2' };
    expect(
      text(reportOf({ origin, id: { apiVersion: 'v1', kind: 'Secret', name: 'a' } }), PLAIN),
    ).not.toContain('two();');
    expect(text(reportOf({ origin }), PLAIN)).toContain('two();');
  });

  it('names the lines that called the function that made an object', () => {
    const origin = { source: 'apps/shop.ts:2', calledFrom: ['apps/main.ts:7', 'apps/main.ts:9'] };
    expect(text(reportOf({ origin }), PLAIN)).toMatch(
      /^apps\/shop\.ts:2, called from apps\/main\.ts:7, apps\/main\.ts:9\n {4}1 \| one/,
    );
  });

  it('does without the code of a file that cannot be read, and of a line that is not there', () => {
    expect(text(reportOf({ origin: { source: 'gone.ts:2' } }), PLAIN)).toMatch(/^gone\.ts:2\n {2}Service/);
    expect(text(reportOf({ origin: { source: 'apps/shop.ts:9' } }), PLAIN)).toMatch(
      /^apps\/shop\.ts:9\n {2}Service/,
    );
  });
});
