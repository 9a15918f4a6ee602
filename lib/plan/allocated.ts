import { recordIn, recordsIn } from '../apiserver/defaults/plain';
import { groupKind } from '../apiserver/kinds/registry';
import { ALLOCATED_IP, needsHealthCheck, needsNodePort } from '../apiserver/kinds/service-facts';
import type { PlainRecord } from '../manifest/data';

/** What stands for a value that the API server chooses, and nobody knows before. */
export const ALLOCATED = '(allocated)';

/**
 * Two sides of a Service with a word for each address and port that the API server has chosen, or will choose, so that a
 * value which it keeps is no difference, and one that changes is. Other kinds are returned as they are.
 */
export function withAllocated(
  was: PlainRecord,
  now: PlainRecord,
): readonly [was: PlainRecord, now: PlainRecord] {
  const [old, spec] = [recordIn(was, 'spec'), recordIn(now, 'spec')];
  if (groupKind(String(now['apiVersion']), String(now['kind'])) !== '/Service' || !old || !spec)
    return [was, now];
  const before = chosen(old, {});
  return [
    { ...was, spec: before },
    { ...now, spec: chosen(spec, before) },
  ];
}

/** @param before the other side, whose ports are kept even where no new ones are allocated */
function chosen(spec: PlainRecord, before: PlainRecord): PlainRecord {
  const { clusterIP, clusterIPs, ports, healthCheckNodePort } = spec;
  const allocates = needsNodePort(spec) && spec['allocateLoadBalancerNodePorts'] !== false;
  const kept = new Set(
    recordsIn(before, 'ports')
      .filter((port) => port['nodePort'] === ALLOCATED)
      .map(keyOf),
  );
  const isAllocated = (port: PlainRecord): boolean =>
    port['nodePort'] === undefined && (allocates || (needsNodePort(spec) && kept.has(keyOf(port))));
  return {
    ...spec,
    ...(clusterIP === ALLOCATED_IP && { clusterIP: ALLOCATED }),
    ...(Array.isArray(clusterIPs) && {
      clusterIPs: clusterIPs.map((ip: unknown) => (ip === ALLOCATED_IP ? ALLOCATED : ip)),
    }),
    ...(Array.isArray(ports) && {
      ports: recordsIn(spec, 'ports').map((port) =>
        isAllocated(port) ? { ...port, nodePort: ALLOCATED } : port,
      ),
    }),
    ...(needsHealthCheck(spec) && { healthCheckNodePort: healthCheckNodePort ?? ALLOCATED }),
  };
}

function keyOf(port: PlainRecord): string {
  return `${String(port['port'])}/${String(port['protocol'])}`;
}
