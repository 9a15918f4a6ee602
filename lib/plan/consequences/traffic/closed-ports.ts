import type { PodPort } from '../../../graph/connections';
import type { PodSet } from '../../../graph/pod-set';

/** A port, and who may connect to it. */
export interface OpenPort {
  readonly port: PodPort;
  readonly callers: PodSet;
}

/** Ports, and those who may no longer connect to all of them and to no others. */
export interface PortCallers {
  readonly ports: readonly PodPort[];
  readonly callers: PodSet;
}

/**
 * The callers of each port before that may no longer connect to it, though it is still there. Ports that come and go with
 * the containers are nothing that a policy does, unless no other port is left to a caller.
 */
export function closedPorts(before: readonly OpenPort[], after: readonly OpenPort[]): readonly PortCallers[] {
  const still = new Map(after.map(({ port, callers }) => [keyOf(port), callers]));
  const anyAfter = joined(after.map(({ callers }) => callers));
  let parts: PortCallers[] = [];
  for (const { port, callers } of before) {
    const left = still.get(keyOf(port));
    const shut = anyAfter === undefined ? [] : [callers.without(anyAfter)];
    if (left !== undefined) shut.push(callers.without(left));
    const closed = joined(shut);
    if (closed !== undefined && !closed.isEmpty) parts = split(parts, port, closed);
  }
  return parts;
}

/** Tells apart, among callers of the same ports, those that lose one more. */
function split(parts: readonly PortCallers[], port: PodPort, closed: PodSet): PortCallers[] {
  let left = closed;
  const found: PortCallers[] = [];
  for (const { ports, callers } of parts) {
    const [more, others] = [callers.and(closed), callers.without(closed)];
    if (!more.isEmpty) found.push({ ports: [...ports, port], callers: more });
    if (!others.isEmpty) found.push({ ports, callers: others });
    left = left.without(callers);
  }
  return left.isEmpty ? found : [...found, { ports: [port], callers: left }];
}

function joined(sets: readonly PodSet[]): PodSet | undefined {
  const [first, ...others] = sets;
  const all = first?.copy();
  for (const each of others) all?.join(each);
  return all;
}

function keyOf({ port, protocol }: PodPort): string {
  return `${port}/${protocol}`;
}
