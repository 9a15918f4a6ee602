import type { Reporter } from '../core/problems';
import { optional } from '../core/props';
import type { ServicePorts as Chosen } from '../network/service-ports';
import { publicPorts, servedPorts } from '../network/service-ports';
import type { NamedPort } from '../workloads/container/ports';
import type { TraitPlace } from '../workloads/trait';

/** The ports of the Services that Flagger makes: one that it splits, and all others of the pods or none. */
interface ServicePorts {
  readonly main: NamedPort | undefined;
  readonly others: readonly NamedPort[];
}

/** What the props of the Service of a workload say about its ports. */
interface ChosenService {
  readonly type?: string;
  readonly ports?: Chosen;
}

function portsOf({ ports }: Pick<TraitPlace, 'ports'>, service: ChosenService | undefined): ServicePorts {
  const served = servedPorts(ports, service);
  const main = publicPorts(served)[0];
  return { main, others: served.filter((port) => port !== main) };
}

/**
 * The ports of a Canary's `service`. Flagger leads to one port by any number, and to all others of the containers by their own
 * numbers, over TCP.
 *
 * Sources: `reconcileService` of flagger `pkg/router/kubernetes_default.go`, `getPorts` of `pkg/canary/util.go`.
 */
export function renderPorts(
  place: TraitPlace,
  { service }: { readonly service?: ChosenService },
  report: Reporter,
): object {
  const { main, others } = portsOf(place, service);
  if (main === undefined) return {};
  const isPlain = ({ port, service: number = port, appProtocol }: NamedPort): boolean =>
    number === port && appProtocol === undefined;
  const wrong = [main, ...others].find(({ protocol = 'TCP' }) => protocol !== 'TCP');
  const other = others.find((port) => !isPlain(port));
  const isPart = others.length > 0 && others.length + 1 < place.ports.length;
  const why =
    wrong !== undefined
      ? `port "${wrong.name}" is one for ${wrong.protocol ?? ''}, and Services of Flagger are for TCP`
      : other !== undefined
        ? `port "${other.name}" has another number or protocol on the Service, and Flagger gives it that of the pods`
        : isPart
          ? 'Flagger leads to one port, or to all of the pods'
          : undefined;
  if (why !== undefined)
    report({
      code: 'INVALID_PROP',
      message: `Forbidden: ${why}`,
      hint: `Set \`service: { ports: ['${main.name}'] }\`, and lead to the others by \`expose\`.`,
    });
  return {
    port: main.service ?? main.port,
    portName: main.name,
    targetPort: main.port,
    ...optional('appProtocol', main.appProtocol),
    portDiscovery: others.length > 0,
  };
}

/** `ports` of the Service as Flagger writes them: whatever differs, it changes back. */
export function asFlaggerHasThem(ports: readonly NamedPort[]): readonly object[] {
  return ports.map(({ name, port, service, appProtocol, nodePort }) => ({
    name,
    protocol: 'TCP',
    port: service ?? port,
    targetPort: port,
    ...optional('appProtocol', appProtocol),
    ...optional('nodePort', nodePort),
  }));
}
