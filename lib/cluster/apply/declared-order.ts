import { ARGO_HOOK, HELM_HOOK } from '../../kube/deployers/hooks';
import { isPlainRecord } from '../../manifest/data';
import type { Manifest } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';

/** Where a deployer would apply an object: first by phases, then by waves or weights. */
interface Turn {
  readonly phase: number;
  readonly wave: number;
}

const [BEFORE, WITH, AFTER] = [0, 1, 2];

/** Hooks of Argo CD and Helm that run before the other objects, and after them. */
const PHASES: Readonly<Record<string, number>> = {
  PreSync: BEFORE,
  'pre-install': BEFORE,
  'pre-upgrade': BEFORE,
  PostSync: AFTER,
  'post-install': AFTER,
  'post-upgrade': AFTER,
};

/**
 * The manifests with the order that annotations of Argo CD and Helm ask for: what has a later turn than a Job comes after it.
 * Objects that an app has put in order keep theirs.
 *
 * Source: "Sync Phases and Waves" and "Resource Hooks" of Argo CD, "Chart Hooks" of Helm.
 */
export function withDeclaredOrder(set: ManifestSet): ManifestSet {
  const turns = new Map([...set].map((manifest) => [manifest, turnOf(manifest)]));
  const jobs = [...set].filter(({ id }) => id.kind === 'Job' && id.apiVersion.startsWith('batch/'));
  const isAsked = [...turns.values()].some(({ phase, wave }) => phase !== WITH || wave !== 0);
  if (jobs.length === 0 || !isAsked) return set;
  const ordered = [...set].map((manifest): Manifest => {
    if (manifest.after !== undefined) return manifest;
    const own = turns.get(manifest);
    const earlier = jobs.filter((job) => own !== undefined && isBefore(turns.get(job), own));
    return earlier.length === 0 ? manifest : { ...manifest, after: earlier.map(({ id }) => id) };
  });
  return ManifestSet.from(ordered, set.clusters);
}

function isBefore(one: Turn | undefined, other: Turn): boolean {
  if (one === undefined) return false;
  return one.phase < other.phase || (one.phase === other.phase && one.wave < other.wave);
}

function turnOf({ object }: Manifest): Turn {
  const annotations = isPlainRecord(object.metadata.annotations) ? object.metadata.annotations : {};
  const [argo, helm] = [ARGO_HOOK, HELM_HOOK].map((name) => phaseIn(annotations[name]));
  const wave = numberIn(annotations['argocd.argoproj.io/sync-wave']);
  const weight = helm === undefined ? undefined : numberIn(annotations['helm.sh/hook-weight']);
  return { phase: argo ?? helm ?? WITH, wave: wave ?? weight ?? 0 };
}

/** The first phase of a hook that has one. */
function phaseIn(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const phases = value.split(',').flatMap((type) => PHASES[type.trim()] ?? []);
  return phases.length === 0 ? undefined : Math.min(...phases);
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : undefined;
}
