import { shorten } from '../../kube/names';
import type { Patches } from '../../kube/patches';
import { NAME_LENGTH } from '../core/names';
import { KubeObject } from '../core/object';
import type { StandIn } from '../network/route/target';
import { renderService } from '../network/service';
import { withoutNode } from '../network/service-ports';
import type { TraitPlace } from '../workloads/trait';
import type { Router } from './router';

/** The name of one of the Services of a workload. */
export function nameOf({ name }: Pick<TraitPlace, 'name'>, suffix: string): string {
  return shorten([name, suffix], NAME_LENGTH);
}

/**
 * A Service called `<name>-<suffix>` for some pods of the workload: Argo Rollouts adds the label of their revision to its
 * selector. It has none of the labels by which the Service of the workload is found, so that no monitor scrapes twice.
 */
export function revisionService(place: TraitPlace, suffix: string): KubeObject<Patches['Service']> {
  const { workload, ports } = place;
  const { labels = {}, ...metadata } = place.metadata();
  const own = Object.entries(labels).filter(([key]) => !Object.hasOwn(workload.matchLabels, key));
  return new KubeObject<Patches['Service']>(workload, suffix, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, labels: Object.fromEntries(own), name: nameOf(place, suffix) },
    content: (report) => ({ spec: renderService({}, workload.matchLabels, ports.map(withoutNode), report) }),
  });
}

/** Where routes send requests: all of them to the old pods, until a rollout changes that. */
export function splitBackends(router: Router, place: TraitPlace): readonly StandIn[] {
  const [stable, canary] = [nameOf(place, 'stable'), nameOf(place, 'canary')];
  if (router === 'alb') return [{ name: stable, port: 'use-annotation' }];
  if (router === 'nginx') return [{ name: stable }];
  return [
    { name: stable, weight: 100 },
    { name: canary, weight: 0 },
  ];
}
