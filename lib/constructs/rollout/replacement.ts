import { Environment } from '../core/environment';
import type { Reporter } from '../core/problems';
import { below, report as reportOf } from '../core/problems';
import { integer, optional } from '../core/props';
import { anyOf, choice, number } from '../core/shapes';
import type { MeshTrafficProps } from '../network/mesh/traffic';
import type { RoutedProps } from '../network/route';
import type { Trait, TraitPlace } from '../workloads/trait';
import { findPart } from '../workloads/trait';
import { makeRollout } from './argo';
import { rollsOutBy } from './by';
import { makeCanary } from './flagger';
import { revisions } from './revisions';
import type { RollingUpdate } from './rolling-update';
import { renderRollingUpdate, ROLLING_UPDATE } from './rolling-update';
import type { Replaced, ReplacedProps, SteppedProps, SteppedRollout, Split } from './stepped';
import { NO_ROLLOUT, UNSPLIT } from './stepped';
import type { Routers } from './router';
import { checkRouter, isOfMesh, routerOf } from './router';
import type { BlueGreen, Canary } from './strategy';
import { isStepped, STEPPED } from './strategy';

/** Never below the desired number while pods are replaced. */
const ROLLOUT: RollingUpdate = { maxSurge: '25%', maxUnavailable: 0 };

/** Seconds, set by the API server (DeploymentSpec of apps/v1). */
const PROGRESS_DEADLINE = 600;

/** How the pods of a Deployment are replaced: by itself, or in steps by Argo Rollouts. */
export const replacement: Trait<SteppedProps, Replaced, SteppedRollout> = {
  shapes: {
    rollout: anyOf<NonNullable<ReplacedProps['rollout']>>([choice(['recreate']), STEPPED, ROLLING_UPDATE], {
      hint: "Write it as { maxSurge: '25%' }, 'recreate', canary(['10%', pause('10m')]) or blueGreen().",
    }),
    progressDeadline: number,
    ...revisions.shapes,
  },
  members: { rollout: true, analysis: true },
  attach: (place, props) => {
    const { rollout } = props;
    const stepped = isStepped(rollout) ? makeStepped(place, props, rollout) : NO_ROLLOUT;
    return {
      ...stepped,
      renderSpec: (report) => ({ ...renderReplacement(props, report), ...stepped.renderSpec?.(report) }),
    };
  },
};

/** The objects that lead requests to old and new pods, for workloads with a Service. */
export const split: Trait<object, Split> = {
  shapes: {},
  members: {
    stableService: true,
    canaryService: true,
    previewService: true,
    virtualService: true,
    splitRoutes: true,
    canary: true,
    metricTemplates: true,
  },
  attach: ({ workload }) => findPart(workload, replacement)?.split ?? UNSPLIT,
};

/** `strategy` and `progressDeadlineSeconds` of a Deployment. */
function renderReplacement(
  { rollout = ROLLOUT, progressDeadline, minReady = 0 }: SteppedProps,
  report: Reporter,
) {
  if (minReady >= (progressDeadline ?? PROGRESS_DEADLINE)) {
    const message = 'must be greater than `minReady`';
    report({ code: 'INVALID_PROP', path: 'progressDeadline', message });
  }
  const rolling = isStepped(rollout) ? ROLLOUT : rollout;
  return {
    strategy:
      rolling === 'recreate'
        ? { type: 'Recreate' }
        : { type: 'RollingUpdate', rollingUpdate: renderRollingUpdate(rolling, below('rollout', report)) },
    ...optional('progressDeadlineSeconds', integer(progressDeadline, 'progressDeadline', 1, report)),
  };
}

function makeStepped(place: TraitPlace, props: SteppedProps, rollout: Canary | BlueGreen): SteppedRollout {
  const { workload, served } = place;
  const environment = Environment.of(workload);
  const profile = environment?.profile ?? {};
  // A trait sees all props of its workload.
  const { route, routes } = props as RoutedProps;
  const isRouted = route !== undefined || routes !== undefined;
  checkRouter(
    profile,
    below('rollout', (problem) => reportOf(workload, problem)),
  );
  const by = rollsOutBy(workload, props);
  if (by === undefined) {
    reportOf(workload, {
      code: 'MISSING_PROP',
      path: 'rollout',
      message: `Required value: the profile of environment "${environment?.node.id ?? ''}" has neither Argo Rollouts nor Flagger`,
      hint: "Add one of them to the profile: `installed: ['argo-rollouts']`, or `['flagger']`.",
    });
    return NO_ROLLOUT;
  }
  const routers: Routers = {
    now: served ? routerOf(profile, isRouted) : 'pods',
    whenRouted: served ? routerOf(profile, true) : 'pods',
  };
  if (isOfMesh(routers.now) && 'canary' in rollout && (props as MeshTrafficProps).traffic !== undefined)
    reportOf(workload, {
      code: 'INVALID_PROP',
      path: 'traffic',
      message: 'Forbidden: the rollout splits the calls within the mesh, by a route of its own',
      hint: "Set `trafficRouter: 'pods'` in the profile, or leave out `traffic`.",
    });
  const make = by === 'flagger' ? makeCanary : makeRollout;
  return make(place, props, rollout, routers);
}
