import { github } from '../../../lib/report/check/github';
import { NOTHING, PLAIN, REPORT, reportOf } from './sample';

describe('the report as annotations of GitHub', () => {
  it('is one command a finding, at its line', () => {
    expect(github(REPORT, PLAIN)).toBe(
      '::error file=apps/shop.ts,line=2,title=Deployment shop/api (admission/invalid)::' +
        'spec.template.spec.containers[0].ports[0].containerPort: Invalid value: 99999: must be between 1 and 65535, inclusive' +
        ' (in shop/production, shop/staging)\n' +
        '::warning file=cdk8s.yaml,line=1,title=Service shop/cache (wiring/service-selects-nothing)::' +
        'spec.selector: no pod has the label app=cahce (in shop/production)%0ADid you mean app=cache?\n',
    );
  });

  it('has no character in it that would end a property or the command', () => {
    const said = github(
      reportOf({ origin: { source: 'a,b:c.ts:3' }, message: '100%\r\n::error::x', severity: 'info' }),
      PLAIN,
    );
    expect(said).toMatch(
      /^::notice file=a%2Cb%3Ac\.ts,line=3,title=[^\n]*::[^\n]*100%25\\r\\n::error::x[^\n]*\n$/,
    );
  });

  it('names errors first, since GitHub shows only some', () => {
    const [first] = REPORT.parts;
    const findings = [...(first?.findings ?? [])].map((finding, index) => ({
      ...finding,
      severity: index === 0 ? ('info' as const) : ('error' as const),
    }));
    const said = github({ ...REPORT, parts: [{ manifests: [], findings }] }, PLAIN);
    expect(said.match(/^::\w+/gm)).toEqual(['::error', '::notice']);
  });

  it('is empty when nothing was found', () => {
    expect(github(NOTHING, PLAIN)).toBe('');
  });
});
