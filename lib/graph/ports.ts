import { longRunning, type Container, type Pods } from './pods';

/** Whether pods listen at a port; `undefined` where they do not say which ports they have. */
export function hasPort(pods: Pods, port: string | number, protocol: string): boolean | undefined {
  if (pods.containers.length === 0) return undefined;
  const ports = portsOf(pods);
  // Numbers need not be declared (`Container.ports`), yet who declares some leaves none out.
  if (typeof port === 'number' && ports.length === 0) return undefined;
  const has = ports.some(
    (each) => each.protocol === protocol && (typeof port === 'number' ? each.number : each.name) === port,
  );
  const isArgument =
    !has && typeof port === 'number' && pods.containers.some((each) => hasArgument(each, port));
  return isArgument ? undefined : has;
}

/** Whether the command line of a container has a port to listen on: `--port=8080`, `--port 8080`, `--listen=:8080`. */
function hasArgument({ field, isLongRunning }: Container, port: number): boolean {
  if (!isLongRunning) return false;
  const pattern = new RegExp(`(?:^|[=\\s])(?:[\\d.]*:|\\[[\\da-f:]*\\]:)?${port}(?!\\d)`);
  return [...field.list('command'), ...field.list('args')].some((word) =>
    pattern.test(word.text || String(word.value)),
  );
}

/** The ports of all containers that stay (kubernetes `pkg/api/v1/pod` FindPort). */
export function portsOf(pods: Pods) {
  return longRunning(pods).flatMap(({ ports }) => ports);
}

/** The ports of pods as a hint: `http (8080/TCP)`. */
export function listPorts(all: readonly Pods[]): string | undefined {
  const ports = all.flatMap(portsOf).map(({ name, number, protocol }) => {
    const address = `${number}/${protocol}`;
    return name === '' ? address : `${name} (${address})`;
  });
  const known = [...new Set(ports)];
  return known.length === 0 ? undefined : `They have ${known.slice(0, 8).join(', ')}.`;
}
