import { recordIn, recordsIn } from '../../../apiserver/defaults/plain';
import type { PlainRecord } from '../../../manifest/data';
import { ALLOCATED, withAllocated } from '../../allocated';
import { forEachStep } from '../rule';
import { nameOf } from '../words';

export const servicePorts = forEachStep({
  kind: 'traffic',
  about: 'A Service no longer listens on a port, or has another node port.',
  effects: ['updated'],
  objects: ['/Service'],
  look(step, _, report) {
    if (step.was === undefined || step.now === undefined) return;
    const name = nameOf(step);
    const [was, is] = withAllocated(step.was, step.now);
    const [old, now] = [portsOf(was), portsOf(is)];
    const lost = [...old.keys()].filter((port) => !now.has(port));
    if (lost.length > 0) report('warning', `${name} no longer listens on ${lost.join(' and ')}.`);
    for (const [port, { nodePort }] of now) {
      const oldPort = old.get(port)?.['nodePort'];
      if (oldPort === undefined || nodePort === undefined || oldPort === nodePort) continue;
      report('warning', `${name} changes its node port for ${port} ${fromTo(oldPort, nodePort)}.`);
    }
  },
});

function fromTo(old: unknown, now: unknown): string {
  if (now === ALLOCATED) return `from ${String(old)} to one that the API server allocates`;
  return old === ALLOCATED
    ? `to ${String(now)}, unless the API server had allocated that`
    : `from ${String(old)} to ${String(now)}`;
}

/** The ports of a Service by number and protocol: `80/TCP`. */
function portsOf(service: PlainRecord): ReadonlyMap<string, PlainRecord> {
  const ports = recordsIn(recordIn(service, 'spec') ?? {}, 'ports');
  return new Map(ports.map((port) => [`${String(port['port'])}/${String(port['protocol'])}`, port]));
}
