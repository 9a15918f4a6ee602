import type { PolicyRule } from './policies';
import type { Pods } from './pods';
import { isAboutPort, type Port } from './policy-ports';
import { portNamed, portsOf } from './ports';

/** What rules say that are about one port. */
interface Entry<T> {
  readonly rule: PolicyRule;
  readonly bucket: T;
}

/** Rules by the ports that they are about: what is collected of each port is kept in a bucket. */
export class RulesByPort<T> {
  readonly #make: () => T;
  readonly #buckets = new Map<string, T>();
  /** Rules for a range of ports are compared one by one. */
  readonly #ranges: Entry<T>[] = [];

  /** @param make makes an empty bucket */
  constructor(make: () => T) {
    this.#make = make;
  }

  /** The buckets that a rule belongs in. */
  into(rule: PolicyRule): T[] {
    if (rule.ports.length === 0) return [this.#bucket(ALL)];
    return rule.ports.flatMap((at) => {
      const protocol = at.at('protocol').text || 'TCP';
      const [port, end] = [at.at('port'), at.at('endPort')];
      if (!port.isSet) return [this.#bucket(`/${protocol}`)];
      if (end.isSet) {
        const bucket = this.#make();
        this.#ranges.push({ rule: { ...rule, ports: [at] }, bucket });
        return [bucket];
      }
      if (typeof port.value === 'number') return [this.#bucket(`${port.value}/${protocol}`)];
      return typeof port.value === 'string' ? [this.#bucket(`"${port.value}"/${protocol}`)] : [];
    });
  }

  /** The buckets of the rules that are about a port of `pods`. */
  about(pods: Pods, port: Port): T[] {
    const { number, protocol } = port;
    const names = portsOf(pods).filter(
      (each) =>
        each.number === number && each.protocol === protocol && portNamed(pods, each.name, protocol) === each,
    );
    const keys = [
      ALL,
      `/${protocol}`,
      `${number}/${protocol}`,
      ...names.map(({ name }) => `"${name}"/${protocol}`),
    ];
    const found = keys.map((key) => this.#buckets.get(key)).filter((bucket) => bucket !== undefined);
    const ranged = this.#ranges.filter(({ rule }) => isAboutPort(rule, pods, port));
    return [...found, ...ranged.map(({ bucket }) => bucket)];
  }

  #bucket(key: string): T {
    const known = this.#buckets.get(key) ?? this.#make();
    this.#buckets.set(key, known);
    return known;
  }
}

const ALL = '';
