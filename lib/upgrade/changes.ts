import { DROPPED } from '../check/dropped-fields';
import type { Finding } from '../check/finding';
import { bounded } from '../kube/bounded';
import { hasKnownTemplate, podTemplatePath } from '../kube/pod-template-path';
import type { KubernetesRelease } from '../kube/schema';
import { isPlainRecord, type PlainRecord } from '../manifest/data';
import { groupOf, type Manifest } from '../manifest/manifest';
import { celHint } from './cel-hint';
import { isUnserved, unservedAs, type Judged } from './judged';
import { notesOf } from './notes';
import { REFUSALS, type UpgradeChange } from './result';
import { differences, isZeroAlone } from './stored';

/** One step of an upgrade. */
export interface Step {
  readonly before: KubernetesRelease;
  readonly kubernetes: KubernetesRelease;
}

/** What a finding is on its own, for the release in which it is first seen. */
export function changeOf(finding: Finding, kubernetes: KubernetesRelease): UpgradeChange | undefined {
  const { rule, severity, path, message, hint } = finding;
  if (rule === 'admission/no-definition') return undefined;
  const way = hint ?? celHint(message, kubernetes);
  const said = { kubernetes, severity, path, message, ...(way !== undefined && { hint: way }) };
  if (rule === DROPPED) return { ...said, kind: 'dropped' };
  if (isUnserved(finding)) return { ...said, kind: unservedAs(finding.id, kubernetes) };
  return { ...said, kind: severity === 'error' ? 'refused' : 'warned' };
}

/** What a release changes for one object, against the release before it. */
export function changesOf(manifest: Manifest, was: Judged, now: Judged, step: Step): UpgradeChange[] {
  const { kubernetes, before } = step;
  const known = new Set(was.findings.map(keyOf));
  const seen = new Set(now.findings.map(keyOf));
  const added = now.findings
    .filter((finding) => !known.has(keyOf(finding)))
    .flatMap((finding) => changeOf(finding, kubernetes) ?? []);
  const gone = was.findings.filter((finding) => !seen.has(keyOf(finding)));
  const isAccepted = !isRefused(now);
  return [
    ...added,
    ...(isAccepted ? behaviour(manifest, step) : []),
    ...(isAccepted ? gone.flatMap((finding) => endOf(finding, was, step)) : []),
    ...(isAccepted && !isRefused(was) ? defaulted(manifest, was, now, step) : []),
    ...(isAccepted && isRefused(was)
      ? [
          {
            kubernetes,
            kind: 'accepted',
            severity: 'info',
            path: '',
            message: `Kubernetes ${before} refuses it, and ${kubernetes} accepts it`,
          } as const,
        ]
      : []),
  ];
}

export function isRefused({ verdict }: Judged): boolean {
  return REFUSALS.has(verdict);
}

/** Messages name the release, and differ in words between releases: a field is refused or dropped by its path. */
function keyOf({ rule, path, message, severity }: Finding): string {
  return severity === 'error' || rule === DROPPED ? `${rule} ${path}` : `${rule} ${path} ${message}`;
}

/** What was dropped and is now kept begins to work, which nobody may have tried. */
function endOf(finding: Finding, was: Judged, { before, kubernetes }: Step): UpgradeChange[] {
  if (finding.rule !== DROPPED || isRefused(was)) return [];
  const effect = finding.message.slice(finding.message.indexOf('; ') + 2);
  return [
    {
      kubernetes,
      kind: 'keeps',
      severity: 'warning',
      path: finding.path,
      message: `the field begins to work: up to ${before} it is dropped, and ${effect}`,
      hint: 'An update that changes nothing else brings it into effect, for pods by replacing them.',
    },
  ];
}

function defaulted({ id }: Manifest, was: Judged, now: Judged, { kubernetes }: Step): UpgradeChange[] {
  const dropped = [...was.findings, ...now.findings]
    .filter(({ rule }) => rule === DROPPED)
    .map(({ path }) => path);
  return differences(was.value, now.value)
    .filter((each) => !isZeroAlone(each, id, kubernetes))
    .filter(({ path }) => !dropped.some((each) => isAround(each, path) || isAround(path, each)))
    .map(({ path, before, after }) => ({
      kubernetes,
      kind: 'defaulted',
      severity: 'info',
      path,
      message: bounded(
        after === undefined
          ? `Kubernetes ${kubernetes} no longer sets ${shown(before)}`
          : before === undefined
            ? `Kubernetes ${kubernetes} sets ${shown(after)}`
            : `Kubernetes ${kubernetes} sets ${shown(after)}, instead of ${shown(before)}`,
      ),
    }));
}

function shown(value: unknown): string {
  return JSON.stringify(value);
}

function isAround(outer: string, path: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}

function behaviour({ id, object }: Manifest, { kubernetes, before }: Step): UpgradeChange[] {
  const notes = notesOf(kubernetes, before);
  if (notes.length === 0) return [];
  const kind = `${groupOf(id.apiVersion)}/${id.kind}`;
  const steps = hasKnownTemplate(kind) ? podTemplatePath(kind) : undefined;
  if (steps === undefined) return [];
  const podSpec = [...steps, 'spec'].reduce<unknown>(
    (value, key) => (isPlainRecord(value) ? value[key] : undefined),
    object as unknown as PlainRecord,
  );
  if (!isPlainRecord(podSpec)) return [];
  return notes.flatMap(({ at, severity, message, hint, source }) => {
    const path = at(podSpec);
    if (path === undefined) return [];
    const full = [...steps, 'spec', path].join('.');
    return [
      {
        kubernetes,
        kind: 'behaves',
        severity,
        path: full,
        message,
        ...(hint !== undefined && { hint }),
        source,
      },
    ];
  });
}
