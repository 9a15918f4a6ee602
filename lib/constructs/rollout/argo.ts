import { compareReleases } from '../../kube/custom/catalog';
import type { CustomPatches } from '../../kube/custom/patches';
import { releaseIn } from '../../profiles/installed';
import { Environment } from '../core/environment';
import { renderFields } from '../core/fields';
import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { integer, optional } from '../core/props';
import { followRoutes } from '../network/route/stand-ins';
import { scaling } from '../scaling/replicas';
import type { TraitPlace } from '../workloads/trait';
import { findPart } from '../workloads/trait';
import { makeAnalysis } from './analysis';
import { CanarySplit } from './canary-split';
import type { SteppedProps, SteppedRollout } from './stepped';
import { NO_ROLLOUT, UNSPLIT } from './stepped';
import type { RevisionProps } from './revisions';
import { REVISION_FIELDS } from './revisions';
import { renderRollingUpdate } from './rolling-update';
import type { Routers } from './router';
import { nameOf, revisionService } from './split';
import { setScaleTarget } from './scale-target';
import { readSeconds, readSteps } from './steps';
import type { BlueGreen, BlueGreenOptions, Canary } from './strategy';

const API_VERSION = 'argoproj.io/v1alpha1';

/** Problems that the workload reports itself. */
const unreported: Reporter = () => undefined;

/** A Rollout of Argo Rollouts, which runs the pods of the Deployment. */
export function makeRollout(
  place: TraitPlace,
  props: SteppedProps,
  rollout: Canary | BlueGreen,
  routers: Routers,
): SteppedRollout {
  const { name } = place;
  const isCanary = 'canary' in rollout;
  // A program in JavaScript may leave them undefined.
  const blueGreen = (isCanary ? undefined : rollout.blueGreen) ?? {};
  setScaleTarget(place.workload, { apiVersion: API_VERSION, kind: 'Rollout', name });
  const split = isCanary ? new CanarySplit(place) : undefined;
  if (split !== undefined && routers.whenRouted !== 'pods')
    followRoutes(place.workload, () => {
      split.use(routers.whenRouted);
    });
  const analysis = isCanary
    ? makeAnalysis(place, rollout, 'rollout', false)
    : makeAnalysis(place, blueGreen, 'rollout.blueGreen', true);
  const strategy = (report: Reporter): object =>
    isCanary
      ? { canary: renderCanary(rollout, place, split, analysis !== undefined, below('rollout', report)) }
      : { blueGreen: renderBlueGreen(blueGreen, place, below('rollout.blueGreen', report)) };
  const object = new KubeObject<CustomPatches['Rollout']>(place.workload, 'rollout', {
    apiVersion: API_VERSION,
    kind: 'Rollout',
    metadata: place.metadata(),
    content: (report) => ({ spec: renderRollout(place, props, strategy(report)) }),
  });
  split?.use(routers.now);
  return {
    ...NO_ROLLOUT,
    rollout: object,
    analysis,
    split: split ?? {
      ...UNSPLIT,
      previewService: place.served ? revisionService(place, 'preview') : undefined,
    },
    renderSpec: () => ({ replicas: scalesDown(place) ? undefined : 0 }),
  };
}

/** Since 1.7, a Rollout scales the Deployment down when its own pods are healthy (`workloadRef.scaleDown`). */
function scalesDown({ workload }: TraitPlace): boolean {
  const release = releaseIn(Environment.of(workload)?.profile ?? {}, 'argo-rollouts');
  return release === undefined || compareReleases(release, '1.7') >= 0;
}

function renderRollout(place: TraitPlace, props: SteppedProps, strategy: object): object {
  const { apiVersion, kind, name, workload } = place;
  const { replicas } = (findPart(workload, scaling)?.renderSpec?.(unreported) ?? {}) as {
    readonly replicas?: number;
  };
  return {
    ...optional('replicas', replicas),
    ...renderFields<RevisionProps>(props, REVISION_FIELDS, unreported),
    ...optional('progressDeadlineSeconds', props.progressDeadline),
    // Without it, a canary that never becomes ready keeps its share of the requests.
    progressDeadlineAbort: true,
    workloadRef: { apiVersion, kind, name, ...(scalesDown(place) && { scaleDown: 'onsuccess' }) },
    strategy,
  };
}

function renderCanary(
  canary: Canary,
  place: TraitPlace,
  split: CanarySplit | undefined,
  isAnalysed: boolean,
  report: Reporter,
): object {
  const { maxSurge = '25%', maxUnavailable = 0 } = canary;
  const steps = readSteps(canary, below('canary', report)).map((step) =>
    'weight' in step ? { setWeight: step.weight } : { pause: optional('duration', step.wait) },
  );
  const { name } = place;
  return {
    ...renderRollingUpdate({ maxSurge, maxUnavailable }, report),
    ...split?.render(report),
    // Before the first share there is nothing to look at.
    ...(isAnalysed && { analysis: { templates: [{ templateName: name }], startingStep: 1 } }),
    steps,
  };
}

function renderBlueGreen(props: BlueGreenOptions, place: TraitPlace, report: Reporter): object {
  const { promote, previewReplicas, keepOld, abortOn = [] } = props;
  checkServed(place, report);
  const seconds =
    promote === undefined || promote === 'manual' ? undefined : readSeconds(promote, 'promote', report);
  return {
    activeService: place.name,
    previewService: nameOf(place, 'preview'),
    ...(promote === 'manual' && { autoPromotionEnabled: false }),
    ...optional('autoPromotionSeconds', seconds),
    ...optional('previewReplicaCount', integer(previewReplicas, 'previewReplicas', 1, report)),
    ...optional(
      'scaleDownDelaySeconds',
      keepOld === undefined ? undefined : readSeconds(keepOld, 'keepOld', report),
    ),
    ...(abortOn.length > 0 && { postPromotionAnalysis: { templates: [{ templateName: place.name }] } }),
  };
}

/** The Services of a blue-green rollout lead to the old or the new pods, and every other one leads to both. */
function checkServed({ workload, served }: TraitPlace, report: Reporter): void {
  if (!served) {
    const hint = 'Use a WebService, or `canary` for pods that nobody calls.';
    report({
      code: 'INVALID_PROP',
      message: 'Forbidden: there is no Service that could lead to the new pods',
      hint,
    });
  }
  const exposed = workload.node.children.find(
    (child) =>
      child instanceof KubeObject && child.kind === 'Service' && child.node.id.startsWith('service-'),
  );
  if (exposed === undefined) return;
  report({
    code: 'INVALID_PROP',
    message: `Forbidden: \`expose('${exposed.node.id.slice('service-'.length)}')\` leads to the old and the new pods at once`,
    hint: "Set the type in `service`, such as { type: 'LoadBalancer' }, whose pods the rollout chooses.",
  });
}
