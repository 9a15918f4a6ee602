import { defaultGates } from '../kube/feature-gates';
import { knownDefinition } from '../apiserver/admission/custom/known';
import { judgeAs } from '../apiserver/admission/judge';
import type { Judgement } from '../apiserver/admission/judgement';
import { warningsOf } from '../apiserver/warnings/warnings';
import type { Cluster } from '../graph/cluster';
import { knownKind, releaseOf, type KnownKind, type KnownRelease } from '../kube/custom/catalog';
import { software } from '../kube/custom/software';
import { groupOf, type Manifest } from '../manifest/manifest';
import { releaseIn } from '../profiles/installed';
import { findingsOf, warningFindings } from './admission';
import type { Finding, Severity } from './finding';

/**
 * The findings in a custom resource whose definition is not at hand, by those that the releases of well-known software
 * come with; `undefined` for a kind that is not known.
 *
 * The profile may name the release. Otherwise it is not known which one the cluster has: what the newest refuses and an
 * older one accepts is a warning, and what all refuse is an error where the app made the object, which renders for the
 * newest, and a warning elsewhere.
 */
export function knownFindings(
  manifest: Manifest,
  { profile, kubernetes }: Pick<Cluster, 'profile' | 'kubernetes'>,
): Finding[] | undefined {
  const { id, object } = manifest;
  const kind = knownKind(groupOf(id.apiVersion), id.kind, profile.gatewayApi?.channel);
  if (kind === undefined) return undefined;
  const judge = (release: KnownRelease): Judgement =>
    judgeAs(object, knownDefinition(kind, release, kubernetes), kubernetes);

  const { name } = software[kind.software];
  const asked = releaseIn(profile, kind.software);
  const named = asked === undefined ? undefined : releaseOf(kind, asked);
  // The release is older than those that are known.
  if (asked !== undefined && named === undefined) return undefined;
  const last = named ?? kind.releases.at(-1);
  if (last === undefined) return undefined;

  const judgement = judge(last);
  if (judgement.violations.length === 0) {
    const find = () => knownDefinition(kind, last, kubernetes);
    return warningFindings(id, warningsOf(judgement.value, defaultGates(kubernetes), { find }));
  }
  if (named !== undefined)
    return said(manifest, judgement, { by: `${name} ${last.release}`, severity: 'error' });

  const older = acceptedBy(manifest, kind, judge);
  if (older !== undefined) {
    const by = sinceAfter(older, kind);
    const hint = `${name} ${older.release} accepts the object. ${instead('it')}`;
    return said(manifest, judgement, { by, severity: 'warning', hint });
  }
  const otherwise = instead('another release');
  const severity = manifest.origin?.construct === undefined ? 'warning' : 'error';
  const serving = servedBy(manifest, kind);
  if (serving === undefined || serving === last)
    return said(manifest, judgement, { by: `${name} ${last.release}`, severity, otherwise });
  return [
    ...said(manifest, judgement, { by: sinceAfter(serving, kind), severity, otherwise }),
    ...said(manifest, judge(serving), { by: `${name} ${serving.release}`, severity, otherwise }),
  ];
}

/** The software with the first known release after `older`, in which a refusal began. */
function sinceAfter(older: KnownRelease, { software: id, releases }: KnownKind): string {
  const since = releases[releases.indexOf(older) + 1];
  return `${software[id].name} ${since?.release ?? ''}${since === releases.at(-1) ? '' : ' and later'}`;
}

/** By what an object was judged, and how much that proves. */
interface Basis {
  /** The software, with its release. */
  readonly by: string;
  readonly severity: Severity;
  /** Instead of those of the findings. */
  readonly hint?: string;
  /** For findings without one. */
  readonly otherwise?: string;
}

/** How to have the object checked by what the cluster has. */
function instead(release: string): string {
  return `If the cluster has ${release}, name it in the profile, or pass its CustomResourceDefinitions with --crds.`;
}

function said(
  { object, id }: Manifest,
  { violations }: Judgement,
  { by, severity, hint, otherwise }: Basis,
): Finding[] {
  return findingsOf(object, violations).map((finding) => {
    const way = hint ?? finding.hint ?? otherwise;
    const message = `${finding.message} (${by})`;
    return { ...finding, id, severity, message, ...(way !== undefined && { hint: way }) };
  });
}

/** The newest release that accepts the object; releases that do not differ in its version are asked once. */
function acceptedBy(
  manifest: Manifest,
  kind: KnownKind,
  judge: (release: KnownRelease) => Judgement,
): KnownRelease | undefined {
  const seen = new Set<unknown>();
  return kind.releases.findLast((release) => {
    const version = versionIn(manifest, release);
    if (version?.served !== true || seen.has(version)) return false;
    seen.add(version);
    return judge(release).violations.length === 0;
  });
}

/** The newest release that serves the version of the object. */
function servedBy(manifest: Manifest, { releases }: KnownKind): KnownRelease | undefined {
  return releases.findLast((release) => versionIn(manifest, release)?.served);
}

function versionIn({ id: { apiVersion } }: Manifest, { versions }: KnownRelease) {
  return versions.get(apiVersion.slice(apiVersion.indexOf('/') + 1));
}
