import { json } from '../../../lib/report/check/json';
import { NOTHING, PLAIN, REPORT } from './sample';

describe('the report for programs', () => {
  it('says what, where and how much it matters, of each environment', () => {
    const report = JSON.parse(json(REPORT, PLAIN)) as { findings: unknown[] };
    expect(report).toMatchObject({
      version: 1,
      seaworthy: '1.2.3',
      summary: { objects: 4, errors: 2, warnings: 1, infos: 0 },
    });
    expect(report.findings).toHaveLength(3);
    expect(report.findings[0]).toEqual({
      rule: 'admission/invalid',
      severity: 'error',
      app: 'shop',
      environment: 'production',
      object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'api' },
      path: 'spec.template.spec.containers[0].ports[0].containerPort',
      message: 'Invalid value: 99999: must be between 1 and 65535, inclusive',
      construct: 'production/shop/api',
      source: { file: 'apps/shop.ts', line: 2 },
    });
    expect(report.findings[1]).toMatchObject({ hint: 'Did you mean app=cache?' });
    expect(report.findings[1]).not.toHaveProperty('source');
  });

  it('holds an empty list when nothing was found', () => {
    expect(JSON.parse(json(NOTHING, PLAIN))).toMatchObject({ summary: { errors: 0 }, findings: [] });
  });
});
