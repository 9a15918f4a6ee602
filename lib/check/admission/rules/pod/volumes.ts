import { dnsLabel, dnsSubdomain } from '../../../../kube/names';
import type { Field } from '../../field';
import { show } from '../../field';
import { quantityOf } from '../quantities';
import { fileMode } from '../files';
import { claimTemplate } from '../claims';
import { cloudAndLegacySources } from '../volume-sources';
import type { SourceRule } from '../volume-sources';
import { projected } from './projections';
import { downwardFile, keyToPath } from './volume-files';

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];

/** What the server asks of each source of a volume, in the order in which it looks for them. */
function sourceRules(isPod: boolean): readonly SourceRule[] {
  return [
    { name: 'emptyDir', check: emptyDir },
    ...cloudAndLegacySources(false),
    { name: 'secret', check: (secret) => files(secret, 'secretName') },
    { name: 'persistentVolumeClaim', check: (claim) => void claim.child('claimName').needs() },
    { name: 'downwardAPI', conflict: 'downwarAPI', check: downwardAPI },
    { name: 'configMap', check: (configMap) => files(configMap, 'name') },
    { name: 'projected', check: projected },
    { name: 'ephemeral', check: ephemeral },
    { name: 'image', check: (image) => imageVolume(image, isPod) },
  ];
}

const RULES_FOR_POD = sourceRules(true);
const RULES_FOR_TEMPLATE = sourceRules(false);

/** `volumes` of a pod. Returns those that are well-formed, by name: mounts of others are not found. */
export function volumes(list: Field, isPod: boolean, podName: string): ReadonlyMap<string, Field> {
  const rules = isPod ? RULES_FOR_POD : RULES_FOR_TEMPLATE;
  const found = new Map<string, Field>();
  const created = new Set(
    list.items
      .filter((volume) => podName !== '' && volume.child('ephemeral').isSet)
      .map((volume) => `${podName}-${volume.child('name').text}`),
  );
  for (const volume of list.items) {
    const name = volume.child('name');
    const before = volume.complaints;
    volumeSource(volume, rules);
    if (podName !== '' && volume.child('ephemeral').isSet && name.text !== '') {
      const problem = dnsSubdomain(`${podName}-${name.text}`);
      if (problem !== undefined) name.invalid(`the claim ${show(`${podName}-${name.text}`)} ${problem}`);
    }
    if (name.needs()) name.must(dnsLabel);
    if (found.has(name.text)) name.duplicate();
    if (volume.complaints === before) found.set(name.text, volume);
    const claim = volume.child('persistentVolumeClaim').child('claimName');
    if (created.has(claim.text)) claim.invalid('must not be a claim that the pod makes for itself');
  }
  return found;
}

/** Checks the one source of a volume. None at all is an emptyDir, which the server fills in. */
export function volumeSource(volume: Field, rules: readonly SourceRule[]): void {
  let first: string | undefined;
  for (const { name, at = name, conflict = name, check } of rules) {
    const source = volume.child(name);
    if (!source.isSet) continue;
    if (first === undefined) check(at === name ? source : volume.child(at).holding(source.value), volume);
    else volume.child(conflict).forbidden(`must not be set beside ${first}`);
    first ??= name;
  }
}

function emptyDir(source: Field): void {
  const limit = source.child('sizeLimit');
  if (quantityOf(limit).nanos < 0n) limit.forbidden('must not be negative');
}

/** A Secret or ConfigMap as files. */
function files(source: Field, nameField: string): void {
  source.child(nameField).needs();
  fileMode(source.child('defaultMode'));
  for (const item of source.child('items').items) keyToPath(item);
}

function downwardAPI(source: Field): void {
  fileMode(source.child('defaultMode'));
  for (const file of source.child('items').items) downwardFile(file, source);
}

function ephemeral(source: Field): void {
  const template = source.child('volumeClaimTemplate');
  if (template.isSet) claimTemplate(template);
  else template.required();
}

function imageVolume(source: Field, isPod: boolean): void {
  if (isPod) source.child('reference').needs();
  const policy = source.child('pullPolicy');
  if (policy.isSet) policy.mustBeOneOf(PULL_POLICIES);
}
