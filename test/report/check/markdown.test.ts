import { markdown } from '../../../lib/report/check/markdown';
import { NOTHING, PLAIN, REPORT, reportOf } from './sample';

describe('the report for a pull request', () => {
  it('shows the counts by environment, and unfolds errors only', () => {
    expect(markdown(REPORT, PLAIN)).toBe(`<!-- seaworthy check -->
### ❌ Seaworthy: 1 error and 1 warning

| | objects | errors | warnings | infos |
|---|--:|--:|--:|--:|
| \`shop/production\` | 2 | 1 | 1 | 0 |
| \`shop/staging\` | 2 | 1 | 0 | 0 |

<details open><summary><b>❌ 1 error</b></summary>

**\`apps/shop.ts:2\` · \`Deployment shop/api\` · shop/production, shop/staging**
- \`spec.template.spec.containers[0].ports[0].containerPort\`: Invalid value: 99999: must be between 1 and 65535, inclusive <sub>admission/invalid</sub>

</details>

<details><summary><b>⚠️ 1 warning</b></summary>

**\`Service shop/cache\` · shop/production**
- \`spec.selector\`: no pod has the label app=cahce <sub>wiring/service-selects-nothing</sub><br>Did you mean app=cache?

</details>
`);
  });

  it('names the lines that called the function that made an object', () => {
    const origin = { source: 'apps/shop.ts:2', calledFrom: ['apps/main.ts:7'] };
    expect(markdown(reportOf({ origin }), PLAIN)).toContain(
      '**`apps/shop.ts:2`, called from `apps/main.ts:7` · `Service',
    );
  });

  it('says in its heading that nothing was found', () => {
    expect(markdown(NOTHING, PLAIN)).toContain('### ✅ Seaworthy: no findings in 4 objects\n');
  });

  it('takes what is said literally, and mentions nobody', () => {
    const said = markdown(
      reportOf({ message: 'a *b* <i> nginx@sha256:1 #12 `x` |', path: 'data[a`b]' }),
      PLAIN,
    );
    expect(said).toContain('- `` data[a`b] ``: a \\*b\\* &lt;i&gt; `nginx@sha256:1` `#12` \\`x\\` \\|');
  });

  it('leaves out what a comment has no room for, warnings before errors, and says how much', () => {
    const [part] = REPORT.parts;
    const findings = Array.from({ length: 2000 }, (_, i) => ({
      rule: 'a/b',
      severity: i < 1990 ? ('warning' as const) : ('error' as const),
      id: { apiVersion: 'v1', kind: 'Service', name: `s${i}` },
      path: '',
      message: 'x'.repeat(100),
    }));
    const said = markdown({ ...REPORT, parts: [{ manifests: part?.manifests ?? [], findings }] }, PLAIN);
    expect(said.length).toBeLessThan(60_000);
    expect(said).toContain('`Service s1999`');
    expect(said).toMatch(/\n\d+ objects with findings left out: a comment cannot be longer\.\n$/);
  });
});
