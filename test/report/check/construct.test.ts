import { junit } from '../../../lib/report/check/junit';
import { markdown } from '../../../lib/report/check/markdown';
import { text } from '../../../lib/report/check/text';
import type { CheckReport } from '../../../lib/report/check/report';
import { idOf, manifest, PLAIN } from './sample';

const api = idOf('Deployment', 'api');
const origin = { construct: 'shop/api', chart: 'shop' };
const REPORT: CheckReport = {
  version: '1.2.3',
  rules: [],
  failOn: 'error',
  fallback: 'cdk8s.yaml',
  parts: [
    {
      manifests: [manifest(api, origin)],
      findings: [
        { rule: 'admission/invalid', severity: 'error', id: api, path: 'spec', message: 'is wrong', origin },
      ],
    },
  ],
};

test('where the line is not known, as in an app of cdk8s, reports name the construct', () => {
  expect(text(REPORT, PLAIN)).toContain('shop/api\n  Deployment shop/api\n    error');
  expect(markdown(REPORT, PLAIN)).toContain('**`shop/api` · `Deployment shop/api`**');
  expect(junit(REPORT, PLAIN)).toContain('at shop/api');
});
