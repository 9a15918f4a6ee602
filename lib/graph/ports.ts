import { longRunning, type Container, type ContainerPort, type Pods } from './pods';

const ports = new WeakMap<Pods, readonly ContainerPort[]>();
const byName = new WeakMap<Pods, ReadonlyMap<string, ContainerPort>>();

/** The ports of all containers that stay (kubernetes `pkg/api/v1/pod` FindPort). */
export function portsOf(pods: Pods): readonly ContainerPort[] {
  const known = ports.get(pods);
  if (known !== undefined) return known;
  const found = longRunning(pods).flatMap((container) => container.ports);
  ports.set(pods, found);
  return found;
}

/** The first port of pods with a name. */
export function portNamed(pods: Pods, name: string, protocol: string): ContainerPort | undefined {
  const known = byName.get(pods) ?? firstByName(portsOf(pods));
  byName.set(pods, known);
  return known.get(`${name}/${protocol}`);
}

function firstByName(all: readonly ContainerPort[]): ReadonlyMap<string, ContainerPort> {
  return new Map(all.toReversed().map((port) => [`${port.name}/${port.protocol}`, port]));
}

/**
 * The ports that some pods declare together. It is made once for each selection, however many Services, monitors and
 * policies select the same pods.
 */
export class DeclaredPorts {
  /** Whether there are pods whose containers are not known. */
  readonly isUnknown: boolean;
  /** Whether there are pods that declare no ports, which they need not (`Container.ports`). */
  readonly isSilent: boolean;
  /** The names of the ports; empty for one without. */
  readonly names = new Set<string>();
  readonly #pods: readonly Pods[];
  /** `http/TCP`. */
  readonly #names = new Set<string>();
  /** The numbers of each protocol. */
  readonly #numbers = new Map<string, Set<number>>();
  readonly #texts = new Set<string>();
  #arguments: ReadonlySet<string> | undefined;
  #sorted: Map<string, readonly number[]> | undefined;

  constructor(pods: readonly Pods[]) {
    this.#pods = pods;
    let isSilent = false;
    for (const each of pods) {
      const own = portsOf(each);
      if (own.length === 0 && each.containers.length > 0) isSilent = true;
      for (const port of own) this.#add(port);
    }
    this.isSilent = isSilent;
    this.isUnknown = pods.some(({ containers }) => containers.length === 0);
  }

  #add({ name, number, protocol }: ContainerPort): void {
    const numbers = this.#numbers.get(protocol) ?? new Set<number>();
    this.#numbers.set(protocol, numbers.add(number));
    this.#names.add(`${name}/${protocol}`);
    this.names.add(name);
    const address = `${number}/${protocol}`;
    if (this.#texts.size <= MOST_LISTED) this.#texts.add(name === '' ? address : `${name} (${address})`);
  }

  /** Whether one of the pods declares a port. */
  has(port: string | number, protocol: string): boolean {
    if (typeof port === 'number') return this.#numbers.get(protocol)?.has(port) === true;
    return this.#names.has(`${port}/${protocol}`);
  }

  /** Whether one of the pods declares a port between two numbers, both included. */
  hasBetween(first: number, last: number, protocol: string): boolean {
    this.#sorted ??= new Map(
      [...this.#numbers].map(([each, numbers]) => [each, [...numbers].sort((a, b) => a - b)]),
    );
    const numbers = this.#sorted.get(protocol) ?? [];
    let [low, high] = [0, numbers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[middle] ?? 0) < first) low = middle + 1;
      else high = middle;
    }
    const found = numbers[low];
    return found !== undefined && found <= last;
  }

  /**
   * Whether one of the pods may listen at a port: it declares it, or does not say which ports it has. Who declares some
   * leaves none out, except those on the command line.
   */
  mayHave(port: string | number, protocol: string): boolean {
    if (this.isUnknown || this.has(port, protocol)) return true;
    if (typeof port !== 'number') return INJECTED.has(port);
    this.#arguments ??= new Set(this.#pods.flatMap((pods) => pods.containers.flatMap(argumentsOf)));
    return this.isSilent || this.#arguments.has(String(port));
  }

  /** The ports as a hint: `They have http (8080/TCP).` */
  get hint(): string | undefined {
    const known = [...this.#texts];
    return known.length === 0 ? undefined : `They have ${known.slice(0, MOST_LISTED).join(', ')}.`;
  }
}

/**
 * Ports of sidecars that webhooks add to pods.
 *
 * Source: the injection templates of Istio, of Linkerd (`charts/partials/templates/_proxy.tpl`) and of Dapr.
 */
const INJECTED: ReadonlySet<string> = new Set([
  'dapr-grpc',
  'dapr-http',
  'dapr-internal',
  'dapr-metrics',
  'http-envoy-prom',
  'linkerd-admin',
  'linkerd-proxy',
]);

/** More ports than this are not listed. */
const MOST_LISTED = 8;

const known = new WeakMap<readonly Pods[], DeclaredPorts>();

/** The ports that the pods of a selection declare. */
export function declaredPorts(selection: readonly Pods[]): DeclaredPorts {
  const found = known.get(selection) ?? new DeclaredPorts(selection);
  known.set(selection, found);
  return found;
}

/** Numbers on the command line of a container that may be a port: `--port=8080`, `--port 8080`, `--listen=:8080`. */
function argumentsOf({ field, isLongRunning }: Container): string[] {
  if (!isLongRunning) return [];
  return [...field.list('command'), ...field.list('args')].flatMap((word) => {
    const text = word.text || String(word.value);
    return ARGUMENTS.flatMap((pattern) => [...text.matchAll(pattern)].map(([, port = '']) => port));
  });
}

const ARGUMENTS = [/(?:^|[=\s])(\d+)/g, /(?:^|[=\s])(?:[\d.]*:|\[[\da-f:]*\]:)(\d+)/g];
