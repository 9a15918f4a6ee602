import type { Field } from '../../../manifest/field';
import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';

const HANDLERS = ['httpGet', 'tcpSocket', 'exec', 'grpc'];

/** Defaults are those of `v1.Probe`: every 10 seconds, three times. */
export const sameProbes: Rule = {
  name: 'policy/same-probes',
  severity: 'warning',
  about:
    'Finds containers that are killed by the same check, and as soon, as they are taken from their Service.',
  why: 'A container that is only busy should get fewer requests; killed instead, it leaves its load to the next one.',
  run(cluster, report) {
    for (const { manifest, containers } of podsOf(cluster)) {
      for (const { field, name } of containers) {
        const readiness = field.child('readinessProbe');
        const liveness = field.child('livenessProbe');
        if (!readiness.isSet || !liveness.isSet || handler(liveness) !== handler(readiness)) continue;
        if (patience(liveness) > patience(readiness)) continue;
        const message = `kills the container "${name}" by the check, and as soon, as it is taken from its Service`;
        const hint = 'Give the livenessProbe a higher failureThreshold, or a check of its own.';
        report(manifest, liveness.path, message, hint);
      }
    }
  },
};

/** What a probe asks. Headers do not make it another check, apart from Host, which says whom it asks. */
function handler(probe: Field): string {
  return JSON.stringify(
    HANDLERS.map((name) => (name === 'httpGet' ? request(probe.child(name)) : sorted(probe.child(name)))),
  );
}

function request(get: Field): unknown {
  const parts = ['path', 'port', 'host', 'scheme'].map((name) => get.child(name).value);
  const hosts = get
    .child('httpHeaders')
    .items.filter((header) => header.child('name').text.toLowerCase() === 'host')
    .map((header) => header.child('value').text);
  return [...parts, ...hosts];
}

/** The value of a field, which does not depend on the order of its own fields. */
function sorted(field: Field): unknown {
  if (Array.isArray(field.value)) return field.items.map(sorted);
  if (typeof field.value !== 'object' || field.value === null) return field.value;
  return field.entries.sort((a, b) => (a.name < b.name ? -1 : 1)).map((entry) => [entry.name, sorted(entry)]);
}

/** Seconds until a probe gives up. */
function patience(probe: Field): number {
  return (probe.child('periodSeconds').number || 10) * (probe.child('failureThreshold').number || 3);
}
