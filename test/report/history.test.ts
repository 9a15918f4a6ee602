import { createColors } from 'picocolors';
import type { Revision } from '../../lib/cluster/revisions/revision';
import { HISTORY_FORMATS } from '../../lib/report/history/formats';

const revisions: readonly Revision[] = [
  {
    revision: 12,
    state: 'pending',
    at: '2026-11-26T10:00:00Z',
    by: 'system:serviceaccount:ci:deployer',
    origin: 'git 3f2a9c1e77aa, changed files; seaworthy 0.1.0',
    objects: 20,
    changes: { created: 2, none: 17, updated: 1 },
  },
  { revision: 9, state: 'applied', at: '2026-11-25T10:00:00Z', by: 'a\u001b[2J', objects: 3, changes: {} },
];

function printed(format: string): string {
  const cluster = { context: 'kind-dev', server: 'https://127.0.0.1:6443', version: 'v1.36.0' };
  const application = { name: 'shop', namespace: 'shop' };
  const print = HISTORY_FORMATS.find(({ name }) => name === format)?.print;
  return print?.({ cluster, application, revisions }, createColors(false)) ?? '';
}

test('history has a line a revision, the newest first', () => {
  expect(printed('text')).toBe(`kind-dev, application shop/shop

REVISION  STATE    WHEN                  BY                                 OBJECTS  CHANGES                  FROM
12        pending  2026-11-26T10:00:00Z  system:serviceaccount:ci:deployer  20       2 created and 1 updated  git 3f2a9c1e77aa, changed files; seaworthy 0.1.0
9         applied  2026-11-25T10:00:00Z  a\\u001b[2J                         3
`);
});

test('programs read all that is kept of a revision', () => {
  expect(JSON.parse(printed('json'))).toMatchObject({ name: 'shop', namespace: 'shop', revisions });
});
