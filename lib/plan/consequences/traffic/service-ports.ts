import { recordsIn } from '../../../apiserver/defaults/plain';
import type { PlainRecord } from '../../../manifest/data';
import { forEachStep } from '../rule';
import { nameOf, oldSpecOf, specOf } from '../words';

export const servicePorts = forEachStep({
  kind: 'traffic',
  about: 'A Service no longer listens on a port, or has another node port.',
  effects: ['updated'],
  objects: ['/Service'],
  look(step, _, report) {
    if (step.was === undefined) return;
    const name = nameOf(step);
    const [old, now] = [portsOf(oldSpecOf(step)), portsOf(specOf(step))];
    const lost = [...old.keys()].filter((port) => !now.has(port));
    if (lost.length > 0) report('warning', `${name} no longer listens on ${lost.join(' and ')}.`);
    for (const [port, { nodePort }] of now) {
      const oldPort = old.get(port)?.['nodePort'];
      if (typeof oldPort !== 'number' || typeof nodePort !== 'number' || oldPort === nodePort) continue;
      report('warning', `${name} changes its node port for ${port} from ${oldPort} to ${nodePort}.`);
    }
  },
});

/** The ports of a Service by number and protocol: `80/TCP`. */
function portsOf(spec: PlainRecord): ReadonlyMap<string, PlainRecord> {
  const ports = recordsIn(spec, 'ports');
  return new Map(ports.map((port) => [`${String(port['port'])}/${String(port['protocol'])}`, port]));
}
