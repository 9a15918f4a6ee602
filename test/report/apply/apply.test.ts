import { createColors } from 'picocolors';
import type { ApplyEvent, ApplyResult, Progress } from '../../../lib/cluster/apply/types';
import type { WorkloadStatus } from '../../../lib/cluster/status/types';
import { APPLY_FORMATS } from '../../../lib/report/apply/formats';
import { EventLines } from '../../../lib/report/apply/lines';
import { after, NOTHING_SEEN, type Seen } from '../../../lib/report/apply/state';
import { viewLines } from '../../../lib/report/apply/view';
import { columnsOf, fitted } from '../../../lib/report/columns';
import { stayingLines } from '../../../lib/report/staying';
import { redactText } from '../../../lib/report/redact/text';

const plain = createColors(false);
const id = (name: string, kind = 'Deployment') => ({ apiVersion: 'apps/v1', kind, namespace: 'shop', name });

const status = (
  name: string,
  phases: readonly string[],
  more: Partial<WorkloadStatus> = {},
): WorkloadStatus => ({
  id: id(name),
  state: 'progressing',
  wanted: phases.length,
  ready: 0,
  updated: phases.length,
  pods: phases.map((phase, index) => ({
    name: `${name}-${index}`,
    phase,
    ready: '0/1',
    restarts: 0,
    age: 1,
    images: [],
  })),
  ...more,
});

const CRASH = 'container main ended with exit code 1, restarted 2 times';
const progress: readonly Progress[] = [
  { id: id('web'), state: 'ready', message: '' },
  {
    id: id('worker'),
    state: 'progressing',
    message: '',
    status: status('worker', ['Running', 'Pending', 'Running']),
  },
  {
    id: id('api'),
    state: 'failed',
    message: CRASH,
    status: status('api', ['CrashLoopBackOff'], { updated: 0 }),
  },
];

const screen = (columns: number, rows: number) => ({ columns, rows, paint: plain, hide: redactText });
const seen = (...events: readonly ApplyEvent[]): Seen => events.reduce(after, NOTHING_SEEN);

describe('the live view of an apply', () => {
  it('has a line for each object that is not ready, what failed first', () => {
    expect(viewLines(seen({ type: 'progress', progress }), 65, screen(100, 24))).toEqual([
      '1 of 3 objects ready, 1m5s',
      '✗ Deployment shop/api     0/1 ready, 0 updated  1 CrashLoopBackOff',
      `    ${CRASH}`,
      '… Deployment shop/worker  0/3 ready  1 Pending, 2 Running',
    ]);
  });

  it('tells the wave before there is something to wait for', () => {
    expect(viewLines(seen(), 0, screen(100, 24))).toEqual(['Planning, 0s']);
    const written = { type: 'written', id: id('a'), how: 'created', warnings: [] } as const;
    const wave = { type: 'wave', wave: 2, waves: 5, ids: [id('a')] } as const;
    expect(viewLines(seen(wave, written), 3, screen(100, 24))).toEqual(['Wave 2 of 5, 1 object written, 3s']);
    expect(viewLines(seen(wave, { type: 'rolling-back' }), 3, screen(14, 24))).toEqual(['Rolling back:…']);
  });

  it.each([
    [40, 24],
    [20, 6],
    [10, 4],
    [1, 1],
  ])('fits into %i columns and %i rows', (columns, rows) => {
    const many = Array.from({ length: 30 }, (_, index): Progress => {
      return {
        id: id(`日本語-${index}`),
        state: 'progressing',
        message: 'コンテナが起動しません🚀 and more',
      };
    });
    const lines = viewLines(seen({ type: 'progress', progress: many }), 5, screen(columns, rows));
    expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(Math.max(2, columns));
    expect(lines.length).toBeLessThanOrEqual(Math.max(2, rows - 1));
  });

  it('says how many objects have no room', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((name): Progress => ({
      id: id(name),
      state: 'progressing',
      message: '',
    }));
    expect(viewLines(seen({ type: 'progress', progress: many }), 5, screen(80, 6)).slice(-2)).toEqual([
      '… Deployment shop/b',
      '  and 3 more objects',
    ]);
    expect(viewLines(seen({ type: 'progress', progress: many }), 5, screen(80, 8))).toHaveLength(6);
  });
});

