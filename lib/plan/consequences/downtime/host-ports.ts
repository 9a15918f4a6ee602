import { podTemplateOf } from '../../../graph/pod-template';
import { deploymentRollout } from '../rollout/rolling-update';
import { forEachStep, type Step } from '../rule';
import { nameOf } from '../words';

export const hostPorts = forEachStep({
  kind: 'downtime',
  about: 'New pods of a Deployment need a node without an old pod, which uses the same host port.',
  effects: ['pods-replaced'],
  isInPlace: true,
  objects: ['apps/Deployment'],
  look(step, { after }, report) {
    const rolling = deploymentRollout(step, after)?.rolling;
    if (rolling === undefined || rolling.surge === 0 || rolling.unavailable > 0) return;
    for (const port of portsOf(step))
      report(
        'warning',
        `${nameOf(step)} starts new pods next to the old ones, but each uses port ${port} of its node: a new pod needs a node without an old one. Set maxSurge to 0 and maxUnavailable to 1.`,
      );
  },
});

function portsOf({ now }: Step): number[] {
  const spec = podTemplateOf(now)?.field.at('spec');
  const own = spec?.at('hostNetwork').isTrue === true ? 'containerPort' : 'hostPort';
  const ports = (spec?.list('containers') ?? []).flatMap((container) => container.list('ports'));
  return [...new Set(ports.map((port) => port.at(own).number))].filter((port) => port > 0);
}
