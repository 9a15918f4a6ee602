import type { Mention } from '../../kube/hosts/mention';
import type { Pods } from '../pods';
import type { World } from '../world';
import {
  calledPorts,
  hasServiceForm,
  serviceHosts,
  type ServiceHost,
  type ServicePort,
} from './service-host';
import { textsOf, type PodText } from './texts';

/** The host of a Service in a text that pods use. */
export interface HostUse extends ServiceHost {
  readonly client: Pods;
  readonly text: PodText;
  readonly mention: Mention;
  /** The ports that it leads to; empty where the Service is missing, or has no such port. */
  readonly ports: readonly ServicePort[];
}

const known = new WeakMap<Pods, readonly HostUse[]>();

/** The hosts of Services that pods name, each Service once in a text. */
export function hostUsesOf(world: World, client: Pods): readonly HostUse[] {
  const found = known.get(client) ?? readUses(world, client);
  known.set(client, found);
  return found;
}

function readUses(world: World, client: Pods): readonly HostUse[] {
  const { spec, namespace } = client;
  const aliases = new Set(spec.list('hostAliases').flatMap((alias) => alias.child('hostnames').texts));
  const usesCluster = !['Default', 'None'].includes(spec.child('dnsPolicy').text);
  return textsOf(world, client).flatMap((text) =>
    text.mentions.flatMap((mention): HostUse[] => {
      if (aliases.has(mention.host) || (!usesCluster && !hasServiceForm(mention))) return [];
      const [first] = serviceHosts(world, namespace, mention);
      if (first === undefined) return [];
      const ports = first.manifest === undefined ? [] : calledPorts(mention, first.manifest, text.beside);
      return [{ client, text, mention, ports, ...first }];
    }),
  );
}
