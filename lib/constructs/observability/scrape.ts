import type { CustomPatches } from '../../kube/custom/patches';
import { nearest } from '../../errors';
import { Field } from '../../manifest/field';
import { Environment } from '../core/environment';
import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { nonEmpty, optional } from '../core/props';
import { anyOf, choice, flag, list, record, text } from '../core/shapes';
import { connections } from '../network/connections';
import { clientService, service } from '../network/service';
import { podPorts } from '../network/service-ports';
import type { NamedPort } from '../workloads/container/ports';
import type { PodPart } from '../workloads/pod/pod';
import { podsOf, primaryOf } from '../rollout/primary';
import type { Trait, TraitPlace } from '../workloads/trait';
import { findPart } from '../workloads/trait';
import { readDuration } from './alerts/units';
import type { Relabel } from './relabel';
import { RELABEL } from './relabel';
import { scrapeAnnotations } from './scrape-annotations';
import { selectedLabels } from './selected';

/** Where Prometheus finds the metrics of a program. */
export interface Scrape {
  /** Name of the port. @default 'metrics', or the only port */
  readonly port?: string;
  /** Path of the metrics. @default '/metrics', set by Prometheus */
  readonly path?: string;
  /** How often they are read: `30s`. @default that of the Prometheus */
  readonly interval?: string;
  /** How long to wait for them: `10s`. @default that of the Prometheus */
  readonly timeout?: string;
  /** How they are asked for. @default 'http', set by Prometheus */
  readonly scheme?: 'http' | 'https';
  /** Whether labels of the metrics win over those of the target, as for exporters of others' metrics. @default false */
  readonly honorLabels?: boolean;
  /** Changes to the labels of the target. @default none */
  readonly relabel?: readonly Relabel[];
  /** Changes to the metrics, such as dropping some. @default none */
  readonly metricRelabel?: readonly Relabel[];
}

/** How Prometheus reads the metrics of a workload. */
export interface ScrapedProps {
  /**
   * The port with the metrics of the pods, by name, with options, or several; exporters beside the main container have
   * theirs as well. Policies let the Prometheus of the profile in.
   * @default they are not read
   * @example { port: 'metrics', interval: '15s' }
   */
  readonly scrape?: string | Scrape | readonly (string | Scrape)[];
}

/**
 * How the metrics of a workload are read.
 *
 * | object | when | why |
 * |---|---|---|
 * | ServiceMonitor | with `scrape` and the Prometheus Operator, where its Service has the ports | Prometheus reads the metrics; its labels are those that `prometheus.serviceMonitorSelector` of the profile requires |
 * | PodMonitor | with `scrape` and the Prometheus Operator, where no Service has the ports | the same, by `prometheus.podMonitorSelector` |
 *
 * Without the operator, the pods have the annotations `prometheus.io/scrape`, `prometheus.io/port` and `prometheus.io/path`.
 */
export interface Scraped {
  /** The ServiceMonitor or PodMonitor; `undefined` without the prop `scrape` or the operator. */
  readonly monitor: KubeObject<CustomPatches['ServiceMonitor'] | CustomPatches['PodMonitor']> | undefined;
}

const SCRAPE = record<Scrape>(
  {
    port: text,
    path: text,
    interval: text,
    timeout: text,
    scheme: choice(['http', 'https']),
    honorLabels: flag,
    relabel: RELABEL,
    metricRelabel: RELABEL,
  },
  {
    example: "{ port: 'metrics' }",
    words: {
      scrapeTimeout: '`timeout`',
      relabelings: '`relabel`',
      metricRelabelings: '`metricRelabel`',
    },
  },
);

const ENDPOINT = anyOf<string | Scrape>([text, SCRAPE]);

/** Lets Prometheus read the metrics of a workload. It is attached after the Services. */
export const scrape: Trait<ScrapedProps, Scraped> = {
  shapes: { scrape: anyOf<NonNullable<ScrapedProps['scrape']>>([text, SCRAPE, list(ENDPOINT)]) },
  members: { monitor: true },
  markPorts: (ports, { scrape: given }) => {
    const scraped = new Set(endpointsOf(given, ports).map(({ target }) => target?.name));
    return ports.map((port) =>
      scraped.has(port.name) && !FOR_CLIENTS.has(port.name) ? { ...port, forMonitoring: true } : port,
    );
  },
  attach: (place, { scrape: given }) => {
    if (given === undefined) return { monitor: undefined };
    const endpoints = endpointsOf(given, podPorts(place));
    const ports = endpoints.flatMap(({ target }) => target ?? []);
    if (ports.length > 0) findPart(place.workload, connections)?.allowScrape(ports);
    if (Environment.of(place.workload)?.has('prometheus-operator') === true)
      return { monitor: makeMonitor(place, endpoints) };
    return {
      monitor: undefined,
      renderPod: (report): PodPart => {
        checkEndpoints(endpoints, podPorts(place), below('scrape', report));
        return { annotations: scrapeAnnotations(endpoints, below('scrape', report)) };
      },
    };
  },
};

/** What is read from one port. */
interface ScrapeEndpoint extends Scrape {
  /** The port; `undefined` where the pods have none of the name. */
  readonly target: NamedPort | undefined;
}

const USUAL = 'metrics';

