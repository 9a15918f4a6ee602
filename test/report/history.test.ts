import { createColors } from 'picocolors';
import type { Revision } from '../../lib/cluster/revisions/revision';
import type { Unfinished } from '../../lib/cluster/owned/unfinished';
import { HISTORY_FORMATS } from '../../lib/report/history/formats';

const revisions: readonly Revision[] = [
  {
    revision: 12,
    state: 'pending',
    at: '2026-11-26T10:00:00Z',
    by: 'system:serviceaccount:ci:deployer',
    origin: 'git 3f2a9c1e77aa, changed files',
    version: '0.1.0',
    objects: 20,
    changes: { created: 2, none: 17, 'pods-replaced': 1 },
  },
  { revision: 9, state: 'applied', at: '2026-11-25T10:00:00Z', by: 'a\u001b[2J', objects: 3, changes: {} },
];

function printed(format: string, unfinished?: Unfinished): string {
  const cluster = { context: 'kind-dev', server: 'https://127.0.0.1:6443', version: 'v1.36.0' };
  const application = { name: 'shop', namespace: 'shop' };
  const print = HISTORY_FORMATS.find(({ name }) => name === format)?.print;
  return (
    print?.({ cluster, application, revisions, ...(unfinished && { unfinished }) }, createColors(false)) ?? ''
  );
}

test('history has a line a revision, the newest first', () => {
  expect(printed('text')).toBe(`kind-dev, application shop/shop

REVISION  STATE    WHEN                  BY                                 OBJECTS  CHANGES                     FROM
12        pending  2026-11-26T10:00:00Z  system:serviceaccount:ci:deployer  20       2 created and 1 rolled out  git 3f2a9c1e77aa, changed files
9         applied  2026-11-25T10:00:00Z  a\\u001b[2J                         3
`);
});

test('programs read all that is kept of a revision', () => {
  expect(JSON.parse(printed('json'))).toMatchObject({ name: 'shop', namespace: 'shop', revisions });
});

const id = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name });
const unfinished: Unfinished = {
  revision: 12,
  created: Array.from({ length: 12 }, (_, index) => id(`new-${index}`)),
  undeleted: [id('old')],
  going: [{ id: id('held'), reason: 'finalizer acme.com/a\u001b[2J' }],
};

test('history ends with what a run that did not end has left', () => {
  const [, left] = printed('text', unfinished).split('9         applied');
  expect(left?.split('\n').slice(1)).toEqual([
    '',
    'Revision 12 was not applied to its end: that run was interrupted, or still goes on.',
    '  Created since it began:',
    ...Array.from({ length: 10 }, (_, index) => `    ConfigMap shop/new-${index}`),
    '    and 2 more',
    '  Not yet deleted:',
    '    ConfigMap shop/old',
    'Being deleted, and still there:',
    '  ConfigMap shop/held: finalizer acme.com/a\\u001b[2J',
    '',
  ]);
  expect(JSON.parse(printed('json', unfinished))).toMatchObject({
    unfinished: { revision: 12, created: unfinished.created, going: [{ name: 'held' }] },
  });
});
