import type { CheckedField } from '../../checked-field';
import { claimSpec } from '../claims';
import type { KindRule } from '../kind-rule';

type Plain = Readonly<Record<string, unknown>>;

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaim 1.36 */
export const persistentVolumeClaim: KindRule = {
  kind: '/PersistentVolumeClaim',
  about: 'Access modes, amount of storage, classes, data sources.',
  check: (object) => claimSpec(withBothSources(object.child('spec'))),
};

/**
 * Normalizes dataSource and dataSourceRef before validation, as the server does (KEP-1495). The server drops a
 * reference to another namespace (CrossNamespaceVolumeDataSource is off), and without a reference, for old clients, a
 * source that is neither a claim nor a snapshot. It then copies one field to the other.
 *
 * @source k8s.io/kubernetes pkg/registry/core/persistentvolumeclaim/strategy.go persistentvolumeclaimStrategy.PrepareForCreate 1.36
 */
function withBothSources(spec: CheckedField): CheckedField {
  const { dataSource, dataSourceRef, ...rest } = (spec.value ?? {}) as Plain;
  const isForeign = spec.child('dataSourceRef').child('namespace').text !== '';
  const reference = isForeign ? undefined : dataSourceRef;
  const source = reference === undefined && !isKnown(spec.child('dataSource')) ? undefined : dataSource;
  const [one, other] = [source ?? reference, reference ?? source];
  return spec.holding({
    ...rest,
    ...(one !== undefined && { dataSource: one }),
    ...(other !== undefined && { dataSourceRef: other }),
  });
}

function isKnown(source: CheckedField): boolean {
  const [group, kind] = [source.child('apiGroup').text, source.child('kind').text];
  if (kind === 'PersistentVolumeClaim') return group === '';
  return kind === 'VolumeSnapshot' && group === 'snapshot.storage.k8s.io';
}
