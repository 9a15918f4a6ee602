import { groupOf } from '../../manifest/manifest';
import { configMapUpdate, secretUpdate } from './configuration';
import { customResourceDefinitionUpdate } from './custom-resource-definition';
import { jobUpdate } from './job';
import type { KindUpdate } from './kind-update';
import { resourceQuotaUpdate, serviceCidrUpdate } from './limits';
import { namespaceUpdate } from './namespace';
import { podUpdate } from './pod';
import { endpointSliceUpdate, serviceAccountUpdate } from './references';
import { serviceUpdate } from './service';
import { statefulSetUpdate } from './stateful-set';
import { persistentVolumeClaimUpdate, persistentVolumeUpdate } from './storage';

const UPDATES: readonly KindUpdate[] = [
  podUpdate,
  statefulSetUpdate,
  jobUpdate,
  serviceUpdate,
  namespaceUpdate,
  serviceAccountUpdate,
  endpointSliceUpdate,
  configMapUpdate,
  secretUpdate,
  persistentVolumeClaimUpdate,
  persistentVolumeUpdate,
  resourceQuotaUpdate,
  serviceCidrUpdate,
  customResourceDefinitionUpdate,
];

const BY_KIND: ReadonlyMap<string, KindUpdate> = new Map(UPDATES.map((update) => [update.kind, update]));

/** Group and kind, as in the names of rules: `apps/StatefulSet`, `/Pod`. */
export function groupKind(apiVersion: string, kind: string): string {
  return `${groupOf(apiVersion)}/${kind}`;
}

/** The update rule of a kind; undefined for a kind with only merging, defaults and immutable fields. */
export function updateOf(apiVersion: string, kind: string): KindUpdate | undefined {
  return BY_KIND.get(groupKind(apiVersion, kind));
}

/** Every rule, for the reference page. */
export function kindUpdates(): readonly KindUpdate[] {
  return UPDATES;
}
