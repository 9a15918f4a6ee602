import { text } from '../../../lib/report/check/text';
import type { Finding } from '../../../lib/check/finding';
import { idOf, NOTHING, PLAIN, REPORT, reportOf } from './sample';

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

  describe('of what says the same', () => {
    const found = (count: number, more: Partial<Finding> = {}): Finding[] =>
      Array.from({ length: count }, (_, index) => ({
        rule: 'wiring/object-missing',
        severity: 'warning' as const,
        id: idOf('Service', `a${index}`),
        path: `spec.list[${index}].name`,
        message: 'Gateway "edge" not found',
        hint: 'Add it.',
        origin: { source: `deploy/${index}.yaml:3` },
        ...more,
      }));
    const shown = (findings: readonly Finding[], environment?: string): string =>
      text(
        {
          ...NOTHING,
          parts: [{ manifests: [], findings, ...(environment !== undefined && { environment }) }],
        },
        PLAIN,
      );

    it('at many places shows the first, and a line for each of the others', () => {
      expect(shown(found(5))).toBe(`deploy/0.yaml:3
  Service shop/a0
    warning  spec.list[0].name: Gateway "edge" not found [wiring/object-missing]
             Add it.
             The same at 4 other places:
               deploy/1.yaml:3  Service shop/a1
               deploy/2.yaml:3  Service shop/a2
               deploy/3.yaml:3  Service shop/a3
               deploy/4.yaml:3  Service shop/a4

5 warnings in 0 objects
`);
    });

    it('leaves the rest of an object where it is', () => {
      const other = found(3, { message: 'another' })[2];
      const report = shown([...found(5), ...(other === undefined ? [] : [other])]);
      expect(report).toContain('deploy/2.yaml:3\n  Service shop/a2\n    warning  spec.list[2].name: another');
    });

    it('names the environment, and the construct of what has no line', () => {
      const origin = { construct: 'shop/edge' };
      expect(shown(found(5, { origin }), 'production')).toContain(
        '\n               shop/edge  Service shop/a1 in production\n',
      );
      const folder = shown(found(5), 'deploy');
      expect(folder).toContain('  Service shop/a0 in deploy\n');
      expect(folder).toContain('\n               deploy/1.yaml:3  Service shop/a1\n');
    });

    it.each([
      ['few places', found(4)],
      ['errors', found(5, { severity: 'error' })],
      ['other hints', found(5).map((each, index) => ({ ...each, hint: `Add ${index}.` }))],
      ['other rules', found(5).map((each, index) => ({ ...each, rule: `wiring/a${index}` }))],
    ])('shows each of %s', (_, findings) => {
      const report = shown(findings);
      expect(report).not.toContain('The same at');
      for (const { path } of findings) expect(report).toContain(` ${path}: Gateway "edge" not found`);
    });
  });
});
