import { checkBroken } from '../../check/broken';
import { Checking } from '../../check/checking';
import type { Reported } from '../../check/admit-set';
import type { CheckOptions } from '../../check/options';
import { withFileDoubts } from '../../check/file-doubts';
import { withPlaceholders } from '../../check/placeholders';
import { Cluster } from '../../graph/cluster';
import type { Manifest } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import type { Part } from '../../report/check/report';
import { groupsOf, type Group } from '../files/groups';
import type { FileManifests } from '../files/manifests';
import { placedAs, withSeen, type Settings } from './settings';

/** What the manifests of files are judged by. */
export type Judging = Pick<Settings, 'options' | 'seen'>;

/** The check of manifests that are judged as one set. */
export interface GroupCheck {
  readonly group: Group;
  readonly manifests: readonly Manifest[];
  readonly set: ManifestSet;
  readonly options: CheckOptions;
  readonly checking: Checking;
}

/**
 * The checks of the manifests in files: one, unless folders, files of a folder or kustomizations have the same objects. Each is
 * made when it is called for, and holds what its rules share.
 */
export function groupChecks(read: FileManifests, settings: Judging): (() => GroupCheck)[] {
  return groupsOf(read).map((group) => () => {
    const manifests = placedAs(settings, group.manifests);
    const set = ManifestSet.from(manifests);
    const given = withSeen(settings, set);
    const { assume = ManifestSet.from([]) } = given;
    const { alternatives, around } = group;
    const options = {
      ...given,
      assume: ManifestSet.from([...assume, ...read.encrypted, ...group.definitions]),
      ...(alternatives !== undefined && { alternatives }),
      ...(around !== undefined && { around }),
      ...(read.elsewhere !== undefined && { elsewhere: read.elsewhere }),
    };
    return { group, manifests, set, options, checking: new Checking(set, options) };
  });
}

/**
 * What a check came to, with what is broken in its files.
 *
 * @param others Kustomizations of Flux and webhooks, which are mostly in another folder than what they are about
 */
export function partOf(
  { group, manifests, set, options, checking }: GroupCheck,
  found: readonly (readonly Reported[])[],
  { elsewhere, faulty }: Pick<FileManifests, 'elsewhere' | 'faulty'>,
  others: readonly Manifest[],
): Part {
  const broken = checkBroken(faulty, new Cluster(set, undefined, options), options.severities);
  const whole = withPlaceholders(checking.findings(found), [...others, ...manifests]);
  const findings = [
    ...broken.flatMap((document) => document.findings),
    ...withFileDoubts(whole, elsewhere, others),
  ];
  const environment = group.name === undefined ? {} : { environment: group.name, isFolder: true };
  return { ...environment, manifests, findings, broken };
}