describe('lines for a log', () => {
  it('tell each change once', () => {
    const first = { type: 'progress', progress } as const;
    const lines = new EventLines();
    expect(lines.of(first, redactText)).toEqual([
      'Deployment shop/worker is not ready (0/3 ready)',
      `Deployment shop/api failed (0/1 ready, 0 updated): ${CRASH}`,
    ]);
    const [web, , api] = progress as [Progress, Progress, Progress];
    const next = [web, { id: id('worker'), state: 'ready', message: '' }, api] as const;
    expect(lines.of({ type: 'progress', progress: next }, redactText)).toEqual([
      'Deployment shop/worker is ready',
    ]);
    expect(lines.of({ type: 'progress', progress: next }, redactText)).toEqual([]);
  });

  it('tell a reason that comes and goes once, until the object is ready or is rolled back', () => {
    const lines = new EventLines();
    const told = (state: Progress['state'], message: string): string[] =>
      lines.of({ type: 'progress', progress: [{ id: id('api'), state, message }] }, redactText);
    const all = ['ErrImagePull', 'ImagePullBackOff', 'ErrImagePull', 'ImagePullBackOff'];
    expect(all.flatMap((reason) => told('progressing', reason))).toEqual([
      'Deployment shop/api is not ready: ErrImagePull',
      'Deployment shop/api is not ready: ImagePullBackOff',
    ]);
    expect(told('ready', '')).toEqual(['Deployment shop/api is ready']);
    expect(told('progressing', 'ErrImagePull')).toHaveLength(1);
    lines.of({ type: 'rolling-back' }, redactText);
    expect(told('progressing', 'ErrImagePull')).toHaveLength(1);
  });

  it('show no escape, and no secret', () => {
    const message = 'failed: postgres://shop:hunter22hunter@db/shop \u001b[2J';
    const refused = { id: id('api'), message, reason: 'Invalid' };
    expect(new EventLines().of({ type: 'refused', refused }, redactText)).toEqual([
      expect.stringMatching(/^Deployment shop\/api refused: failed: (?!.*hunter22).*\\u001b\[2J$/),
    ]);
  });
});

const result = (more: Partial<ApplyResult> = {}): ApplyResult => ({
  outcome: 'failed',
  plan: {
    changes: [],
    conflicts: [],
    refusals: [],
    differences: [],
    warnings: [],
    untried: [],
    alike: [],
    prune: [],
    guarded: [],
    kept: [],
  },
  written: [{ id: id('api'), how: 'updated' }],
  unchanged: [id('web')],
  pruned: [],
  failed: [],
  unsent: [],
  ...more,
});

function printed(format: string, of: ApplyResult): string {
  const cluster = { context: 'kind-dev', server: 'https://127.0.0.1:6443', version: 'v1.36.0' };
  const print = APPLY_FORMATS.find(({ name }) => name === format)?.print;
  return print?.({ cluster, name: 'shop', namespace: 'shop', result: of }, plain) ?? '';
}

describe('the result', () => {
  const failed = [
    {
      id: id('api'),
      reason: 'container main ended with exit code 1, restarted 3 times',
      lines: ['Given up after 3 restarts.', '  fatal: password=correct-horse-battery', '  \u001b[31mred'],
    },
  ];

  it('begins with the reason, and hides what looks like a secret', () => {
    const text = printed('text', result({ failed }));
    expect(text.replace(/password=\S+/, 'password=…'))
      .toBe(`Deployment shop/api: container main ended with exit code 1, restarted 3 times
  Given up after 3 restarts.
    fatal: password=…
    \\u001b[31mred

Failed: 1 object written.
kind-dev, shop in namespace shop: 1 updated, 1 unchanged, 1 not ready
`);
    expect(text + printed('json', result({ failed }))).not.toContain('correct-horse');
  });

  it('says why nothing was written, and how to go on', () => {
    const { plan } = result();
    const conflicts = [
      { id: id('api'), path: 'spec.replicas', manager: 'kubectl-edit', since: '2026-01-02T00:00:00Z' },
    ];
    const refusals = [{ id: id('web'), message: 'exceeded quota: few', reason: 'Forbidden' }];
    const refused = result({ outcome: 'refused', written: [], plan: { ...plan, conflicts, refusals } });
    expect(printed('text', refused)).toBe(`Deployment shop/web: exceeded quota: few

Deployment shop/api: spec.replicas is held by kubectl-edit, since 2026-01-02T00:00:00Z
  --take-ownership takes fields over, such as Deployment/api:spec.replicas.

Nothing was applied.
kind-dev, shop in namespace shop: 1 unchanged, 1 refused, 1 in conflict
`);
    const outdated = result({ outcome: 'refused', outdated: ['Deployment shop/api has changed'] });
    expect(printed('text', outdated)).toMatch(
      /^The reviewed plan no longer holds:\n {2}Deployment shop\/api/,
    );
  });

  it('says that it was rolled back, and how much stays', () => {
    const guarded = [{ id: id('data', 'PersistentVolumeClaim'), why: 'its data is deleted with it' }];
    const kept = [{ id: id('old', 'ConfigMap'), why: 'annotation helm.sh/resource-policy: keep' }];
    expect(stayingLines({ guarded, kept })).toEqual([
      'Kept, since they hold data; --allow-data-loss names what may go:',
      '  PersistentVolumeClaim shop/data: its data is deleted with it',
      'Kept:',
      '  ConfigMap shop/old: annotation helm.sh/resource-policy: keep',
    ]);
    expect(stayingLines({ guarded: [], kept: [] })).toEqual([]);
    const { plan } = result();
    const text = printed(
      'text',
      result({ failed, rolledBack: true, plan: { ...plan, guarded, kept }, revision: 4 }),
    );
    expect(text).toMatch(
      /Failed, and rolled back to what was there before\.\n.*, 2 kept, 1 not ready; revision 4\n$/,
    );
  });

  it('tells what is not ready after a rollback, without secrets', () => {
    const unready = [{ id: id('web'), reason: 'password=hunter2hunter2', lines: ['token: hunter2hunter2'] }];
    const broken = result({ failed, rolledBack: true, unready });
    const text = printed('text', broken);
    expect(text).toMatch(/After the rollback, this is not ready:\n\nDeployment shop\/web: /);
    expect(text).toMatch(
      /rolled back to what was there before, of which 1 object is not ready: see above\.\n/,
    );
    const json = printed('json', broken);
    expect(JSON.parse(json)).toMatchObject({ unready: [{ kind: 'Deployment', name: 'web' }] });
    expect(text + json).not.toMatch('hunter2');
    const well = result({ failed, rolledBack: true, unready: [] });
    expect(printed('text', well)).toMatch(/Failed, and rolled back to what was there before\.\n/);
    const rolling = [{ type: 'progress', progress }, { type: 'rolling-back' }] as const;
    expect(viewLines(seen(...rolling), 3, screen(100, 24))).toEqual(['Rolling back: Planning, 3s']);
  });

  it('has stable names for programs', () => {
    const read = JSON.parse(printed('json', result({ failed, revision: 4 }))) as Record<string, unknown>;
    expect(read).toMatchObject({
      outcome: 'failed',
      revision: 4,
      written: [{ kind: 'Deployment', namespace: 'shop', name: 'api', how: 'updated' }],
      failed: [{ kind: 'Deployment', name: 'api', reason: failed[0]?.reason }],
      plan: { changes: [], conflicts: [] },
    });
  });
});

describe('columns', () => {
  it('count wide characters twice, and marks not at all', () => {
    expect(['abc', '日本', 'ｱ', 'e\u0301', '🚀', 'ﬁ'].map(columnsOf)).toEqual([3, 4, 1, 1, 2, 1]);
  });

  it('cut no wide character in half', () => {
    expect(fitted('日本語', 5)).toBe('日本…');
    expect(fitted('日本語', 4)).toBe('日…');
    expect(fitted('日本語', 6)).toBe('日本語');
    expect(fitted('abc', 0)).toBe('');
  });
});
