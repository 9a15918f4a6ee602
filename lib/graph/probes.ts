import type { Field } from '../manifest/field';
import { jsonText } from '../manifest/json-text';

/** The numbers of a probe, with the defaults of the API server. */
export interface ProbeTiming {
  /** Seconds after the start of the container until the first check. */
  readonly delay: number;
  /** Seconds from one check to the next. */
  readonly period: number;
  /** Seconds after which a check has failed. */
  readonly timeout: number;
  /** Checks that have to fail, one after the other. */
  readonly failures: number;
}

/**
 * The numbers of a probe; none where it is not set.
 *
 * Source: SetDefaults_Probe of kubernetes `pkg/apis/core/v1/defaults.go`: zero counts as not set.
 */
export function probeTiming(probe: Field): ProbeTiming | undefined {
  if (!probe.isSet) return undefined;
  return {
    delay: probe.child('initialDelaySeconds').number,
    period: probe.child('periodSeconds').number || 10,
    timeout: probe.child('timeoutSeconds').number || 1,
    failures: probe.child('failureThreshold').number || 3,
  };
}

/** The seconds in which a probe fails, from its first failed check on, if each answers at once. */
export function patience({ period, failures }: ProbeTiming): number {
  return period * failures;
}

const HANDLERS = ['httpGet', 'tcpSocket', 'exec', 'grpc'];

/** What a probe checks, as a text that is the same for the same check. Of the headers only Host matters: it selects the virtual host. */
export function handlerOf(probe: Field): string {
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
