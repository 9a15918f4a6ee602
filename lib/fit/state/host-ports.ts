/** A port of the node that a pod asks for. */
export interface HostPort {
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

const EVERY_ADDRESS = '0.0.0.0';

/**
 * The ports of a node that pods use, by address. `0.0.0.0` is in conflict with every address; `::` is an address like
 * any other.
 *
 * @source k8s.io/kube-scheduler framework/types.go HostPortInfo.CheckConflict 1.36
 */
export class HostPorts {
  readonly #uses = new Map<string, Map<string, number>>();

  add(ports: readonly HostPort[]): void {
    for (const port of ports) this.#count(port, 1);
  }

  remove(ports: readonly HostPort[]): void {
    for (const port of ports) this.#count(port, -1);
  }

  conflictsWith({ ip, protocol, port }: HostPort): boolean {
    const addresses = this.#uses.get(`${protocol}/${port}`);
    if (addresses === undefined) return false;
    return ip === EVERY_ADDRESS ? addresses.size > 0 : addresses.has(EVERY_ADDRESS) || addresses.has(ip);
  }

  #count({ ip, protocol, port }: HostPort, sign: 1 | -1): void {
    const key = `${protocol}/${port}`;
    const addresses = this.#uses.get(key) ?? new Map<string, number>();
    this.#uses.set(key, addresses);
    const uses = (addresses.get(ip) ?? 0) + sign;
    if (uses > 0) addresses.set(ip, uses);
    else addresses.delete(ip);
  }
}
