import { defaultsOf } from '../../../lib/apiserver/defaults';
import { droppedFields } from '../../../lib/apiserver/gated-fields';
import { lookup, releases } from '../../../lib/kube/schema';
import type { StructSchema } from '../../../lib/kube/schema';

function structAt(apiVersion: string, kind: string, ...path: string[]): StructSchema {
  const found = lookup('1.36', apiVersion, kind, path);
  if (!found.ok || found.schema.type !== 'struct') throw new Error(`no struct at ${path.join('.')}`);
  return found.schema.struct();
}

it('knows the defaults that the API declares and those that are code in the server', () => {
  const port = structAt('v1', 'Service', 'spec');
  expect(defaultsOf(port).get('type')).toBe('ClusterIP');
  expect(defaultsOf(structAt('v1', 'Pod', 'spec')).get('terminationGracePeriodSeconds')).toBe(30);
});

it('drops a field in the releases in which its gate is closed', () => {
  const dropping = releases.filter((release) =>
    droppedFields('batch/v1.JobSpec', release).includes('managedBy'),
  );
  expect(dropping).toEqual(['1.27', '1.28', '1.29', '1.30', '1.31']);
  expect(droppedFields('core/v1.Lifecycle', '1.36')).toEqual(['stopSignal']);
  expect(droppedFields('core/v1.Secret', '1.27')).toEqual([]);
});
