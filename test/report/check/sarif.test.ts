import { sarif } from '../../../lib/report/check/sarif';
import { NOTHING, PLAIN, REPORT, reportOf } from './sample';

interface Log {
  readonly version: string;
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex?: number;
        readonly level: string;
        readonly partialFingerprints: Readonly<Record<string, string>>;
      }[];
    },
  ];
}

function log(report = REPORT): Log['runs'][0] {
  return (JSON.parse(sarif(report, PLAIN)) as Log).runs[0];
}

describe('the report as SARIF', () => {
  it('describes the rules that found something, and points to them', () => {
    const { tool, results } = log();
    expect(tool.driver).toMatchObject({ name: 'Seaworthy', semanticVersion: '1.2.3' });
    expect(tool.driver.rules).toMatchObject([
      {
        id: 'wiring/service-selects-nothing',
        shortDescription: { text: 'Finds a Service that selects no pod.' },
        defaultConfiguration: { level: 'error' },
        help: { markdown: expect.stringContaining('```yaml\na: 1\n```') as string },
      },
      { id: 'admission/invalid' },
    ]);
    for (const { ruleId, ruleIndex = -1 } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  });

  it('has one result for what several environments share, at its line, with its construct', () => {
    const { results } = log();
    expect(results).toHaveLength(2);
    expect(results[0]).toMatchObject({
      level: 'error',
      message: {
        text: expect.stringMatching(
          /^Deployment shop\/api \(in shop\/production, shop\/staging\) spec\./,
        ) as string,
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'apps/shop.ts', uriBaseId: '%SRCROOT%' },
            region: { startLine: 2 },
          },
          logicalLocations: [
            { kind: 'object' },
            { kind: 'construct', fullyQualifiedName: 'production/shop/api' },
          ],
        },
      ],
    });
  });

  it('shows a finding without a place at the file of the project, as GitHub takes none without', () => {
    expect(log().results[1]).toMatchObject({
      level: 'warning',
      locations: [
        { physicalLocation: { artifactLocation: { uri: 'cdk8s.yaml' }, region: { startLine: 1 } } },
      ],
    });
  });

  it('writes paths as URIs', () => {
    const uri = (source: string) => log(reportOf({ origin: { source } })).results[0];
    const at = (artifactLocation: object) => ({ locations: [{ physicalLocation: { artifactLocation } }] });
    expect(uri('my apps/ü#1.ts:3')).toMatchObject(
      at({ uri: 'my%20apps/%C3%BC%231.ts', uriBaseId: '%SRCROOT%' }),
    );
    expect(uri('/etc/a.yaml:3')).toMatchObject(at({ uri: 'file:///etc/a.yaml' }));
  });

  it('knows a finding again when only its line has moved', () => {
    const print = (finding: Parameters<typeof reportOf>[0]) =>
      log(reportOf(finding)).results[0]?.partialFingerprints;
    const before = print({ origin: { source: 'a.ts:1' } });
    expect(before).toEqual({ primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{32}$/) as string });
    expect(print({ origin: { source: 'a.ts:9' } })).toEqual(before);
    expect(print({ path: 'spec' })).not.toEqual(before);
  });

  it('has no index for a rule that nothing is known of', () => {
    expect(log(reportOf({ rule: 'custom/mine' })).results[0]).not.toHaveProperty('ruleIndex');
  });

  it('has no results when nothing was found', () => {
    expect(log(NOTHING).results).toEqual([]);
  });
});
