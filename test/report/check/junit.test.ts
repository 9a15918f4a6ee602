import { junit } from '../../../lib/report/check/junit';
import { NOTHING, PLAIN, REPORT, reportOf } from './sample';

describe('the report as JUnit', () => {
  it('has a suite an environment, a case a finding, and one for an object without', () => {
    expect(junit(REPORT, PLAIN)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="seaworthy check" tests="4" failures="2">
  <testsuite name="shop/production" tests="2" failures="1">
    <testcase classname="Deployment shop/api" name="admission/invalid spec.template.spec.containers[0].ports[0].containerPort" file="apps/shop.ts" line="2">
      <failure type="error" message="Invalid value: 99999: must be between 1 and 65535, inclusive">Invalid value: 99999: must be between 1 and 65535, inclusive
at apps/shop.ts:2</failure>
    </testcase>
    <testcase classname="Service shop/cache" name="wiring/service-selects-nothing spec.selector">
      <system-out>warning: no pod has the label app=cahce
Did you mean app=cache?</system-out>
    </testcase>
  </testsuite>
  <testsuite name="shop/staging" tests="2" failures="1">
    <testcase classname="Deployment shop/api" name="admission/invalid spec.template.spec.containers[0].ports[0].containerPort" file="apps/shop.ts" line="2">
      <failure type="error" message="Invalid value: 99999: must be between 1 and 65535, inclusive">Invalid value: 99999: must be between 1 and 65535, inclusive
at apps/shop.ts:2</failure>
    </testcase>
    <testcase classname="Service shop/cache" name="no findings"/>
  </testsuite>
</testsuites>
`);
  });

  it('fails a case from the severity on that fails the check', () => {
    expect(junit({ ...REPORT, failOn: 'warning' }, PLAIN)).toContain('tests="2" failures="2"');
  });

  it('passes every object when nothing was found', () => {
    expect(junit(NOTHING, PLAIN)).toContain('<testsuites name="seaworthy check" tests="4" failures="0">');
  });

  it('is XML whatever is said', () => {
    const said = junit(reportOf({ severity: 'error', message: 'a <b> & "c"\n\u0000\ud800d' }), PLAIN);
    expect(said).toContain('message="a &lt;b&gt; &amp; &quot;c&quot;\\n\\u0000\\ud800d"');
    expect(said).not.toMatch(/[\x00-\x08]/);
  });
});
