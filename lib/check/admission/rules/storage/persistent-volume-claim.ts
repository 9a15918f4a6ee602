import type { Field } from '../../field';
import { claimSpec } from '../claims';
import type { KindRule } from '../kind-rule';

export const persistentVolumeClaim: KindRule = {
  kind: '/PersistentVolumeClaim',
  about: 'Access modes, amount of storage, classes, data sources.',
  check: (object) => claimSpec(withoutForeignSource(object.child('spec'))),
};

/**
 * Without `dataSourceRef` the server drops, for the sake of old clients, a `dataSource` that is neither a claim nor a
 * snapshot (EnforceDataSourceBackwardsCompatibility).
 */
function withoutForeignSource(spec: Field): Field {
  const source = spec.child('dataSource');
  const [group, kind] = [source.child('apiGroup').text, source.child('kind').text];
  const isKnown =
    (kind === 'PersistentVolumeClaim' && group === '') ||
    (kind === 'VolumeSnapshot' && group === 'snapshot.storage.k8s.io');
  if (!source.isSet || isKnown || spec.child('dataSourceRef').isSet) return spec;
  const { dataSource: _dataSource, ...rest } = spec.value as Readonly<Record<string, unknown>>;
  return spec.holding(rest);
}
