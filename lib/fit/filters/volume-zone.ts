import type { FitNode } from '../state/node';
import { claimsOf } from './volume-binding';
import { lasting, type Filter } from './filter';

const NAME = 'VolumeZone';
const REFUSAL = lasting(NAME, 'node(s) had no available volume zone');

/** Labels of a zone or region, older ones with those that took their place. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ['failure-domain.beta.kubernetes.io/zone', 'topology.kubernetes.io/zone'],
  ['failure-domain.beta.kubernetes.io/region', 'topology.kubernetes.io/region'],
  ['topology.kubernetes.io/zone', 'topology.kubernetes.io/zone'],
  ['topology.kubernetes.io/region', 'topology.kubernetes.io/region'],
]);

/**
 * The labels of a volume for zone and region are those of the node; `a__b` stands for several. A node without any such
 * label takes every volume.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/volumezone/volume_zone.go Filter 1.36
 */
export const volumeZone: Filter = {
  name: NAME,
  hangsOn: 'cluster',
  for(pod, { volumes }) {
    const asked = claimsOf(pod, volumes).flatMap(({ volume }) =>
      Object.entries(volume?.labels ?? {})
        .filter(([key]) => LABELS.has(key))
        .map(([key, value]) => ({ key, values: value.split('__').map((each) => each.trim()) })),
    );
    if (asked.length === 0) return undefined;
    return (node) => {
      if (![...LABELS.keys()].some((key) => node.label(key) !== undefined)) return undefined;
      return asked.every(({ key, values }) => values.includes(zoneOf(node, key) ?? '\n'))
        ? undefined
        : REFUSAL;
    };
  },
};

function zoneOf(node: FitNode, key: string): string | undefined {
  return node.label(key) ?? node.label(LABELS.get(key) ?? key);
}
