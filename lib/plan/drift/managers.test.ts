import type { KubeObject } from '../../manifest/manifest';
import { applierOf } from './managers';

const appliedBy = (...managers: readonly string[]): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'a',
    managedFields: managers.map((manager) => ({ manager, operation: 'Apply', fieldsV1: {} })),
  },
});

test.each<[string, readonly KubeObject[], string]>([
  ['nobody has applied any', [appliedBy()], 'seaworthy'],
  [
    'others have applied most',
    [appliedBy('seaworthy'), appliedBy('kubectl'), appliedBy('kubectl')],
    'kubectl',
  ],
  ['each object has both', [appliedBy('kubectl', 'seaworthy')], 'seaworthy'],
  ['Seaworthy has applied most', [appliedBy('kubectl', 'seaworthy'), appliedBy('seaworthy')], 'seaworthy'],
])('where %s, they apply', (_, objects, manager) => {
  expect(applierOf(objects)).toBe(manager);
});
