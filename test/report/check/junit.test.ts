import { junit, junitForGitLab } from '../../../lib/report/check/junit';
import { NOTHING, PLAIN, REPORT, reportOf } from './sample';

/** The attributes that we write, which `junit-10.xsd` of the plugin has; of a suite, it requires these four. */
const JENKINS: Readonly<Record<string, readonly string[]>> = {
  testsuites: ['name', 'tests', 'failures', 'errors'],
  testsuite: ['name', 'tests', 'failures', 'errors'],
  testcase: ['classname', 'name'],
  failure: ['type', 'message'],
  'system-out': [],
};

describe('the report as JUnit', () => {
  it('has a suite an environment, a case a finding, and one for an object without', () => {
    expect(junit(REPORT, PLAIN)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="seaworthy check" tests="4" failures="2" errors="0">
  <testsuite name="shop/production" tests="2" failures="1" errors="0">
    <testcase classname="Deployment shop/api" name="admission/invalid spec.template.spec.containers[0].ports[0].containerPort">
      <failure type="error" message="Invalid value: 99999: must be between 1 and 65535, inclusive">Invalid value: 99999: must be between 1 and 65535, inclusive
at apps/shop.ts:2</failure>
    </testcase>
    <testcase classname="Service shop/cache" name="wiring/service-selects-nothing spec.selector">
      <system-out>warning: no pod has the label app=cahce
Did you mean app=cache?</system-out>
    </testcase>
  </testsuite>
  <testsuite name="shop/staging" tests="2" failures="1" errors="0">
    <testcase classname="Deployment shop/api" name="admission/invalid spec.template.spec.containers[0].ports[0].containerPort">
      <failure type="error" message="Invalid value: 99999: must be between 1 and 65535, inclusive">Invalid value: 99999: must be between 1 and 65535, inclusive
at apps/shop.ts:2</failure>
    </testcase>
    <testcase classname="Service shop/cache" name="no findings"/>
  </testsuite>
</testsuites>
`);
  });

  it('has only attributes that the xUnit plugin of Jenkins takes, and all that it requires', () => {
    for (const report of [REPORT, NOTHING])
      for (const [, element = '', attributes = ''] of junit(report, PLAIN).matchAll(
        /<(\w[\w-]*)((?: \w+="[^"]*")*)/g,
      )) {
        const names = [...attributes.matchAll(/(\w+)=/g)].map(([, name]) => name);
        expect([element, names]).toEqual([element, JENKINS[element]]);
      }
  });

  it('has the file and line of each case for GitLab', () => {
    const cases = junitForGitLab(REPORT, PLAIN).match(/<testcase .*/g);
    expect(cases?.map((text) => / file="(.*)" line="(\d+)"/.exec(text)?.slice(1))).toEqual([
      ['apps/shop.ts', '2'],
      undefined,
      ['apps/shop.ts', '2'],
      undefined,
    ]);
  });

  it('fails a case from the severity on that fails the check', () => {
    expect(junit({ ...REPORT, failOn: 'warning' }, PLAIN)).toContain('tests="2" failures="2"');
  });

  it('passes every object when nothing was found', () => {
    expect(junit(NOTHING, PLAIN)).toContain(
      '<testsuites name="seaworthy check" tests="4" failures="0" errors="0">',
    );
  });

  it('is XML whatever is said', () => {
    const said = junit(reportOf({ severity: 'error', message: 'a <b> & "c"\n\u0000\ud800d' }), PLAIN);
    expect(said).toContain('message="a &lt;b&gt; &amp; &quot;c&quot;\\n\\u0000\\ud800d"');
    expect(said).not.toMatch(/[\x00-\x08]/);
  });
});
