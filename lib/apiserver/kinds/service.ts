import { parseIp } from '../../kube/ip';
import { recordIn, recordsIn } from '../defaults/plain';
import type { PlainRecord } from '../../manifest/data';
import { itemsOf } from '../apply/parts';
import { equal } from '../update/equal';
import { ALLOCATED_IP, isHeadless, needsClusterIp, needsHealthCheck, needsNodePort } from './service-facts';
import { serviceCheck } from './service-check';
import type { KindUpdate } from './kind-update';

/** @source k8s.io/kubernetes pkg/registry/core/service/storage/storage.go REST.beginUpdate 1.36 */
export const serviceUpdate: KindUpdate = {
  kind: '/Service',
  about:
    'clusterIP and the first of clusterIPs and ipFamilies may not change, nor become or stop being None, unless the type is or was ExternalName; neither may healthCheckNodePort, nor loadBalancerClass while the type stays LoadBalancer.',
  assume,
  settle,
  carry(now, was) {
    const [spec, before] = [recordIn(now, 'spec'), recordIn(was, 'spec')];
    if (spec === undefined || before === undefined) return;
    for (const name of ['clusterIPs', 'ipFamilies']) if (itemsOf(spec[name]).length === 0) delete spec[name];
    keepAllocated(spec, before);
    linkClusterIps(spec, before);
    chooseFamilies(spec, before);
    dropByType(spec, before);
  },
  check: serviceCheck,
};

/** Server-allocated values must not change: another address would be rejected. */
function assume(live: PlainRecord, after: PlainRecord): void {
  const [spec, named] = [recordIn(live, 'spec'), recordIn(after, 'spec')];
  if (spec === undefined || named === undefined) return;
  if (spec['clusterIP'] === ALLOCATED_IP) {
    const [first] = itemsOf(named['clusterIPs']);
    const ip = named['clusterIP'] ?? first;
    if (typeof ip === 'string' && parseIp(ip) !== undefined) {
      spec['clusterIP'] = ip;
      spec['clusterIPs'] = [ip];
    }
  }
  const port = named['healthCheckNodePort'];
  // From the default range of a server.
  const isNodePort = typeof port === 'number' && port >= 30_000 && port <= 32_767;
  if (needsHealthCheck(spec) && isNodePort) spec['healthCheckNodePort'] ??= port;
}

/** Addresses and address families of a new Service. */
function settle(service: PlainRecord): void {
  const spec = recordIn(service, 'spec');
  if (spec === undefined) return;
  if (!needsClusterIp(spec)) {
    delete spec['internalTrafficPolicy'];
    return;
  }
  spec['clusterIP'] ??= ALLOCATED_IP;
  spec['clusterIPs'] ??= [spec['clusterIP']];
  chooseFamilies(spec, {});
}

/** @source k8s.io/kubernetes pkg/registry/core/service/storage/storage.go patchAllocatedValues 1.36 */
function keepAllocated(spec: PlainRecord, before: PlainRecord): void {
  if (needsClusterIp(before) && needsClusterIp(spec)) {
    spec['clusterIP'] ??= before['clusterIP'];
    spec['clusterIPs'] ??= before['clusterIPs'];
  }
  if (needsNodePort(before) && needsNodePort(spec)) {
    const [ports, old] = [recordsIn(spec, 'ports'), recordsIn(before, 'ports')];
    const kept = new Set(old.map(({ nodePort }) => nodePort));
    const used = new Set(ports.map(({ nodePort }) => nodePort).filter((nodePort) => kept.has(nodePort)));
    const byName = new Map(old.map(({ name, nodePort }) => [name, nodePort]));
    for (const port of ports) {
      const nodePort = byName.get(port['name']);
      if (!used.has(nodePort)) port['nodePort'] ??= nodePort;
    }
  }
  if (needsHealthCheck(before) && needsHealthCheck(spec)) {
    spec['healthCheckNodePort'] ??= before['healthCheckNodePort'];
  }
}

/**
 * Keeps `clusterIP` and `clusterIPs` the same.
 *
 * @source k8s.io/kubernetes pkg/registry/core/service/storage/storage.go normalizeClusterIPs 1.36
 */