/** What people call a port of a program's clients: where it has the metrics as well, it stays theirs. */
const FOR_CLIENTS: ReadonlySet<string> = new Set([
  'http',
  'https',
  'http2',
  'h2c',
  'grpc',
  'web',
  'api',
  'main',
]);

function endpointsOf(given: ScrapedProps['scrape'], ports: readonly NamedPort[]): readonly ScrapeEndpoint[] {
  return given === undefined ? [] : [given as string | Scrape].flat().map((each) => endpointOf(each, ports));
}

function endpointOf(given: string | Scrape, ports: readonly NamedPort[]): ScrapeEndpoint {
  const props = typeof given === 'string' ? { port: given } : given;
  const usual = ports.find(({ name }) => name === USUAL) ?? (ports.length === 1 ? ports[0] : undefined);
  const target = props.port === undefined ? usual : ports.find(({ name }) => name === props.port);
  return { ...props, target };
}

type Monitor = NonNullable<Scraped['monitor']>;

function makeMonitor(place: TraitPlace, endpoints: readonly ScrapeEndpoint[]): Monitor {
  const { workload, name } = place;
  const served = servedNames(place);
  // Flagger's Services have none of its labels, and the Service of the workload leads to some of its pods.
  const byService =
    primaryOf(workload) === undefined &&
    endpoints.every(({ target }) => target !== undefined && served.has(target.name));
  const [which, field] = byService
    ? (['serviceMonitor', 'endpoints'] as const)
    : (['podMonitor', 'podMetricsEndpoints'] as const);
  const metadata = place.metadata();
  return new KubeObject(workload, 'monitor', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: byService ? 'ServiceMonitor' : 'PodMonitor',
    metadata: { ...metadata, labels: selectedLabels(workload, which, metadata.labels) },
    content: (report) => {
      const reportBelow = below('scrape', report);
      selectedLabels(workload, which, metadata.labels, report);
      checkEndpoints(endpoints, podPorts(place), reportBelow);
      const once = byService ? oneService(place, name) : [];
      return {
        spec: {
          selector: byService ? { matchLabels: workload.matchLabels } : podsOf(workload),
          [field]: endpoints.map((endpoint) => renderEndpoint(endpoint, once)),
        },
      };
    },
  });
}

/** The ports of the Service of the workload's own name. */
function servedNames({ workload, ports }: TraitPlace): ReadonlySet<string> {
  // The headless Service of replicas has all their ports.
  if (findPart(workload, clientService) !== undefined) return new Set(ports.map(({ name }) => name));
  const object = findPart(workload, service)?.service.render().object;
  return new Set(
    Field.root(object)
      .list('spec', 'ports')
      .map((port) => port.at('name').text),
  );
}

/** Several Services lead to the same pods, as `expose` makes them: only one of them counts, or each pod is read twice. */
function oneService({ workload }: TraitPlace, name: string): readonly object[] {
  const services = workload.node
    .findAll()
    .filter((each) => each instanceof KubeObject && each.kind === 'Service');
  if (services.length < 2) return [];
  const regex = name.replaceAll('.', '[.]');
  return [{ action: 'keep', sourceLabels: ['__meta_kubernetes_service_name'], regex }];
}

function renderEndpoint(endpoint: ScrapeEndpoint, once: readonly object[]): object {
  const { target, path, interval, timeout, scheme, honorLabels, relabel = [], metricRelabel = [] } = endpoint;
  return {
    port: target?.name,
    ...optional('path', path),
    ...optional('interval', interval),
    ...optional('scrapeTimeout', timeout),
    ...optional('scheme', scheme),
    ...optional('honorLabels', honorLabels),
    ...nonEmpty('relabelings', [...once, ...relabel]),
    ...nonEmpty('metricRelabelings', metricRelabel),
  };
}

function checkEndpoints(
  endpoints: readonly ScrapeEndpoint[],
  ports: readonly NamedPort[],
  report: Reporter,
): void {
  const names = ports.map(({ name }) => name);
  const has = `the pods have ${names.join(', ') || 'no ports'}`;
  for (const { port, path, interval, timeout, target } of endpoints) {
    if (target === undefined && port === undefined)
      report({
        code: 'MISSING_PROP',
        path: 'port',
        message: `Required value: which port has the metrics; ${has}`,
      });
    else if (target === undefined) {
      const near = nearest(port ?? '', names);
      const hint = near === undefined ? {} : { hint: `Did you mean "${near}"?` };
      report({
        code: 'INVALID_PORT',
        path: 'port',
        message: `unknown port "${port ?? ''}"; ${has}`,
        ...hint,
      });
    } else if ((target.protocol ?? 'TCP') !== 'TCP') {
      const message = `Invalid value: "${target.name}": Prometheus reads metrics over TCP, and the port is ${target.protocol ?? ''}`;
      report({ code: 'INVALID_PORT', path: 'port', message });
    }
    if (path?.startsWith('/') === false)
      report({
        code: 'INVALID_PROP',
        path: 'path',
        message: `Invalid value: "${path}": must begin with "/"`,
      });
    const [every, wait] = [
      interval === undefined ? undefined : readDuration(interval, 'interval', report),
      timeout === undefined ? undefined : readDuration(timeout, 'timeout', report),
    ];
    if (every !== undefined && wait !== undefined && wait > every) {
      const message = 'must not be longer than `interval`';
      report({ code: 'INVALID_PROP', path: 'timeout', message });
    }
  }
}
