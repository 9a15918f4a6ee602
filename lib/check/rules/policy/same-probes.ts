import type { Field } from '../../../manifest/field';
import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { jsonText } from '../../../manifest/json-text';

const HANDLERS = ['httpGet', 'tcpSocket', 'exec', 'grpc'];

/** The defaults of `v1.Probe` are a period of 10 seconds and 3 failures. */
export const sameProbes: Rule = {
  name: 'policy/same-probes',
  severity: 'warning',
  about: 'Finds containers whose livenessProbe repeats the readinessProbe and fails as soon.',
  why: 'A busy container should receive fewer requests; a restart moves its load to the others instead.',
  run(cluster, report) {
    for (const { manifest, containers } of podsOf(cluster)) {
      for (const { field, name } of containers) {
        const readiness = field.child('readinessProbe');
        const liveness = field.child('livenessProbe');
        if (!readiness.isSet || !liveness.isSet || handler(liveness) !== handler(readiness)) continue;
        if (patience(liveness) > patience(readiness)) continue;
        const message = `livenessProbe of container "${name}" repeats its readinessProbe and fails as soon`;
        const hint = 'Give the livenessProbe a higher failureThreshold, or another check.';
        report(manifest, liveness.path, message, hint);
      }
    }
  },
};

/** What a probe checks. Of the headers only Host matters: it selects the virtual host. */
function handler(probe: Field): string {
  return jsonText(
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

/** The value of a field, with the fields of each object in a fixed order. */
function sorted(field: Field): unknown {
  if (Array.isArray(field.value)) return field.items.map(sorted);
  if (typeof field.value !== 'object' || field.value === null) return field.value;
  return field.entries.sort((a, b) => (a.name < b.name ? -1 : 1)).map((entry) => [entry.name, sorted(entry)]);
}

/** Seconds until a probe has failed. */
function patience(probe: Field): number {
  return (probe.child('periodSeconds').number || 10) * (probe.child('failureThreshold').number || 3);
}
