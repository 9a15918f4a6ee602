import { recordIn, recordsIn } from '../../../apiserver/defaults/plain';
import type { KubeObject } from '../../../manifest/manifest';
import type { ConsequenceRule, Step } from '../rule';
import { kindOf, nameOf } from '../words';

const ROUTES: ReadonlySet<string> = new Set([
  'networking.k8s.io/Ingress',
  'gateway.networking.k8s.io/HTTPRoute',
  'gateway.networking.k8s.io/GRPCRoute',
  'gateway.networking.k8s.io/TLSRoute',
  // Flagger makes a route of these hosts, or a VirtualService.
  'flagger.app/Canary',
]);

export const hosts: ConsequenceRule = {
  kind: 'traffic',
  about: 'A host moves from one route to another, or no route serves it any more.',
  run({ steps }, report) {
    const routes = steps.filter((step) => ROUTES.has(kindOf(step)));
    const now = new Map<string, Step>();
    for (const step of routes) for (const host of hostsOf(step.change.after?.object)) now.set(host, step);
    for (const step of routes) {
      if (step.change.effect === 'rejected') continue;
      const kept = new Set(hostsOf(step.change.after?.object));
      for (const host of hostsOf(step.change.before?.object)) {
        if (kept.has(host)) continue;
        const next = now.get(host);
        if (next === undefined)
          report(
            step,
            'error',
            `${nameOf(step)} no longer serves ${host}, and nothing else in this set does.`,
          );
        else
          report(
            next,
            'warning',
            `${host} moves from ${nameOf(step)} to ${nameOf(next)}: for a moment, both may serve it, or neither.`,
          );
      }
    }
  },
};

function hostsOf(object: KubeObject | undefined): string[] {
  const spec = recordIn(object ?? {}, 'spec') ?? {};
  const named = Array.isArray(spec['hostnames']) ? (spec['hostnames'] as unknown[]) : [];
  const { hosts: ofCanary } = recordIn(spec, 'service') ?? {};
  const split = Array.isArray(ofCanary) ? (ofCanary as unknown[]) : [];
  const ruled = recordsIn(spec, 'rules').map((rule) => rule['host']);
  return [...new Set([...named, ...split, ...ruled].filter((host) => typeof host === 'string'))];
}
