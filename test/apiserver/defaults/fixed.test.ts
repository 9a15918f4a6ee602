import { defaultsOf } from '../../../lib/apiserver/defaults';
import { droppedFields } from '../../../lib/apiserver/gated-fields';
import { defaultGates } from '../../../lib/kube/feature-gates';
import { lookup, releases } from '../../../lib/kube/schema';
import type { KubernetesRelease, StructSchema } from '../../../lib/kube/schema';

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

function fieldsOf(goType: string, kubernetes: KubernetesRelease): string[] {
  return droppedFields(goType, defaultGates(kubernetes)).map(([field]) => field);
}

it('drops a field in the releases that have it with its gate closed', () => {
  const dropping = releases.filter((release) => fieldsOf('batch/v1.JobSpec', release).includes('managedBy'));
  expect(dropping).toEqual(['1.30', '1.31']);
  expect(fieldsOf('core/v1.Lifecycle', '1.36')).toEqual(['stopSignal']);
  expect(fieldsOf('core/v1.Secret', '1.27')).toEqual([]);
});
