import { HOST_PATH_TYPES } from '../../../kube/mount';
import { dnsLabel, dnsSubdomain } from '../../../kube/names';
import type { CheckedField } from '../checked-field';
import { noBacksteps, descendingPath } from './files';
import { inlineIscsi, persistentIscsi } from './iscsi-source';

/** The API server's validation of one volume source. */
export interface SourceRule {
  readonly name: string;
  /** The name of the source in error paths, if it differs from the field. */
  readonly at?: string;
  /** The name of the source in the error about a second source, if it differs. */
  readonly conflict?: string;
  /** Whether the server accepts it in addition to an earlier source. */
  readonly isTolerated?: boolean;
  /** @param volumeName the name of the pod's volume or of the PersistentVolume */
  readonly check: (source: CheckedField, volume: CheckedField, volumeName: string) => void;
}

/**
 * The rules of `names`, in their order: the server checks the sources of a volume in this order, and reports all but
 * the first one.
 */
export function inOrder(rules: readonly SourceRule[], names: string): readonly SourceRule[] {
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  return names
    .trim()
    .split(/\s+/)
    .flatMap((name) => byName.get(name) ?? []);
}

/**
 * Checks the one source of a volume. For a pod, the server defaults a missing source to emptyDir.
 *
 * @returns whether there is one
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateVolumeSource 1.36
 */
export function volumeSource(
  volume: CheckedField,
  volumeName: string,
  rules: readonly SourceRule[],
): boolean {
  let first: string | undefined;
  for (const { name, at = name, conflict = name, isTolerated = false, check } of rules) {
    const source = volume.child(name);
    if (!source.isSet) continue;
    if (first === undefined || isTolerated) {
      check(at === name ? source : volume.child(at).holding(source.value), volume, volumeName);
    } else volume.child(conflict).forbidden(`must not be set together with ${first}`);
    first ??= name;
  }
  return first !== undefined;
}

/** A rule that requires some fields. */
function needing(name: string, ...fields: readonly string[]): SourceRule {
  return { name, check: (source) => fields.forEach((field) => source.child(field).needs()) };
}

/**
 * The sources that a pod's volume and a PersistentVolume share: disks of nodes, networks and clouds, most of which CSI
 * drivers have replaced. `persistent` sources also name the namespaces of their Secrets, because a PersistentVolume has
 * no namespace.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateVolumeSource, ValidatePersistentVolumeSpec 1.36
 */
