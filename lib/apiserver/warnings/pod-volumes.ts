import type { Field } from '../../manifest/field';
import { claimSpec } from './claims';
import { quoted, Warnings } from './warning';

/** A path inside a volume, and which source puts a file there. */
interface Placed {
  readonly path: string;
  readonly source: string;
}

const REMOVED: readonly (readonly [plugin: string, message: string])[] = [
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'deprecated in v1.22, non-functional in v1.25+'],
  ['quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
];

const REMOVED_1_28: typeof REMOVED = [
  ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
];

/** Volume plugins that are deprecated, of a pod or of a PersistentVolume. */
export function volumePlugins(source: Field, warnings: Warnings): void {
  for (const [plugin, message] of REMOVED)
    if (source.child(plugin).isSet) warnings.add(source.child(plugin), message);
  for (const [plugin, message] of REMOVED_1_28)
    if (source.child(plugin).isSet && warnings.since('1.28')) warnings.add(source.child(plugin), message);
}

/** @source k8s.io/kubernetes pkg/api/pod/warnings.go warningsForPodSpecAndMeta, warningsForOverlappingVirtualPaths 1.37 */
export function podVolumes(volumes: readonly Field[], warnings: Warnings): void {
  for (const volume of volumes) {
    volumePlugins(volume, warnings);
    const gitRepo = volume.child('gitRepo');
    const end = (): string => (warnings.since('1.33') ? ', and disabled by default in v1.33+' : '');
    if (gitRepo.isSet) warnings.add(gitRepo, `deprecated in v1.11${end()}`);
    claimSpec(volume.at('ephemeral', 'volumeClaimTemplate', 'spec'), warnings);
  }
  const overlapping = new Warnings(warnings.gates);
  for (const volume of volumes) overlappingPaths(volume, overlapping);
  if (overlapping.all.length > 0 && warnings.since('1.32')) warnings.all.push(...overlapping.all);
}

function overlappingPaths(volume: Field, warnings: Warnings): void {
  const name = volume.child('name').text;
  const say = (what: string, field: Field, pairs: readonly string[]): void => {
    for (const pair of pairs)
      warnings.add(field, `volume ${quoted(name)} (${what}): overlapping paths: ${pair}`);
  };
  const [configMap, secret] = [volume.child('configMap'), volume.child('secret')];
  say(`ConfigMap ${quoted(configMap.child('name').text)}`, configMap.child('items'), overlaps(configMap));
  say(`Secret ${quoted(secret.child('secretName').text)}`, secret.child('items'), overlaps(secret));
  say('DownwardAPI', volume.at('downwardAPI', 'items'), overlaps(volume.child('downwardAPI')));
  const projected = volume.child('projected');
  const all: Placed[] = [];
  for (const source of projected.list('sources')) {
    if (source.size === 0) warnings.add(source, `volume ${quoted(name)} (Projected) has no sources provided`);
    for (const placed of placedBy(source)) {
      say(
        'Projected',
        source,
        collisions(placed, all).map((other) => `${shown(placed)} with ${shown(other)}`),
      );
      all.push(placed);
    }
  }
}

/** The pairs of items that share a path, or of which one is a folder of the other. */
function overlaps(source: Field): string[] {
  const all: Placed[] = [];
  return source.list('items').flatMap((item) => {
    const placed = { path: trimmed(item.child('path').text), source: '' };
    const found = collisions(placed, all).map((other) => `${shown(placed)} with ${shown(other)}`);
    all.push(placed);
    return found;
  });
}

/** Where a source of a projected volume puts its files. */
function placedBy(source: Field): Placed[] {
  const items = (field: Field, what: string): Placed[] =>
    field.list('items').map((item) => ({ path: trimmed(item.child('path').text), source: what }));
  const one = (path: Field, what: string): Placed[] => [{ path: trimmed(path.text), source: what }];
  const named = (field: Field, kind: string): Placed[] =>
    items(field, `${kind} ${quoted(field.child('name').text)}`);
  const [configMap, secret] = [source.child('configMap'), source.child('secret')];
  if (configMap.child('items').isSet) return named(configMap, 'ConfigMap');
  if (secret.child('items').isSet) return named(secret, 'Secret');
  if (source.at('downwardAPI', 'items').isSet) return items(source.child('downwardAPI'), 'DownwardAPI');
  const [token, bundle] = [source.child('serviceAccountToken'), source.child('clusterTrustBundle')];
  if (token.isSet) return one(token.child('path'), 'ServiceAccountToken');
  const bundleName = bundle.child('name').isSet ? bundle.child('name') : bundle.child('signerName');
  if (bundle.isSet) return one(bundle.child('path'), `ClusterTrustBundle ${quoted(bundleName.text)}`);
  const certificate = source.child('podCertificate');
  const parts = [
    ['certificateChainPath', 'chain'],
    ['keyPath', 'key'],
    ['credentialBundlePath', 'credential bundle'],
  ] as const;
  return parts
    .filter(([field]) => certificate.child(field).text !== '')
    .flatMap(([field, part]) => one(certificate.child(field), `PodCertificate ${part}`));
}

function collisions({ path, source }: Placed, others: readonly Placed[]): Placed[] {
  if (path === '') return [];
  return others.filter((other) => {
    if (other.path === '') return false;
    if (other.path === path && other.source === source) return true;
    return `${other.path}/`.startsWith(`${path}/`) || `${path}/`.startsWith(`${other.path}/`);
  });
}

function shown({ path, source }: Placed): string {
  return source === '' ? quoted(path) : `${quoted(path)} (${source})`;
}

function trimmed(path: string): string {
  return path.replace(/\/+$/, '');
}
