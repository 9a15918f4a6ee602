import type { KubeObject } from '../../manifest/manifest';
import { at, numberAt, recordsAt, textAt } from '../fields';
import { oneLine } from '../lines';
import { byAll, byCondition, byConditions } from './conditions';
import { failed, progressing, ready, toldOf, type Settled } from './verdict';

/** How far a custom resource with a status is; undefined where its controller has said nothing yet. */
export type CustomRule = (object: KubeObject) => Settled | undefined;

interface Known {
  /** An API group. */
  readonly group: RegExp;
  /** Its kinds, whose controller writes a status for each object. */
  readonly kinds: RegExp;
  readonly rule: CustomRule;
}

/**
 * Custom kinds of well-known software, whose objects are not settled before their controller has seen them.
 *
 * Sources: the API references of the projects; for Rollouts, utils/rollout of argoproj/argo-rollouts
 */
const KNOWN: readonly Known[] = [
  {
    group: /^gateway\.networking\.(x-)?k8s\.io$/,
    kinds: /^(Gateway|X?ListenerSet)$/,
    rule: byAll('Accepted', 'Programmed'),
  },
  { group: /^gateway\.networking\.k8s\.io$/, kinds: /^GatewayClass$/, rule: byAll('Accepted') },
  { group: /^gateway\.networking\.k8s\.io$/, kinds: /^\w+Route$/, rule: route },
  { group: /^argoproj\.io$/, kinds: /^Rollout$/, rule: rollout },
  { group: /^argoproj\.io$/, kinds: /^Application$/, rule: application },
  { group: /^flagger\.app$/, kinds: /^Canary$/, rule: canary },
  { group: /^snapshot\.storage\.k8s\.io$/, kinds: /^VolumeSnapshot$/, rule: snapshot },
  {
    group: /^monitoring\.coreos\.com$/,
    kinds: /^(Prometheus|PrometheusAgent|Alertmanager|ThanosRuler)$/,
    rule: byAll('Reconciled', 'Available'),
  },
  { group: /^cert-manager\.io$/, kinds: /^(CertificateRequest)$/, rule: certificateRequest },
  { group: /^cert-manager\.io$/, kinds: /^(Certificate|Issuer|ClusterIssuer)$/, rule: byConditions },
  {
    group: /^external-secrets\.io$/,
    kinds: /^(ExternalSecret|ClusterExternalSecret|PushSecret|SecretStore|ClusterSecretStore)$/,
    rule: byConditions,
  },
  { group: /^bitnami\.com$/, kinds: /^SealedSecret$/, rule: byConditions },
  { group: /^keda\.sh$/, kinds: /^Scaled(Object|Job)$/, rule: byConditions },
  {
    group: /\.toolkit\.fluxcd\.io$/,
    kinds:
      /^(GitRepository|OCIRepository|Bucket|HelmChart|HelmRelease|Kustomization|Image(Repository|Policy|UpdateAutomation)|Receiver)$/,
    rule: byConditions,
  },
  { group: /^serving\.knative\.dev$/, kinds: /^(Service|Configuration|Route)$/, rule: byConditions },
  { group: /^postgresql\.cnpg\.io$/, kinds: /^Cluster$/, rule: byConditions },
  { group: /^kafka\.strimzi\.io$/, kinds: /^Kafka/, rule: byConditions },
];

/** The rule of a kind whose controller writes a status for each object. */
export function knownRule(group: string, kind: string): CustomRule | undefined {
  return KNOWN.find((known) => known.group.test(group) && known.kinds.test(kind))?.rule;
}

/** Each parent has to accept it, and to find what it routes to. */
function route(object: KubeObject): Settled | undefined {
  const wanted = recordsAt(object, 'spec', 'parentRefs');
  const parents = recordsAt(object, 'status', 'parents');
  if (parents.length === 0 && wanted.length > 0) return undefined;
  for (const parent of parents) {
    const name = textAt(parent, 'parentRef', 'name');
    for (const type of ['Accepted', 'ResolvedRefs']) {
      const settled = byCondition(type, toldOf(object, type, recordsAt(parent, 'conditions')));
      if (settled.state === 'ready') continue;
      return { ...settled, message: `parent ${name}: ${settled.message}` };
    }
  }
  const answered = parents.map((parent) => textAt(parent, 'parentRef', 'name'));
  const silent = wanted.find((parent) => !answered.includes(textAt(parent, 'name')));
  return silent === undefined
    ? ready()
    : progressing(`parent ${textAt(silent, 'name')} has not answered yet`);
}

/** One that waits for a person to go on is where it should be. */
function rollout(object: KubeObject): Settled | undefined {
  const message = oneLine(textAt(object, 'status', 'message'));
  switch (textAt(object, 'status', 'phase')) {
    case 'Healthy':
      return ready();
    case 'Degraded':
      return failed(message || 'is degraded');
    case 'Paused':
      return isHeld(object)
        ? ready(`is paused${message === '' ? '' : ` (${message})`} until it is promoted`)
        : progressing(message || 'is paused');
    case '':
      return undefined;
    default:
      return progressing(message || 'is progressing');
  }
}

/** Whether a Rollout pauses at a step without an end, or by its own field. */
function isHeld(object: KubeObject): boolean {
  if (at(object, 'spec', 'paused') === true) return true;
  if (at(object, 'spec', 'strategy', 'blueGreen') !== undefined)
    return numberAt(object, 'spec', 'strategy', 'blueGreen', 'autoPromotionSeconds') === undefined;
  const index = numberAt(object, 'status', 'currentStepIndex') ?? 0;
  const pause = at(recordsAt(object, 'spec', 'strategy', 'canary', 'steps')[index], 'pause');
  return pause !== undefined && at(pause, 'duration') === undefined;
}

function application(object: KubeObject): Settled | undefined {
  const health = textAt(object, 'status', 'health', 'status');
  const sync = textAt(object, 'status', 'sync', 'status');
  if (health === '' && sync === '') return undefined;
  const message = oneLine(textAt(object, 'status', 'health', 'message'));
  const told = message === '' ? '' : `: ${message}`;
  if (health !== 'Healthy' && health !== 'Suspended') return progressing(`is ${health || 'Unknown'}${told}`);
  const isByHand = at(object, 'spec', 'syncPolicy', 'automated') === undefined;
  return sync === 'Synced' || isByHand ? ready() : progressing(`is ${sync}`);
}

function canary(object: KubeObject): Settled | undefined {
  const phase = textAt(object, 'status', 'phase');
  if (phase === '') return undefined;
  if (phase === 'Failed') return failed(toldOf(object, 'Promoted')?.line || 'its analysis failed');
  if (/^(Initialized|Succeeded)$/.test(phase)) return ready();
  return progressing(toldOf(object, 'Promoted')?.line || `is ${phase}`);
}

function snapshot(object: KubeObject): Settled | undefined {
  if (at(object, 'status', 'readyToUse') === true) return ready();
  const message = oneLine(textAt(object, 'status', 'error', 'message'));
  return message === '' ? progressing('is not ready to use') : progressing(message);
}

function certificateRequest(object: KubeObject): Settled | undefined {
  const ready = toldOf(object, 'Ready');
  const denied = toldOf(object, 'Denied');
  if (denied?.status === 'True') return failed(denied.line || 'was denied');
  if (ready?.status === 'False' && ready.reason === 'Failed') return failed(ready.line);
  return byConditions(object);
}
