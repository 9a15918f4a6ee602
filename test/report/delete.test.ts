import { createColors } from 'picocolors';
import type { DeletePlan, DeleteResult } from '../../lib/cluster/owned/delete';
import { DELETE_FORMATS, deletePlanText } from '../../lib/report/delete/formats';

const id = (kind: string, name: string) => ({ apiVersion: 'v1', kind, namespace: 'shop', name });
const plan: DeletePlan = {
  gone: [id('Service', 'web'), id('ConfigMap', 'web-\u001b[2J')],
  guarded: [{ id: id('PersistentVolumeClaim', 'data'), why: 'its data is deleted with it' }],
  kept: [{ id: id('ConfigMap', 'old'), why: 'annotation helm.sh/resource-policy: keep' }],
};

function printed(format: string, result: Partial<DeleteResult>): string {
  const cluster = { context: 'kind-dev', server: 'https://127.0.0.1:6443', version: 'v1.36.0' };
  const application = { name: 'shop', namespace: 'shop' };
  const all: DeleteResult = { outcome: 'deleted', plan, gone: plan.gone, failed: [], left: [], ...result };
  const print = DELETE_FORMATS.find(({ name }) => name === format)?.print;
  return print?.({ cluster, application, result: all }, createColors(false)) ?? '';
}

test('what goes and what stays is said before anybody is asked', () => {
  expect(deletePlanText(plan)).toBe(`2 objects to delete:
  Service shop/web
  ConfigMap shop/web-\\u001b[2J
Kept, since they hold data; --allow-data-loss names what may go:
  PersistentVolumeClaim shop/data: its data is deleted with it
Kept:
  ConfigMap shop/old: annotation helm.sh/resource-policy: keep
`);
  expect(deletePlanText({ gone: [], guarded: [], kept: [] })).toBe('Nothing is deleted.\n');
});

test.each<[string, Partial<DeleteResult>, string]>([
  ['deleted', {}, 'Deleted application shop/shop, but for 2 objects: 2 objects gone.\n'],
  [
    'deleted whole',
    { plan: { ...plan, guarded: [], kept: [] } },
    'Deleted application shop/shop: 2 objects gone.\n',
  ],
  [
    'failed',
    {
      outcome: 'failed',
      gone: [id('Service', 'web')],
      failed: [{ id: id('ConfigMap', 'a'), reason: 'forbidden' }],
    },
    'not deleted  ConfigMap shop/a: forbidden\nNot deleted: 1 object gone, 1 not, 0 not asked to go.\n',
  ],
  ['declined', { outcome: 'declined', gone: [] }, 'Nothing was deleted: it was not confirmed.\n'],
  ['interrupted', { outcome: 'interrupted' }, 'Interrupted: delete again to go on from here.\n'],
])('the end of a deletion: %s', (_, result, text) => {
  expect(printed('text', result)).toBe(text);
});

test('programs read what stays, and why', () => {
  expect(JSON.parse(printed('json', {}))).toMatchObject({
    outcome: 'deleted',
    deleted: [{ kind: 'Service', name: 'web' }, { kind: 'ConfigMap' }],
    plan: { guarded: [{ name: 'data', why: 'its data is deleted with it' }], kept: [{ name: 'old' }] },
  });
});