function linkClusterIps(spec: PlainRecord, before: PlainRecord): void {
  const [ip, old] = [spec['clusterIP'], before['clusterIP']];
  if (ip === old) {
    if (before['clusterIPs'] !== undefined) spec['clusterIPs'] ??= before['clusterIPs'];
  } else if (equal(spec['clusterIPs'], before['clusterIPs'])) {
    if (ip === undefined) delete spec['clusterIPs'];
    else spec['clusterIPs'] = [ip];
  }
  if (needsClusterIp(spec) && !needsClusterIp(before)) {
    spec['clusterIP'] ??= ALLOCATED_IP;
    spec['clusterIPs'] ??= [spec['clusterIP']];
  }
}

/**
 * The address families of a Service in an IPv4-only cluster, the most common one: only the cluster knows its families.
 *
 * @source k8s.io/kubernetes pkg/registry/core/service/storage/alloc.go Allocators.initIPFamilyFields 1.36
 */
function chooseFamilies(spec: PlainRecord, before: PlainRecord): void {
  if (!needsClusterIp(spec)) return;
  const isOpen = isHeadless(spec) && Object.keys(recordIn(spec, 'selector') ?? {}).length === 0;
  spec['ipFamilyPolicy'] ??= before['ipFamilyPolicy'] ?? (isOpen ? 'RequireDualStack' : 'SingleStack');
  const isSingle = spec['ipFamilyPolicy'] === 'SingleStack';
  if (isSingle) {
    for (const name of ['clusterIPs', 'ipFamilies']) {
      const list = spec[name];
      if (Array.isArray(list) && list.length > 1 && equal(list, before[name])) spec[name] = [list[0]];
    }
  }
  const ips = itemsOf(spec['clusterIPs']);
  const families = [...itemsOf(spec['ipFamilies'])];
  for (const ip of ips.slice(families.length)) {
    if (typeof ip === 'string' && ip !== 'None') families.push(ip.includes(':') ? 'IPv6' : 'IPv4');
  }
  if (families.length === 0) families.push('IPv4');
  const isReduced = families.length > 0 && families.length < itemsOf(before['ipFamilies']).length;
  if (isOpen && !isSingle && !isReduced && families.length === 1)
    families.push(families[0] === 'IPv4' ? 'IPv6' : 'IPv4');
  spec['ipFamilies'] = families;
}

/**
 * Removes fields that only apply to the old type, unless they were changed too.
 *
 * @source k8s.io/kubernetes pkg/registry/core/service/strategy.go dropTypeDependentFields 1.36
 */
function dropByType(spec: PlainRecord, before: PlainRecord): void {
  const dropSame = (...names: string[]): void => {
    for (const name of names) if (equal(spec[name], before[name])) delete spec[name];
  };
  if (needsClusterIp(before) && !needsClusterIp(spec)) {
    if (equal(spec['clusterIPs'], before['clusterIPs'])) dropSame('clusterIPs', 'clusterIP');
    dropSame('ipFamilies', 'ipFamilyPolicy');
  }
  if (needsNodePort(before) && !needsNodePort(spec)) {
    const [ports, old] = [recordsIn(spec, 'ports'), recordsIn(before, 'ports')];
    if (ports.every(({ nodePort }, index) => nodePort === old[index]?.['nodePort'])) {
      for (const port of ports) delete port['nodePort'];
    }
  }
  if (needsHealthCheck(before) && !needsHealthCheck(spec)) dropSame('healthCheckNodePort');
  if (before['type'] === 'LoadBalancer' && spec['type'] !== 'LoadBalancer') {
    dropSame('allocateLoadBalancerNodePorts', 'loadBalancerClass');
  }
  if (isExternal(before) && !isExternal(spec)) dropSame('externalTrafficPolicy');
}

function isExternal(spec: PlainRecord): boolean {
  const ips = spec['externalIPs'];
  return needsNodePort(spec) || (spec['type'] === 'ClusterIP' && Array.isArray(ips) && ips.length > 0);
}