export function sharedSources(persistent: boolean): readonly SourceRule[] {
  return [
    { name: 'hostPath', check: hostPath },
    { name: 'gitRepo', check: gitRepo },
    { name: 'gcePersistentDisk', at: 'persistentDisk', check: (disk) => partitioned(disk, 'pdName') },
    { name: 'awsElasticBlockStore', check: (disk) => partitioned(disk, 'volumeID') },
    { name: 'glusterfs', check: glusterfs },
    { name: 'flocker', check: flocker },
    { name: 'nfs', check: nfs },
    needing('rbd', 'monitors', 'image'),
    { name: 'quobyte', check: quobyte },
    { name: 'cephfs', conflict: 'cephFS', check: (source) => void source.child('monitors').needs() },
    { name: 'iscsi', check: persistent ? persistentIscsi : inlineIscsi },
    { name: 'cinder', check: (source) => withSecret(source, persistent, 'volumeID') },
    { name: 'fc', check: fibreChannel },
    { name: 'flexVolume', isTolerated: persistent, check: flexVolume },
    { name: 'azureFile', check: azureFile },
    needing('vsphereVolume', 'volumePath'),
    needing('photonPersistentDisk', 'pdID'),
    needing('portworxVolume', 'volumeID'),
    { name: 'azureDisk', check: azureDisk },
    needing('scaleIO', 'gateway', 'system', 'volumeName'),
    { name: 'storageos', check: (source) => storageos(source, persistent) },
    { name: 'csi', check: persistent ? persistentCsi : inlineCsi },
  ];
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateHostPathVolumeSource 1.36 */
export function hostPath(source: CheckedField): void {
  const path = source.child('path');
  if (!path.needs()) return;
  noBacksteps(path);
  const type = source.child('type');
  if (type.isSet) type.mustBeOneOf(['', ...HOST_PATH_TYPES]);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateGitRepoVolumeSource 1.36 */
function gitRepo(source: CheckedField): void {
  source.child('repository').needs();
  descendingPath(source.child('directory'));
}

function partitioned(source: CheckedField, name: string): void {
  source.child(name).needs();
  source.child('partition').mustBeWithin(0, 255);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateFlockerVolumeSource 1.36 */
function flocker(source: CheckedField): void {
  const [name, uuid] = [source.child('datasetName'), source.child('datasetUUID')];
  if (name.text === '' && uuid.text === '') source.required('must have datasetName or datasetUUID');
  if (name.text !== '' && uuid.text !== '') source.invalid('must have datasetName or datasetUUID, not both');
  if (name.text.includes('/')) name.invalid('must not contain "/"');
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateNFSVolumeSource 1.36 */
function nfs(source: CheckedField): void {
  source.child('server').needs();
  const path = source.child('path');
  path.needs();
  if (!path.text.startsWith('/')) path.invalid('must be an absolute path, which begins with "/"');
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateGlusterfsVolumeSource, validateGlusterfsPersistentVolumeSource 1.36 */
function glusterfs(source: CheckedField): void {
  source.child('endpoints').needs();
  source.child('path').needs();
  const namespace = source.child('endpointsNamespace');
  if (namespace.isSet) namespace.must(dnsLabel);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateAzureFile, validateAzureFilePV 1.36 */
function azureFile(source: CheckedField): void {
  source.child('secretName').needs();
  source.child('shareName').needs();
  const namespace = source.child('secretNamespace');
  if (namespace.isSet) namespace.needs('must not be empty');
}

const HOST_AND_PORT = /^(\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/;
const LONGEST_TENANT = 64;

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateQuobyteVolumeSource 1.36 */
function quobyte(source: CheckedField): void {
  const [registry, tenant] = [source.child('registry'), source.child('tenant')];
  if (!registry.needs('must be a host:port pair, or several with commas between')) {
    // The server stops here.
  } else if (Buffer.byteLength(tenant.text) > LONGEST_TENANT) {
    tenant.required(`must be at most ${LONGEST_TENANT} characters`);
  } else if (!registry.text.split(',').every((pair) => HOST_AND_PORT.test(pair))) {
    registry.invalid('must be a host:port pair, or several with commas between');
  }
  source.child('volume').needs();
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateFCVolumeSource 1.36 */
function fibreChannel(source: CheckedField): void {
  const [names, ids, lun] = [source.child('targetWWNs'), source.child('wwids'), source.child('lun')];
  if (names.size === 0 && ids.size === 0) names.required('must be set unless wwids is set');
  if (names.size > 0 && ids.size > 0) names.invalid('must not be set together with wwids');
  if (names.size === 0) return;
  if (lun.isSet) lun.mustBeWithin(0, 255);
  else lun.required('must be set with targetWWNs');
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateFlexVolumeSource, validateFlexPersistentVolumeSource 1.36 */
function flexVolume(source: CheckedField): void {
  source.child('driver').needs();
  for (const option of source.child('options').entries) {
    const domain = `.${option.name.split('/')[0]?.toLowerCase() ?? ''}`;
    if (domain.endsWith('.kubernetes.io') || domain.endsWith('.k8s.io')) {
      option.invalid('must not be in a domain of Kubernetes');
    }
  }
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateAzureDisk 1.36 */
function azureDisk(source: CheckedField): void {
  const [uri, kind] = [source.child('diskURI'), source.child('kind')];
  source.child('diskName').needs();
  uri.needs();
  source.child('cachingMode').mustBeOneOf(['None', 'ReadOnly', 'ReadWrite']);
  kind.mustBeOneOf(['Shared', 'Dedicated', 'Managed']);
  const prefix = kind.text === 'Managed' ? '/subscriptions/' : 'https://';
  if (!uri.text.startsWith(prefix))
    uri.report('not-supported', `must begin with ${prefix} for this kind of disk`);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateStorageOSVolumeSource, validateStorageOSPersistentVolumeSource 1.36 */
function storageos(source: CheckedField, persistent: boolean): void {
  const [name, namespace] = [source.child('volumeName'), source.child('volumeNamespace')];
  if (name.needs()) name.must(dnsLabel);
  if (namespace.text !== '') namespace.must(dnsLabel);
  secretReference(source.child('secretRef'), persistent);
}

function withSecret(source: CheckedField, persistent: boolean, name: string): void {
  source.child(name).needs();
  secretReference(source.child('secretRef'), persistent);
}

function secretReference(secret: CheckedField, persistent: boolean): void {
  if (!secret.isSet) return;
  secret.child('name').needs();
  if (persistent) secret.child('namespace').needs();
}

/**
 * The name of a CSI driver, which can contain upper case letters.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateCSIDriverName 1.36
 */
export function csiDriverName(driver: CheckedField): void {
  if (!driver.needs()) return;
  if (driver.text.length > 63) driver.tooLong(63);
  driver.must((text) => dnsSubdomain(text.toLowerCase()));
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateCSIVolumeSource 1.36 */
function inlineCsi(source: CheckedField): void {
  csiDriverName(source.child('driver'));
  const secret = source.child('nodePublishSecretRef');
  const name = secret.child('name');
  if (!secret.isSet || !name.needs()) return;
  // The server reports the path as if the field were in the source.
  source.child('name').holding(name.value).must(dnsSubdomain);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateCSIPersistentVolumeSource 1.36 */
function persistentCsi(source: CheckedField): void {
  csiDriverName(source.child('driver'));
  source.child('volumeHandle').needs();
  for (const step of ['controllerPublish', 'controllerExpand', 'nodePublish', 'nodeExpand']) {
    const secret = source.child(`${step}SecretRef`);
    if (!secret.isSet) continue;
    const [name, namespace] = [secret.child('name'), secret.child('namespace')];
    if (name.needs()) name.must(dnsSubdomain);
    if (namespace.needs()) namespace.must(dnsLabel);
  }
}
