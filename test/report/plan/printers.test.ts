import { createColors } from 'picocolors';
import type { Change, Consequence } from '../../../lib/plan/change';
import { json } from '../../../lib/report/plan/json';
import { markdown } from '../../../lib/report/plan/markdown';
import type { PlanPart, PlanReport } from '../../../lib/report/plan/report';
import { text } from '../../../lib/report/plan/text';

const plain = createColors(false);

function change(name: string, more: Partial<Change> = {}): Change {
  return {
    id: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name },
    effect: 'updated',
    fields: [],
    consequences: [],
    ...more,
  };
}

function consequence(
  kind: Consequence['kind'],
  severity: Consequence['severity'],
  message: string,
): Consequence {
  return { kind, severity, message };
}

function reportOf(parts: readonly PlanPart[], more: Partial<PlanReport> = {}): PlanReport {
  const [before, after] = [{ name: 'dist/' }, { name: 'the app' }];
  return {
    version: '1.0.0',
    before,
    after,
    parts,
    mode: 'change',
    apply: 'server-side',
    refused: [],
    full: false,
    ...more,
  };
}

const single = (...changes: readonly Change[]): PlanPart[] => [{ place: '', changes }];

describe('a plan as text', () => {
  it('puts the worst first, whatever it is about', () => {
    const consequences = [
      consequence('data', 'info', 'It grows.'),
      consequence('rollout', 'info', 'It rolls.'),
      consequence('traffic', 'warning', 'It loses pods.'),
      consequence('downtime', 'error', 'It stops.'),
      consequence('downtime', 'info', 'It pauses.'),
    ];
    const printed = text(reportOf(single(change('a', { consequences }))), plain);
    expect(printed.match(/It \w+/g)).toEqual(['It stops', 'It pauses', 'It loses', 'It grows', 'It rolls']);
  });

  it('tells once what is alike in several places', () => {
    const consequences = [consequence('traffic', 'warning', 'It loses pods.')];
    const changes = [change('a', { consequences, origin: { source: 'a.ts:3' } })];
    const parts = ['staging', 'production'].map((place) => ({ place, changes }));
    const printed = text(reportOf(parts), plain);
    expect(printed.match(/It loses pods/g)).toHaveLength(1);
    expect(printed).toContain('ConfigMap shop/a, a.ts:3, in staging and production\n');
    expect(printed).toMatch(/\n2 updated\n$/);
  });

  it('folds what there is much of, unless all is asked for', () => {
    const fields = Array.from({ length: 12 }, (_, index) => ({ path: `data.f${index}`, after: index }));
    const many = single(...Array.from({ length: 30 }, (_, index) => change(`c${index}`, { fields })));
    const folded = text(reportOf(many), plain);
    expect(folded).toContain('… and 10 more objects: --full');
    expect(folded).toContain('… and 4 more fields: --full');
    const full = text(reportOf(many, { full: true }), plain);
    expect(full).not.toContain('--full');
    expect(full.match(/data\.f11: \(none\) → 11/g)).toHaveLength(30);
  });

  it('shows of long values where they differ, and tells text from numbers', () => {
    const long = 'x'.repeat(100);
    const fields = [
      { path: 'data.a', before: `${long}-old`, after: `${long}-new` },
      { path: 'data.b', before: '1', after: 1 },
      { path: 'data.c', before: '20Gi', after: 'a b' },
    ];
    const printed = text(reportOf(single(change('a', { fields }))), plain);
    expect(printed).toMatch(/data\.a: …x+-old → …x+-new\n/);
    expect(printed).toContain('data.b: "1" → 1\n');
    expect(printed).toContain('data.c: 20Gi → "a b"\n');
  });

  it('lists every reason of a rejection that has several', () => {
    const reason = { rule: 'admission/invalid', severity: 'error', id: change('a').id } as const;
    const reasons = ['spec.a', 'spec.b'].map((path) => ({ ...reason, path, message: 'cannot be changed' }));
    const printed = text(reportOf(single(change('a', { effect: 'rejected', reasons }))), plain);
    expect(printed).toContain(
      '    rejected: spec.a: cannot be changed\n    rejected: spec.b: cannot be changed\n',
    );
  });
});

describe('a plan as Markdown', () => {
  it('opens what is bad, folds the rest, and mentions nobody', () => {
    const consequences = [
      consequence('rejected', 'error', 'It is refused, <b> @acme.'),
      consequence('rollout', 'info', 'It rolls.'),
    ];
    const printed = markdown(
      reportOf(single(change('a', { effect: 'rejected', consequences })), { refused: ['rejected'] }),
      plain,
    );
    expect(printed).toMatch(/^<!-- seaworthy plan -->\n### ❌ 1 rejected; failed: rejected \(--fail-on\)\n/);
    expect(printed).toContain('<details open><summary><b>❌ Rejected: 1</b></summary>');
    expect(printed).toContain('<details><summary><b>ℹ️ Rollout: 1</b></summary>');
    expect(printed).toContain('&lt;b&gt; `@acme`.<br>');
  });

  it('is never longer than a comment may be, and says what it left out', () => {
    const fields = [{ path: 'data.a', before: 'x'.repeat(500), after: 'y'.repeat(500) }];
    const many = Array.from({ length: 2000 }, (_, index) =>
      change(`c${index}`, {
        fields,
        consequences: [consequence('traffic', 'warning', `It loses pods ${index}.`)],
      }),
    );
    const printed = markdown(reportOf(single(...many)), plain);
    expect(printed.length).toBeLessThan(60_000);
    expect(printed).toMatch(/\n\d+ more left out, as a comment takes no more\.\n$/);
    expect(printed).toContain('It loses pods 0.');
  });

  it.each([
    ['✅ Nothing changes in 1 object', [change('a', { effect: 'none' })]],
    ['✅ 1 updated', [change('a')]],
    ['⚠️ 1 updated', [change('a', { consequences: [consequence('traffic', 'warning', 'It loses pods.')] })]],
  ])('begins with %s', (title, changes) => {
    expect(markdown(reportOf(single(...changes)), plain)).toContain(`### ${title}\n`);
  });
});

describe('a plan as JSON', () => {
  it('leaves out what stays as it is, but for its count', () => {
    const quiet = change('b', { effect: 'none' });
    const parts = [{ place: 'production', changes: [change('a', { origin: { source: 'a.ts:3' } }), quiet] }];
    expect(JSON.parse(json(reportOf(parts), plain))).toMatchObject({
      version: 1,
      summary: { updated: 1, unchanged: 1 },
      changes: [{ place: 'production', object: { name: 'a' }, source: { file: 'a.ts', line: 3 } }],
    });
  });
});

it('of two that are both there, a report says how they differ', () => {
  const changes = [change('a', { effect: 'created' }), change('b', { effect: 'rejected' }), change('c')];
  const [before, after] = [{ name: 'staging' }, { name: 'production' }];
  const printed = text(reportOf(single(...changes), { mode: 'difference', before, after }), plain);
  expect(printed).toMatch(/\n2 different, 1 only in production\n$/);
});
